"""Two processes that want the same thing at the same moment: one gets it, the other is told, nothing is lost."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

import pytest

from articles.enums import Change, DeskState, PublicState, Step
from articles.errors import DeskError
from articles.models import Article, Publication, Revision, Transition
from articles.workflow import filing, machine, revisions
from tests import cast
from tests.cast import user
from tests.stress.racers import Nursery, Told

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]

DESK = ["elena", "emil", "clara"]
EIGHT = [DESK[turn % 3] for turn in range(8)]
ROUNDS = range(3)
DESK_ERRORS = {error.__name__ for error in DeskError.__subclasses__()}


@pytest.fixture(autouse=True)
def everybody() -> None:
    for name in cast.ROLES:
        user(name)


def faults(told: Iterable[Told]) -> list[str]:
    """What no person at the desk should meet."""
    return [f"{one['outcome']}: {one['text']}" for one in told if one["outcome"] not in DESK_ERRORS | {"done"}]


def winners(told: Iterable[Told]) -> list[str]:
    return [one["by"] for one in told if one["outcome"] == "done"]


def assert_one_wins(told: list[Told], *others: str) -> str:
    """One is told that it is done, all others one of *others* (default: stale); answers who won."""
    assert not faults(told), "\n".join(faults(told))
    assert Counter(one["outcome"] == "done" for one in told)[True] == 1, told
    assert {one["outcome"] for one in told} <= {"done", *(others or ["Stale"])}, told
    return winners(told)[0]


def assert_history_whole(article: Article) -> None:
    """Periods, log, revisions and the working copy tell one story."""
    article = cast.fresh(article)
    rows = list(article.publications.order_by("visible_from", "number"))
    shown = [row for row in rows if row.visible_until != row.visible_from]
    for before, after in pairwise(shown):
        assert before.visible_until is not None
        assert before.visible_until <= after.visible_from
    assert sorted(row.number for row in rows) == list(range(1, len(rows) + 1))
    log = list(Transition.objects.filter(article=article).order_by("pk"))
    for earlier, later in pairwise(log):
        assert earlier.to_state == later.from_state, [(row.step, row.from_state, row.to_state) for row in log]
    if log:
        assert log[-1].to_state == article.state
    chain = list(article.revisions.order_by("number"))
    assert [row.number for row in chain] == list(range(1, len(chain) + 1))
    assert article.head == chain[-1]
    assert revisions.digest(revisions.document(article)) == chain[-1].sha256


def family(make=cast.live) -> list[Article]:
    """A story in three languages."""
    original = make()
    return [original, *(make(original=original, language=language, slug="") for language in ("ro", "ru"))]


class TestOneText:
    def test_eight_approvals(self, racers: Nursery):
        for _round in ROUNDS:
            article = cast.editing()
            winner = assert_one_wins(racers.race(*({"do": "approve", "by": by, "article": article.pk} for by in EIGHT)))
            assert cast.fresh(article).approved_by == user(winner)
            assert Transition.objects.filter(article=article, step=Step.APPROVE).count() == 1

    def test_eight_publications(self, racers: Nursery):
        for turn in ROUNDS:
            article = cast.ready(slug=f"story-{turn}")
            winner = assert_one_wins(racers.race(*({"do": "publish", "by": by, "article": article.pk} for by in EIGHT)))
            publication = article.publications.get()
            assert (publication.by, publication.state, publication.change) == (
                user(winner),
                PublicState.LIVE,
                Change.FIRST,
            )

    def test_eight_corrections_follow_one_another_and_none_twice(self, racers: Nursery):
        article = cast.live()
        for turn in ROUNDS:
            article = cast.edit(article, user("elena"), kicker=f"Round {turn}")
            article = filing.approve(article, by=user("emil"), version=article.version)
            note = {"change": "correction", "note": f"Round {turn}"}
            assert_one_wins(racers.race(*({"do": "publish", "by": by, "article": article.pk, **note} for by in EIGHT)))
            article = cast.fresh(article)
        assert list(article.publications.order_by("number").values_list("note", flat=True)) == [
            "", "Round 0", "Round 1", "Round 2",
        ]  # fmt: skip
        assert_history_whole(article)

    def test_eight_saves(self, racers: Nursery):
        article = cast.draft()
        for turn in ROUNDS:
            acts = [
                {"do": "save", "by": by, "article": article.pk, "headline": f"Text {turn} of racer {number}"}
                for number, by in enumerate(EIGHT)
            ]
            told = racers.race(*acts)
            assert_one_wins(told)
            won = next(number for number, one in enumerate(told) if one["outcome"] == "done")
            assert cast.fresh(article).headline == f"Text {turn} of racer {won}"
        assert Revision.objects.filter(article=article).count() == 1 + len(ROUNDS)
        assert_history_whole(article)

    def test_eight_claims(self, racers: Nursery):
        for _round in ROUNDS:
            article = cast.submitted()
            winner = assert_one_wins(racers.race(*({"do": "claim", "by": by, "article": article.pk} for by in EIGHT)))
            assert cast.fresh(article).claimed_by == user(winner)

    def test_publishing_changing_scheduling_and_handing_back_one_approved_text(self, racers: Nursery):
        for turn in range(6):
            article = cast.ready(slug=f"story-{turn}")
            acts = [
                {"do": "publish", "by": "elena"},
                {"do": "save", "by": "emil", "headline": "One character more"},
                {"do": "schedule", "by": "clara", "hours": 2},
                {"do": "hand_back", "by": "emil", "note": "Who said so?"},
                {"do": "publish", "by": "clara"},
                {"do": "spike", "by": "elena", "note": "Overtaken."},
            ]
            assert_one_wins(racers.race(*({**act, "article": article.pk} for act in acts)))
            assert_history_whole(article)
            for publication in Publication.objects.filter(article=article):
                assert publication.headline == "Commission agrees on a timetable"

    def test_only_what_was_approved_is_published(self, racers: Nursery):
        """Approval and a save of the same screen: never both."""
        for _round in ROUNDS:
            article = cast.editing(by="elena")
            acts = [{"do": "approve", "by": by} for by in EIGHT[:4]]
            acts += [{"do": "save", "by": "elena", "headline": f"Changed {number}"} for number in range(4)]
            assert_one_wins(racers.race(*({**act, "article": article.pk} for act in acts)))
            article = cast.fresh(article)
            assert (article.state == DeskState.READY) == (article.headline == "Commission agrees on a timetable")


class TestOneAddress:
    def test_two_stories_with_one_slug(self, racers: Nursery):
        for turn in ROUNDS:
            stories = [cast.ready(slug=f"same-{turn}") for _number in range(8)]
            acts = [{"do": "publish", "by": by, "article": story.pk} for by, story in zip(EIGHT, stories, strict=True)]
            told = racers.race(*acts)
            assert_one_wins(told, "Refused")
            assert all("slug" in one["text"] for one in told if one["outcome"] == "Refused")
            assert Publication.objects.filter(slug=f"same-{turn}").count() == 1


class TestOneStoryInManyLanguages:
    def test_holding_all_language_versions_at_once(self, racers: Nursery):
        for turn in ROUNDS:
            members = family(
                lambda turn=turn, **fields: cast.live(**{"slug": "", **fields, "headline": f"Round {turn}"})
            )
            acts = [
                {"do": "hold", "by": by, "article": members[number % 3].pk, "note": f"Doubt {number}"}
                for number, by in enumerate(EIGHT)
            ]
            assert_one_wins(racers.race(*acts))
            for member in members:
                assert machine.public_state(member) == PublicState.HELD
                assert member.publications.filter(state=PublicState.HELD).count() == 1
                assert_history_whole(member)

    def test_hold_retract_and_remove_end_in_one_of_them(self, racers: Nursery):
        for turn in ROUNDS:
            members = family(
                lambda turn=turn, **fields: cast.live(**{"slug": "", **fields, "headline": f"Round {turn}"})
            )
            steps = ["hold", "retract", "remove"] * 2
            acts = [
                {"do": step, "by": "clara", "article": members[number % 3].pk, "note": "Not genuine."}
                for number, step in enumerate(steps)
            ]
            assert_one_wins(racers.race(*acts))
            assert len({machine.public_state(member) for member in members}) == 1

    def test_nothing_of_a_held_story_is_published_beside(self, racers: Nursery):
        for turn in ROUNDS:
            original = cast.live(slug="", headline=f"Round {turn}")
            translation = cast.ready(slug="", headline=f"Round {turn}", original=original, language="ro")
            told = racers.race(
                *[{"do": "publish", "by": by, "article": translation.pk} for by in EIGHT[:4]],
                *[{"do": "hold", "by": by, "article": original.pk, "note": "A doubt."} for by in EIGHT[:4]],
            )
            assert faults(told) == []
            assert len([one for one in told[4:] if one["outcome"] == "done"]) == 1
            assert machine.public_state(original) == PublicState.HELD
            assert machine.public_state(translation) in {PublicState.HELD, None}

    def test_an_embargo_and_a_publication_never_both(self, racers: Nursery):
        """The embargo on one version is a floor for all; it can't be put on what is public."""
        for turn in range(6):
            original = cast.draft(slug="", headline=f"Round {turn}")
            translation = cast.ready(slug="", headline=f"Round {turn}", original=original, language="ro")
            told = racers.race(
                {"do": "publish", "by": "emil", "article": translation.pk},
                {"do": "save", "by": "elena", "article": original.pk, "embargo_open": True},
            )
            assert_one_wins(told, "Refused", "Stale")

    def test_one_translation_into_one_language(self, racers: Nursery):
        for turn in ROUNDS:
            original = cast.live(slug="", headline=f"Round {turn}")
            acts = [{"do": "begin", "by": "tudor", "article": original.pk, "language": "ro"}] * 8
            assert_one_wins(racers.race(*acts), "Refused")
            assert Article.objects.filter(original=original).count() == 1

    def test_two_spiked_translations_taken_up_at_once(self, racers: Nursery):
        for turn in ROUNDS:
            original = cast.live(slug="", headline=f"Round {turn}")
            spiked = [cast.spiked(slug="", original=original, language="ro") for _number in range(8)]
            acts = [{"do": "unspike", "by": by, "article": story.pk} for by, story in zip(EIGHT, spiked, strict=True)]
            assert_one_wins(racers.race(*acts), "Refused")

    def test_one_taken_up_while_another_is_begun(self, racers: Nursery):
        for turn in ROUNDS:
            original = cast.live(slug="", headline=f"Round {turn}")
            spiked = cast.spiked(slug="", original=original, language="ro")
            begin = {"do": "begin", "by": "tudor", "article": original.pk, "language": "ro"}
            told = racers.race(*[{"do": "unspike", "by": "elena", "article": spiked.pk}, begin] * 2)
            assert_one_wins(told, "Refused", "Stale")


def test_eight_people_at_random_never_meet_an_internal_error(racers: Nursery):
    members = family(lambda **fields: cast.live(**{"slug": "", **fields}))
    before = {member.pk: (member.version, member.transitions.count()) for member in members}
    acts = [
        {"do": "wander", "by": by, "article": members[0].pk, "seed": seed, "turns": 40} for seed, by in enumerate(EIGHT)
    ]
    told = racers.race(*acts)
    assert not faults(told), "\n".join(faults(told))
    done: Counter[str] = sum((Counter(json.loads(one["text"])) for one in told), Counter())
    assert done["done"] > 10, done
    for member in members:
        assert_history_whole(member)
        version, logged = before[member.pk]
        assert member.transitions.count() - logged <= cast.fresh(member).version - version
    states = {machine.public_state(member) for member in members}
    assert states == {PublicState.LIVE} or PublicState.HELD in states
