"""Asking for translations at the desk: on a story, in the table of languages, and taking one oneself."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Publication, Tag
from articles.workflow import filing, publishing
from newsroom import desk
from tests import cast
from tests.translations import making
from translations import jobs, standing
from translations.models import Job

pytestmark = pytest.mark.django_db
TABLE = "/admin/translations/job/languages/"


def sign_in(name: str) -> Client:
    client = Client()
    client.force_login(cast.user(name))
    return client


def address(article) -> str:
    return f"/admin/articles/article/{article.pk}/translate/"


def test_an_editor_asks_for_several_languages_with_a_brief():
    making.bylines()
    story = cast.live()
    client = sign_in("elena")
    page = client.get(address(story)).content.decode()
    assert "Română" in page
    assert "Україн" in page
    sent = {
        "languages": ["ro", "uk"], "translator": cast.user("tudor").pk, "due": "2030-03-01T18:00", "brief": "Mind it.",
        "urgent": "on", "ask": "Ask",
    }  # fmt: skip
    assert client.post(address(story), sent).status_code == 302
    made = list(Job.objects.order_by("language"))
    assert [(job.language, job.translator.username, job.brief, job.urgent) for job in made] == [
        ("ro", "tudor", "Mind it.", True), ("uk", "tudor", "Mind it.", True),
    ]  # fmt: skip
    assert made[0].due.isoformat() == "2030-03-01T16:00:00+00:00"  # typed as the newsroom's clock shows it


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose at least one language."),
        ({"languages": ["xx"]}, "xx"),
        ({"languages": ["ro"], "due": "soon"}, "Give a date and a time"),
        ({"languages": ["ro"], "translator": "999999"}, "Select a valid choice"),
        ({"languages": ["ro"], "brief": "x" * 2001}, "at most 2000"),
    ],
)
def test_bad_input_is_explained_and_kept(sent, said):
    story = cast.live()
    answer = sign_in("elena").post(address(story), {"brief": "Mind the names.", **sent, "ask": "Ask"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert sent.get("brief", "Mind the names.") in page
    assert not Job.objects.exists()


def test_a_translator_takes_a_story_and_asks_nobody():
    making.bylines()
    story = cast.live()
    client = sign_in("tudor")
    page = client.get(address(story)).content.decode()
    assert "Take it" in page
    assert "Ask for translations" not in page
    assert client.post(address(story), {"languages": ["ro"], "ask": "Ask"}).status_code == 403
    answer = client.post(address(story), {"language": "ro", "take": "Take it"})
    job = Job.objects.get()
    assert answer["Location"] == f"/admin/translations/job/{job.pk}/change/"
    assert (job.state, job.translator) == ("accepted", cast.user("tudor"))
    assert client.get(answer["Location"]).status_code == 200


def test_a_reporter_sees_the_languages_and_can_do_nothing():
    story = cast.live()
    client = sign_in("rita")
    assert client.get(address(story)).status_code == 200
    for sent in ({"languages": ["ro"], "ask": "Ask"}, {"language": "ro", "take": "Take it"}):
        assert client.post(address(story), sent).status_code == 403
    assert not Job.objects.exists()


def test_what_can_t_be_translated_yet_says_why():
    story = cast.submitted()
    assert "not approved yet" in sign_in("elena").get(address(story)).content.decode()


def test_the_table_tells_fresh_minor_stale_and_missing(django_capture_on_commit_callbacks):
    story = cast.live()
    making.published(story, language="ro")
    [line] = standing.newest(10)
    told = {cell.language: cell.standing.code for cell in line.cells}
    assert told == {"en": "original", "ro": "fresh", "ru": "missing", "uk": "missing"}
    article = cast.edit(story, cast.user("elena"), standfirst="Another season it is.")
    article = filing.approve(article, by=cast.user("emil"), version=article.version)
    article = publishing.publish(article, by=cast.user("emil"), version=article.version, change="refile")
    assert {cell.language: cell.standing.code for cell in standing.newest(10)[0].cells}["ro"] == "minor"
    cast.corrected_again(article)
    assert {cell.language: cell.standing.code for cell in standing.newest(10)[0].cells}["ro"] == "stale"
    page = sign_in("elena").get(TABLE).content.decode()
    assert "standing-stale" in page
    assert "standing-missing" in page


def test_many_are_asked_for_at_once_and_what_can_t_be_is_said():
    one, other = cast.live(slug="one", headline="The first story"), cast.live(slug="two", headline="The second story")
    making.bylines()
    client = sign_in("elena")
    sent = {"want": [f"{one.pk}:ro", f"{one.pk}:uk", f"{other.pk}:ro"], "brief": "Soon."}
    assert client.post(TABLE, sent).status_code == 302
    assert Job.objects.count() == 3
    answer = client.post(TABLE, {"want": [f"{one.pk}:ro", f"{other.pk}:uk"]}, follow=True).content.decode()
    assert Job.objects.count() == 4
    assert "The first story: The story is there or asked for already in: Română." in answer
    nothing = client.post(TABLE, {"want": ["x:ro", "1:xx", "999999:ro"]})
    assert nothing.status_code == 422
    assert "want" in client.get(TABLE).content.decode()


def test_who_may_not_ask_sees_no_ticks_and_can_t_forge_them():
    story = cast.live()
    page = sign_in("tudor").get(TABLE)
    assert page.status_code == 200
    assert 'name="want"' not in page.content.decode()
    for name in ("tudor", "rita", "adam", "sam"):
        assert sign_in(name).post(TABLE, {"want": [f"{story.pk}:ro"]}).status_code == 403
    assert not Job.objects.exists()


def test_the_table_is_paged_by_key_and_asks_as_often_with_many_stories():
    from tests.factories import make_publication

    client = sign_in("elena")

    def asked(query=""):
        with CaptureQueriesContext(connection) as captured:
            page = client.get(TABLE + query)
        assert page.status_code == 200
        assert not [q["sql"] for q in captured if "OFFSET" in q["sql"].upper()]
        return len(captured), page.content.decode()

    make_publication(slug="story-0", headline="Story number 0")
    client.get(TABLE)
    few, _page = asked()
    for number in range(1, 90):
        original = make_publication(slug=f"story-{number}", headline=f"Story number {number}")
        make_publication(original=original, language="ro", slug=f"story-{number}")
    many, page = asked()
    assert many <= few + 1  # the same, but for the savepoint of a session
    met, pages = [], 0
    while True:
        met += re.findall(r"Story number \d+", re.sub(r'<span class="visually-hidden">.*?</span>', "", page))
        pages += 1
        found = re.search(r'\?before=([^"]+)"', page)
        if not found:
            break
        page = asked(f"?before={found[1]}")[1]
    assert pages == 3
    assert len(met) == len(set(met)) == 90
    for bad in ("x", "2026-01-01_1", "2026-01-01T00:00:00Z_" + "9" * 40, "_", "\0_1"):
        assert client.get(TABLE, {"before": bad}).status_code == 404


def test_the_list_of_jobs_is_narrowed_down():
    making.bylines()
    one, other = cast.live(slug="one", headline="The first story"), cast.live(slug="two", headline="The second story")
    making.asked(one, due="2020-01-01T00:00:00Z")
    making.asked(other, language="uk", to="")
    client = sign_in("elena")
    for query, shown in {
        "": {"first", "second"}, "?late=yes": {"first"}, "?language__exact=uk": {"second"}, "?translator=0": {"second"},
        f"?translator={cast.user('tudor').pk}": {"first"}, "?state__exact=delivered": set(),
        "?freshness__exact=fresh": {"first", "second"}, "?translator=x": {"first", "second"},
    }.items():  # fmt: skip
        page = client.get(f"/admin/translations/job/{query}").content.decode()
        assert {word for word in ("first", "second") if f"The {word} story" in page} == shown, query


def test_the_front_page_has_what_is_mine_offered_late_and_came_back():
    making.bylines()
    story = cast.live()

    def queue(name, who):
        return [row.headline for row in desk.one(cast.user(who), name).rows]

    headline = story.headline
    job = making.asked(story, due="2020-01-01T00:00:00Z")
    assert queue("offered", "tudor") == [headline]
    assert queue("late", "elena") == queue("late", "tudor") == [headline]
    job = jobs.accept(job, by=cast.user("tudor"), version=job.version)
    assert queue("offered", "tudor") == []
    assert queue("translating", "tudor") == [headline]
    making.fill(job)
    job = jobs.deliver(job, by=cast.user("tudor"), version=job.version)
    assert queue("revise", "elena") == [headline]
    assert queue("revise", "tudor") == []
    job = jobs.take_up(job, by=cast.user("emil"), version=job.version)
    assert queue("translating", "emil") == [headline]
    jobs.send_back(job, by=cast.user("emil"), version=job.version, note="Look at the names.")
    [row] = desk.one(cast.user("tudor"), "came_back").rows
    assert row.note == "Look at the names."
    assert row.address == f"/admin/translations/job/{job.pk}/change/"
    assert row.overdue


def test_what_was_declined_is_back_with_the_editors_and_says_why():
    making.bylines()
    job = making.asked(cast.live())
    jobs.decline(job, by=cast.user("tudor"), version=job.version, note="I am away until Monday.")
    [row] = desk.one(cast.user("elena"), "declined").rows
    assert (row.note, "declined" in row.facts) == ("I am away until Monday.", True)
    assert "I am away until Monday." in sign_in("elena").get("/admin/").content.decode()
    making.asked(cast.live(slug="other"))
    assert len(desk.one(cast.user("elena"), "declined").rows) == 1


def test_a_translator_is_told_for_a_week_that_their_work_was_cancelled():
    job = making.accepted()
    job = jobs.cancel(job, by=cast.user("elena"), version=job.version, note="The story is out of date.")
    [row] = desk.one(cast.user("tudor"), "came_back").rows
    assert (row.note, "cancelled" in row.facts) == ("The story is out of date.", True)
    Job.objects.update(changed_at=timezone.now() - timedelta(days=8))
    assert not desk.one(cast.user("tudor"), "came_back").rows


def test_a_version_at_the_desk_is_shown_and_not_asked_for_again():
    story = cast.live()
    draft = cast.draft(language="ro", original=story, slug="alta")
    page = sign_in("elena").get(TABLE).content.decode()
    assert f'value="{story.pk}:ro"' not in page
    assert f'value="{story.pk}:uk"' in page
    assert draft.get_absolute_url() in page
    assert draft.get_absolute_url() in sign_in("elena").get(address(story)).content.decode()


def about(*tags, **fields):
    """A live story with these topics."""
    article = cast.editing(**fields)

    def write():
        article.save()
        article.tags.set(tags)

    article = filing.save(article, by=cast.user("elena"), version=article.version, write=write)
    article = filing.approve(article, by=cast.user("emil"), version=article.version)
    return publishing.publish(article, by=cast.user("emil"), version=article.version)


def test_a_translation_takes_over_the_topics_that_its_language_has():
    known, own = Tag.objects.create(name="Moldova"), Tag.objects.create(name="Heritage")
    about(known, language="ro", slug="alta")
    job = making.accepted(about(known, own))
    assert [tag.name for tag in job.article.tags.all()] == ["Moldova"]


def test_a_due_time_that_is_over_is_refused():
    making.bylines()
    answer = sign_in("elena").post(address(cast.live()), {"languages": ["ro"], "due": "2020-01-01T10:00", "ask": "Ask"})
    assert (answer.status_code, Job.objects.count()) == (422, 0)
    assert "That time is over" in answer.content.decode()
    job = making.asked(cast.live(slug="other"))
    step = f"/admin/translations/job/{job.pk}/step/reassign/"
    answer = sign_in("elena").post(step, {"version": job.version, "translator": "", "due": "2020-01-01T10:00"})
    assert (answer.status_code, making.fresh(job).due) == (422, None)


def test_what_is_asked_for_is_no_longer_offered_as_could_be_translated():
    making.byline("tudor", "ro")
    story = cast.live()
    assert [row.headline for row in desk.one(cast.user("tudor"), "translate").rows] == [story.headline]
    making.asked(story)
    assert not desk.one(cast.user("tudor"), "translate").rows


def test_an_article_in_translation_says_so_and_leads_to_its_job():
    job = making.accepted()
    page = sign_in("tudor").get(job.article.get_absolute_url()).content.decode()
    assert "written segment by segment" in page
    assert f"/admin/translations/job/{job.pk}/change/" in page
    assert 'name="_save"' not in page
    assert Publication.objects.filter(article=job.article).count() == 0


def test_helpers_write_beside_the_translator():
    from translations.permissions import may_write

    job = making.accepted()
    client = sign_in("elena")
    address_ = f"/admin/translations/job/{job.pk}/helpers/"
    assert not may_write(cast.user("emil"), job)
    sent = {"helpers": [cast.user("emil").pk], "version": job.version}
    assert client.post(address_, sent).status_code == 302
    job = making.fresh(job)
    assert may_write(cast.user("emil"), job)
    assert client.post(address_, sent).status_code == 409
    assert sign_in("tudor").post(address_, {"helpers": [], "version": job.version}).status_code == 403


def test_what_the_desk_does_with_the_original_is_not_shown_to_translators():
    story = cast.live()
    job = making.accepted(story)
    cast.edit(story, cast.user("elena"), headline="A headline that nobody has approved")
    client = sign_in("tudor")
    for address_ in (
        "/admin/", "/admin/translations/job/", f"/admin/translations/job/{job.pk}/change/", TABLE,
        f"/admin/translations/job/{job.pk}/work/", f"/admin/translations/job/{job.pk}/step/decline/",
        f"/admin/articles/article/{job.article_id}/translate/",
    ):  # fmt: skip
        page = client.get(address_)
        assert page.status_code == 200, address_
        assert "nobody has approved" not in page.content.decode(), address_
