"""Each role, each step, each state, through the addresses that the buttons lead to: as the documented table says."""

import pytest
from lxml import html

from articles.enums import DeskState, Step
from articles.models import Transition
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


def test_the_table_names_every_step_and_state():
    assert set(table.names()) == set(Step.values)
    assert {place.desk for place, _make in desk.STATES.values()} == set(DeskState.values)


@pytest.mark.parametrize("state", desk.STATES)
def test_a_step_is_asked_for_and_taken_by_exactly_who_may(standing, state):
    article, place = standing(state)
    faults = []
    before = desk.record()
    for person in PEOPLE:
        client = desk.sign_in(person)
        for step in STEPS:
            may = table.allows(person, step, place)
            address = f"/admin/articles/article/{article.pk}/step/{step}/"
            asked = client.get(address).status_code
            with desk.undone():
                logged = Transition.objects.count()
                answer = client.post(address, desk.answers(article))
                after = desk.record()
                log = list(Transition.objects.order_by("pk")[logged:].values_list("step", "by__username"))
                stands = desk.stands(article)
            if may:
                public = table.PUBLIC_AFTER.get(step, place.public)
                wanted = (200, 302, [(step, person.name)], (table.leads_to(person, step, place), public))
                found = (asked, answer.status_code, log, stands)
            else:
                status = refusal(person, place)
                wanted = (True, True, True)
                found = (asked in status, answer.status_code in status, after == before)
            if found != wanted:
                faults.append(f"{person.name}, {step}: {found} ({asked}, {answer.status_code}), not {wanted}")
            if not table.sees(person, place) and desk.MARK in answer.content.decode():
                faults.append(f"{person.name}, {step}: is shown the text")
    assert faults == []


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
        buttons |= {
            link.split("/step/")[1].split("/")[0] for link in page.xpath("//a/@href") if "/step/" in link
        }
        assert buttons == {step for step in STEPS if table.allows(person, step, place)}, person
        saves = bool(page.xpath("//input[@name='_save']"))
        assert saves == table.allows(person, "save", place), person


@pytest.mark.parametrize("step", STEPS)
def test_a_screen_that_is_older_than_the_story_takes_no_step(standing, step):
    """Clara, who may take every step somewhere, from a screen drawn one version earlier."""
    clara = next(person for person in PEOPLE if person.name == "clara")
    state = next(name for name, (place, _make) in desk.STATES.items() if table.allows(clara, step, place))
    article, _place = standing(state)
    before = desk.record()
    old = {**desk.answers(article), "version": str(article.version - 1)}
    answer = desk.sign_in(clara).post(f"/admin/articles/article/{article.pk}/step/{step}/", old)
    assert answer.status_code == 409
    assert "changed this story" in answer.content.decode()
    assert desk.record() == before
