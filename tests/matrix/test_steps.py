"""Each role, each step, each state, through the addresses that the buttons lead to: as the documented table says."""

from typing import Any

import pytest
from lxml import html

from articles.enums import DeskState, Step
from articles.models import Article, Transition
from tests.matrix import desk, table
from tests.matrix.desk import NOBODY, OUTSIDE, PEOPLE

STEPS = [name for name in table.names() if name != "save"]


def refusal(person: table.Person, place: table.Place) -> tuple[int, ...]:
    """How a page that isn't the person's answers: outside, not theirs to know of, or not theirs to do."""
    if person is NOBODY or person.name in OUTSIDE:
        return (302,)
    if person.role in {"administrator", ""}:
        return (403,)
    return (403,) if table.sees(person, place) else (404,)


def address(article: Article, step: str) -> str:
    return f"/admin/articles/article/{article.pk}/step/{step}/"


def shown(answer: Any, person: table.Person, place: table.Place) -> bool:
    """Whether somebody is shown the text of a story that they may not see."""
    return not table.sees(person, place) and desk.MARK in answer.content.decode()


def test_the_table_names_every_step_and_state():
    assert set(table.names()) == set(Step.values)
    assert {place.desk for place, _make in desk.STATES.values()} == set(DeskState.values)


@pytest.mark.parametrize("page", ["", "about"], ids=["story", "newsroom page"])
@pytest.mark.parametrize("state", desk.STATES)
def test_a_step_is_taken_by_exactly_who_may(standing, state, page):
    """Every post is forged: no form was asked for before. A newsroom page goes the way of a story."""
    article, place = standing(state, page)
    faults = []
    before = desk.record()
    logged = Transition.objects.count()
    sent = desk.answers(article)
    for person in PEOPLE:
        client = desk.sign_in(person)
        for step in [step for step in STEPS if table.allows(person, step, place)]:
            with desk.undone():
                answer = client.post(address(article, step), sent)
                log = list(Transition.objects.order_by("pk")[logged:].values_list("step", "by__username"))
                found = (answer.status_code, log, desk.stands(article))
            public = table.PUBLIC_AFTER.get(step, place.public)
            wanted = (302, [(step, person.name)], (table.leads_to(person, step, place), public))
            if found != wanted:
                faults.append(f"{person.name}, {step}: {found} instead of {wanted}")
        with desk.undone():
            for step in [step for step in STEPS if not table.allows(person, step, place)]:
                answer = client.post(address(article, step), sent)
                if answer.status_code not in refusal(person, place) or shown(answer, person, place):
                    faults.append(f"{person.name}, {step}: {answer.status_code} instead of {refusal(person, place)}")
            if desk.record() != before:
                faults.append(f"{person.name}: a step that was refused changed something")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("state", desk.STATES)
def test_the_page_before_a_step_is_for_exactly_who_may_take_it(standing, state):
    """Of the steps that one may not take, another is asked for by each person and in each state."""
    article, place = standing(state)
    turn = list(desk.STATES).index(state)
    faults = []
    for person in PEOPLE:
        client = desk.sign_in(person)
        turn += 1
        refused = [step for step in STEPS if not table.allows(person, step, place)]
        asked = [step for step in STEPS if step not in refused] + [refused[turn % len(refused)]]
        for step in asked:
            answer = client.get(address(article, step))
            wanted = refusal(person, place) if step in refused else (200,)
            if answer.status_code not in wanted or shown(answer, person, place):
                faults.append(f"{person.name}, {step}: {answer.status_code} instead of {wanted}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("state", desk.STATES)
def test_the_form_shows_the_buttons_of_exactly_the_steps_that_one_may_take(standing, state):
    article, place = standing(state)
    for person in PEOPLE:
        answer = desk.sign_in(person).get(f"/admin/articles/article/{article.pk}/change/")
        if not table.sees(person, place):
            assert answer.status_code in refusal(person, place), person
            assert desk.MARK not in answer.content.decode()
            continue
        page = html.fromstring(answer.content.decode())
        buttons = {button.get("value") for button in page.xpath("//button[@name='_step']")}
        buttons |= {link.split("/step/")[1].split("/")[0] for link in page.xpath("//a/@href") if "/step/" in link}
        assert buttons == {step for step in STEPS if table.allows(person, step, place)}, person
        saves = bool(page.xpath("//input[@name='_save']"))
        assert saves == table.allows(person, "save", place), person


@pytest.mark.parametrize("step", STEPS)
def test_a_screen_that_is_older_than_the_story_takes_no_step(standing, step):
    """Clara, who may take every step somewhere, from a screen drawn one version earlier."""
    clara = desk.person("clara")
    state = next(name for name, (place, _make) in desk.STATES.items() if table.allows(clara, step, place))
    article, _place = standing(state)
    before = desk.record()
    old = {**desk.answers(article), "version": str(article.version - 1)}
    answer = desk.sign_in(clara).post(address(article, step), old)
    assert answer.status_code == 409
    assert "changed this story" in answer.content.decode()
    assert desk.record() == before
