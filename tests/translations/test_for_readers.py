"""What readers of a translation are told, at once, when its original changes; and what reaches every language."""

import pytest
from django.test import Client

from articles.enums import Change
from articles.models import Publication
from articles.workflow import filing, publishing, withdrawing
from newsroom import desk
from tests import cast
from tests.translations import making
from translations import jobs, standing
from translations.models import Job

pytestmark = pytest.mark.django_db
BEHIND = "this translation has not been updated yet"
SAID = {
    Change.CORRECTION: "The original was corrected on",
    Change.CLARIFICATION: "The original was clarified on",
    Change.UPDATE: "The original was updated on",
}


def pair(language="ru", to="en"):
    """A live original in another language, and its live translation into English."""
    original = cast.live(language=language, slug="originalul", headline="Comisia a convenit un calendar")
    return original, making.published(original, language=to).article


def again(article, change=Change.CORRECTION, standfirst="Another season it is.", made_by="elena", approved_by="emil"):
    article = cast.edit(article, cast.user(made_by), standfirst=standfirst)
    article = filing.approve(article, by=cast.user(approved_by), version=article.version)
    note = {"note": "The season was wrong."} if change.needs_note else {}
    return publishing.publish(article, by=cast.user(approved_by), version=article.version, change=change, **note)


def address(article, ending=""):
    return Publication.objects.valid().get(article=article).get_absolute_url() + ending


def page(article, ending=""):
    return Client().get(address(article, ending)).content.decode()


@pytest.mark.parametrize("change", SAID)
def test_readers_are_told_at_once_in_words_of_their_own(change):
    original, translation = pair()
    assert BEHIND not in page(translation)
    again(original, change)
    shown = page(translation)
    assert SAID[change] in shown
    assert BEHIND in shown
    assert f'href="{address(original)}#changes" hreflang="ru"' in shown
    for ending in ("text.txt", "text.md"):
        assert SAID[change] in page(translation, ending)
    for kind in ("rss", "atom", "json"):
        assert BEHIND in Client().get(f"/en/feed.{kind}").content.decode()
    assert BEHIND not in page(original)


@pytest.mark.parametrize("change", [Change.REFILE, Change.METADATA])
def test_of_a_refile_nobody_is_told(change):
    original, translation = pair()
    again(original, change)
    assert BEHIND not in page(translation)


def test_a_correction_weighs_more_than_a_later_update():
    original, translation = pair()
    original = again(original, Change.CORRECTION)
    again(original, Change.UPDATE, "Work began today.")
    assert SAID[Change.CORRECTION] in page(translation)


def test_it_stands_until_the_translation_is_published_from_the_newer_text(django_capture_on_commit_callbacks):
    original, translation = pair()
    with django_capture_on_commit_callbacks(execute=True):
        again(original)
    job = Job.objects.get(article=translation)
    job = jobs.accept(job, by=cast.user("tudor"), version=job.version)
    making.fill(job)
    job = jobs.deliver(job, by=cast.user("tudor"), version=job.version)
    job = jobs.take_up(job, by=cast.user("emil"), version=job.version)
    jobs.finish(job, by=cast.user("emil"), version=job.version, read=True)
    assert BEHIND in page(translation)
    article = cast.fresh(translation)
    article = article if article.state == "ready" else making.waived(article)
    publishing.publish(
        article, by=cast.user("emil"), version=article.version, change=Change.CORRECTION, note="As in the original."
    )
    assert BEHIND not in page(translation)


def test_a_refile_of_the_translation_alone_does_not_lift_it():
    original, translation = pair()
    again(original)
    article = cast.edit(translation, cast.user("elena"), standfirst="A comma was missing here.")
    article = making.waived(article)
    publishing.publish(article, by=cast.user("emil"), version=article.version, change=Change.REFILE)
    assert BEHIND in page(translation)
    problems = desk.one(cast.user("clara"), "problems").rows
    assert [row.note for row in problems if row.address == article.get_absolute_url()] == [
        "The original was corrected since."
    ]


def test_a_translation_without_a_job_is_up_to_date_when_it_is_corrected():
    original = cast.live(language="ru", slug="originalul")
    translation = cast.live(original=original)
    assert Publication.objects.live().get(article=translation).made_from.article_id == original.pk
    again(original)
    assert BEHIND in page(translation)
    translation = again(cast.fresh(translation), Change.REFILE, "A comma was missing.")
    assert BEHIND in page(translation)
    again(translation, Change.CORRECTION, "Another season it is, here too.")
    assert BEHIND not in page(translation)


def test_where_nobody_kept_account_its_own_last_change_counts(monkeypatch):
    """So it is of what was published before account was kept."""
    with monkeypatch.context() as before:
        before.setattr(publishing, "_made_from", lambda *_about: None)
        original = cast.live(language="ru", slug="originalul")
        translation = cast.live(original=original)
    assert Publication.objects.live().get(article=translation).made_from is None
    assert BEHIND not in page(translation)
    again(original)
    assert BEHIND in page(translation)
    assert BEHIND in Client().get("/en/feed.atom").content.decode()
    [cell] = [one for one in standing.newest(1)[0].cells if one.language == translation.language]
    assert cell.standing.code == "stale"
    translation = again(cast.fresh(translation), Change.REFILE, "A comma was missing.")
    assert BEHIND in page(translation)
    again(translation, Change.CORRECTION, "Another season it is, here too.")
    assert BEHIND not in page(translation)


def test_hold_release_retraction_and_removal_reach_both_languages():
    original, translation = pair()
    original = again(original)
    urls = [address(original), address(translation)]

    def read():
        return [Client().get(url) for url in urls]

    original = withdrawing.hold(original, by=cast.user("elena"), version=original.version, note="A doubt.")
    assert all("Comisia" not in answer.content.decode() for answer in read())
    assert set(Publication.objects.valid().values_list("state", flat=True)) == {"held"}
    original = withdrawing.release(original, by=cast.user("elena"), version=original.version, note="Settled.")
    assert BEHIND in read()[1].content.decode()
    original = withdrawing.retract(original, by=cast.user("clara"), version=original.version, note="Not genuine.")
    assert all("Not genuine." in answer.content.decode() for answer in read())
    withdrawing.remove(original, by=cast.user("clara"), version=original.version, note="Court order.")
    assert [answer.status_code for answer in read()] == [410, 410]


def test_a_story_asks_the_database_as_often_when_it_is_behind(django_assert_num_queries):
    original, translation = pair()
    url = address(translation)
    Client().get(url)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as before:
        Client().get(url)
    for number in range(3):
        original = again(original, standfirst=f"Another season, number {number}.")
    with django_assert_num_queries(len(before)):
        assert BEHIND in Client().get(url).content.decode()
