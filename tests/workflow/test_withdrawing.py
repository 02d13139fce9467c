"""A story is taken away from readers in all its languages at once."""

import pytest

from articles.enums import PublicState
from articles.errors import NotAllowed, Refused, WrongState
from articles.models import Publication
from articles.workflow import machine, publishing, withdrawing
from tests import cast
from tests.cast import user

pytestmark = pytest.mark.django_db


@pytest.fixture
def family():
    original = cast.live()
    romanian = cast.live(original=original, language="ro", headline="Comisia a convenit un calendar")
    waiting = cast.scheduled(original=original, language="ru", headline="Комиссия согласовала график")
    return original, romanian, waiting


def states(*articles):
    return [machine.public_state(article) for article in articles]


def test_a_hold_reaches_every_language_and_calls_off_what_is_scheduled(family):
    original, romanian, _waiting = family
    withdrawing.hold(romanian, by=user("elena"), version=romanian.version, note="A doubt.")
    assert states(*family) == [PublicState.HELD, PublicState.HELD, None]
    assert not Publication.objects.ahead().exists()
    assert {t.article_id for t in original.transitions.model.objects.filter(step="hold")} == {a.pk for a in family}
    held = machine.valid_publication(original)
    assert (held.headline, held.body, held.story) == ("", "", {})


def test_a_release_brings_back_what_readers_saw(family):
    original, *_others = family
    before = machine.valid_publication(original)
    article = withdrawing.hold(original, by=user("elena"), version=original.version, note="A doubt.")
    withdrawing.release(article, by=user("elena"), version=article.version, note="Checked.")
    after = machine.valid_publication(original)
    assert states(*family) == [PublicState.LIVE, PublicState.LIVE, None]
    assert (after.headline, after.body, after.story, after.updated) == (
        before.headline, before.body, before.story, before.updated,
    )  # fmt: skip
    assert after.source_links.exists()


def test_nothing_of_a_held_story_is_published(family):
    original, _romanian, waiting = family
    withdrawing.hold(original, by=user("elena"), version=original.version, note="A doubt.")
    waiting = cast.fresh(waiting)
    with pytest.raises(Refused, match="held"):
        publishing.publish(waiting, by=user("elena"), version=waiting.version)


def test_retracting_keeps_the_headline_and_the_notice_alone(family):
    original, *_others = family
    withdrawing.retract(original, by=user("clara"), version=original.version, note="It was a forgery.")
    row = machine.valid_publication(original)
    assert (row.state, row.headline, row.note) == (
        "retracted",
        "Commission agrees on a timetable",
        "It was a forgery.",
    )
    assert (row.body, row.standfirst, row.story) == ("", "", {})
    assert not row.source_links.exists()


def test_each_version_is_retracted_in_its_own_words(family):
    original, romanian, _waiting = family
    said = {"ro": " Era un fals. ", "ru": "", "uk": "Підробка."}
    withdrawing.retract(original, by=user("clara"), version=original.version, note="A forgery.", in_languages=said)
    assert machine.valid_publication(original).note == "A forgery."
    assert machine.valid_publication(romanian).note == "Era un fals."


def test_a_held_story_can_be_retracted_and_a_retracted_one_removed(family):
    original, romanian, _waiting = family
    article = withdrawing.hold(original, by=user("elena"), version=original.version, note="A doubt.")
    article = withdrawing.retract(article, by=user("clara"), version=article.version, note="It was a forgery.")
    assert machine.valid_publication(romanian).headline == "Comisia a convenit un calendar"
    withdrawing.remove(article, by=user("clara"), version=article.version, note="Order 12.")
    assert states(original, romanian) == [PublicState.REMOVED, PublicState.REMOVED]
    assert machine.valid_publication(romanian).headline == ""


def test_an_editor_holds_but_does_not_retract_or_remove(family):
    original, *_others = family
    for act in (withdrawing.retract, withdrawing.remove):
        with pytest.raises(NotAllowed):
            act(original, by=user("elena"), version=original.version, note="x")


def test_a_reason_is_required(family):
    original, *_others = family
    with pytest.raises(Refused):
        withdrawing.retract(original, by=user("clara"), version=original.version, note="")
    assert states(original) == [PublicState.LIVE]


def test_what_is_not_public_can_not_be_held():
    article = cast.ready()
    with pytest.raises(WrongState):
        withdrawing.hold(article, by=user("elena"), version=article.version, note="x")
