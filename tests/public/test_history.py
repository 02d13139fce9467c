"""What changed in a story: its publications, and the words that differ between two of them."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import make_contributor, make_picture, make_publication, make_source

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)
HISTORY = "/en/2026/04/10/talks/history/"
ROMANIAN = {"language": "ro", "slug": "tratative"}
REMOVED = '<del><span class="unseen"> [removed: </span>{}<span class="unseen">] </span></del>'
INSERTED = '<ins><span class="unseen"> [inserted: </span>{}<span class="unseen">] </span></ins>'


def days(number: int) -> datetime:
    return AT + timedelta(days=number)


def story(*versions, ends=None, apart=timedelta(days=1), **first):
    """A story at /en/2026/04/10/talks/ with a publication a day (or *apart*): the columns of each of *versions* after the first.

    The last one is valid until *ends*.
    """
    rows = [make_publication(at=AT, until=AT + apart if versions else None, **{"slug": "talks", **first})]
    for number, columns in enumerate(versions, start=1):
        until = AT + (number + 1) * apart if number < len(versions) else ends
        rows.append(make_publication(article=rows[0].article, at=AT + number * apart, until=until, **columns))
    return rows


def html(reader, address: str = HISTORY) -> str:
    response = reader.get(address)
    assert response.status_code == 200, address
    return " ".join(response.content.decode().split())


def compared(page: str) -> str:
    return page[page.index('id="compared"') :]


def test_publications_are_listed_newest_first_with_time_kind_and_note(reader):
    story({"change": "update", "note": "A date was named."}, {"change": "correction", "note": "Not an embassy."})
    page = html(reader)
    parts = [
        "Correction", '<time datetime="2026-04-12T12:00:00+03:00">12 April 2026, 12:00 EEST</time>', "Not an embassy.",
        "Update", "11 April 2026, 12:00 EEST", "A date was named.", "First published", "10 April 2026, 12:00 EEST",
    ]  # fmt: skip
    places = [page.index(part, page.index('class="publications"')) for part in parts]
    assert places == sorted(places)


def test_refile_is_a_small_correction_of_form_without_its_note(reader):
    story({"change": "refile", "note": "Typo of the desk"}, {"change": "metadata", "note": "Tags of the desk"})
    page = html(reader)
    assert "Small correction of form" in page
    assert "Change beside the text" in page
    assert "of the desk" not in page


def test_time_on_hold_is_told_without_the_desks_note(reader):
    story({"state": "held", "note": "Doubts of the desk"}, {"change": "release", "note": "Doubts of the desk"})
    page = html(reader)
    assert "Was being checked" in page
    assert '<span>until <time datetime="2026-04-12T12:00:00+03:00">' in page
    assert "of the desk" not in page


def test_changed_words_are_marked_for_eye_and_ear(reader):
    story({"headline": "Talks resume on Tuesday"}, headline="Talks resume on Monday")
    assert f"Talks resume on {REMOVED.format('Monday')}{INSERTED.format('Tuesday')}" in html(reader)


def test_paragraphs_that_are_alike_are_counted_and_left_out(reader):
    before = "<p>First stays.</p><p>Second stays.</p><p>They met in Rome on Monday.</p><p>Old and gone.</p>"
    after = "<p>First stays.</p><p>Second stays.</p><p>They met in Oslo on Monday.</p><p>Entirely fresh here</p>"
    story({"body": after}, body=before)
    page = compared(html(reader))
    assert "2 paragraphs unchanged" in page
    assert f"They met in {REMOVED.format('Rome')}{INSERTED.format('Oslo')} on Monday." in page
    assert REMOVED.format("Old and gone.") in page
    assert INSERTED.format("Entirely fresh here") in page
    assert "First stays" not in page


def test_sources_credits_topics_and_pictures_are_compared(reader):
    ana, iurie = make_contributor("Ana Rusu"), make_contributor("Iurie Tataru")
    story(
        {"sources": [make_source("Reuters")], "credited": [(ana, "author"), (iurie, "translator")], "tags": ["Peace"]},
        sources=[make_source("TASS")], credited=[(ana, "author")], tags=["War"], picture=make_picture(),
    )  # fmt: skip
    page = compared(html(reader))
    assert REMOVED.format("TASS · A statement · https://example.org/1") in page
    assert INSERTED.format("Reuters · A statement · https://example.org/1") in page
    assert INSERTED.format("Iurie Tataru · translator") in page
    assert "Ana Rusu" not in page
    assert REMOVED.format("War") in page
    assert INSERTED.format("Peace") in page
    assert REMOVED.format("The old bridge. · Photo: Maria Luca") in page


def test_marks_of_sources_are_read_as_the_page_shows_them(reader):
    mark = '<sup class="citation"><a href="#source-{0}">{0}</a></sup>'
    story({"body": f"<p>So it was.{mark.format(2)}</p>"}, body=f"<p>So it was.{mark.format(1)}</p>")
    assert f"So it was.[{REMOVED.format(1)}{INSERTED.format(2)}]" in html(reader)


def test_change_of_form_alone_says_so(reader):
    story({"body": "<p>They <strong>met</strong>.</p>"}, body="<p>They met.</p>")
    assert "only the form of the text changed" in html(reader)


def test_typed_characters_are_never_markup(reader):
    story(
        {"headline": "<script>new</script>", "body": "<p>&lt;b&gt;new</p>"},
        headline="<i>old",
        body="<p>&lt;b&gt;old</p>",
    )
    page = html(reader)
    assert page.count("<script") == page.count('<script defer src="/static/public/reader.js"') == 1
    assert "<i>" not in page
    assert "<b>" not in page


def test_any_two_are_compared_by_their_numbers(reader):
    story({"headline": "The second"}, {"headline": "The third"}, headline="The first")
    for address in ("?from=1&to=3", "?from=3&to=1"):
        page = compared(html(reader, HISTORY + address))
        assert f"The {REMOVED.format('first')}{INSERTED.format('third')}" in page, address
        assert '<option value="1" selected>1 · 10 April 2026, 12:00 EEST</option>' in page
    assert REMOVED.format("first") + INSERTED.format("second") in html(reader, HISTORY + "?to=2")
    assert REMOVED.format("second") + INSERTED.format("third") in html(reader, HISTORY + "?from=2")


def test_without_numbers_the_newest_text_is_compared_and_a_release_is_none(reader):
    again = {"headline": "The second"}
    story(again, {"state": "held"}, {**again, "change": "release"}, headline="The first")
    assert REMOVED.format("first") + INSERTED.format("second") in html(reader)


@pytest.mark.parametrize(
    "query", ["to=9", "from=9", "to=0", "to=x", "to=", "from=-1", "to=%D9%A1", "to=99999999999", "to=3"]
)
def test_number_that_readers_have_no_text_of_is_nothing(reader, query):
    ahead = timezone.now() + timedelta(days=1)
    rows = story({"headline": "Second"}, {"state": "held"}, {"change": "release"}, ends=ahead)
    make_publication(article=rows[0].article, at=ahead, headline="Scheduled")
    make_publication(article=rows[0].article, at=days(1), until=days(1), headline="Cancelled")
    response = reader.get(f"{HISTORY}?{query}")
    assert (response.status_code, response.content) == (404, reader.get("/en/2026/04/10/never/").content)


def test_scheduled_and_cancelled_publications_are_not_there(reader):
    ahead = timezone.now() + timedelta(days=1)
    first = make_publication(at=AT, until=ahead, slug="talks")
    make_publication(article=first.article, at=ahead, headline="Scheduled", note="Scheduled note")
    make_publication(article=first.article, at=days(1), until=days(1), headline="Cancelled", note="Cancelled note")
    for query in ("?to=2", "?to=3", "?from=1&to=2", "?from=2&to=1", "?from=3"):
        assert reader.get(HISTORY + query).status_code == 404
    assert "Scheduled" not in html(reader)
    assert "Cancelled" not in html(reader)
    assert "until" not in html(reader)
    assert "compared" not in html(reader)
    assert HISTORY not in html(reader, "/en/2026/04/10/talks/")
    with time_machine.travel(ahead, tick=False):
        assert INSERTED.format("Scheduled") in html(reader)


def test_story_leads_to_its_history_once_there_is_one(reader, look):
    first = make_publication(at=AT, slug="talks", until=days(1))
    with time_machine.travel(AT + timedelta(hours=1), tick=False):
        assert HISTORY not in look(reader.get(first.get_absolute_url())).links()
    make_publication(article=first.article, at=days(1), change="refile", note="")
    assert HISTORY in look(reader.get(first.get_absolute_url())).links()


def test_each_entry_leads_to_its_change_and_to_its_page_of_then(reader, look):
    story({"headline": "Second"}, {"headline": "Third"}, headline="First")
    links = look(reader.get(HISTORY)).links()
    assert ("?to=2#compared" in links, "?to=3#compared" in links, "?to=1#compared" in links) == (True, True, False)
    past = [link for link in links if "?at=" in link]
    assert past == [f"/en/2026/04/10/talks/?at=2026-04-{day}T09%3A00%3A00Z" for day in (11, 10)]
    for link, headline in zip(past, ("Second", "First"), strict=True):
        assert f'<h1 class="headline">{headline}</h1>' in html(reader, link)


def test_history_is_not_indexed_and_is_asked_for_each_time(reader, look):
    story({"headline": "Second"})
    response = reader.get(HISTORY)
    assert (response["X-Robots-Tag"], response["Cache-Control"]) == ("noindex", "public, no-cache")
    assert {"name": "robots", "content": "noindex"} in look(response).all("meta")
    assert look(response).faults == []


def test_other_languages_have_histories_of_their_own(reader, look):
    original = make_publication(at=AT, **ROMANIAN)
    make_publication(original=original, at=AT, slug="talks")
    assert "/ro/2026/04/10/tratative/history/" in look(reader.get(HISTORY)).links()


def test_retracted_story_keeps_times_kinds_and_notes_but_no_word(reader, look):
    story(
        {"headline": "Secret second", "body": "<p>Secret body.</p>", "change": "correction", "note": "Not an embassy."},
        {"state": "retracted", "headline": "Last headline", "note": "It was forged."},
        headline="Secret first", body="<p>Secret words.</p>", standfirst="Secret standfirst.",
    )  # fmt: skip
    for query in ("", "?from=1&to=2", "?to=2", "?to=9", "?from=x"):
        page = html(reader, HISTORY + query)
        for part in ("Retracted", "Retraction", "It was forged.", "Correction", "Not an embassy.", "Last headline"):
            assert part in page
        assert "Secret" not in page
        assert "<del" not in page
        assert "?at=" not in page
    assert [link for link in look(reader.get(HISTORY)).links() if "?to=" in link] == []


def test_held_story_answers_as_its_own_page(reader):
    story({"headline": "Secret second"}, {"state": "held"}, headline="Secret first")
    for query in ("", "?from=1&to=2"):
        assert html(reader, HISTORY + query) == html(reader, "/en/2026/04/10/talks/")


def test_removed_story_is_gone(reader):
    story({"headline": "Secret second", "note": "Secret note"}, {"state": "removed"}, headline="Secret first")
    for query in ("", "?from=1&to=2"):
        response = reader.get(HISTORY + query)
        assert response.status_code == 410
        assert "Secret" not in response.content.decode()
        assert "First published" not in response.content.decode()


@pytest.mark.parametrize("query", ["", "?to=1", "?at=2026-04-10"])
def test_story_that_is_not_public_has_no_history(reader, query):
    make_publication(at=timezone.now() + timedelta(hours=1), slug="secret")
    day = timezone.localtime(timezone.now() + timedelta(hours=1))
    nothing = reader.get("/en/2026/04/10/never/")
    for address in (
        f"/en/{day:%Y/%m/%d}/secret/history/",
        "/en/2026/13/45/x/history/",
        "/en/2026/04/10/never/history/",
    ):
        response = reader.get(address + query)
        assert (response.status_code, response.content) == (404, nothing.content)
        assert dict(response.items()) == dict(nothing.items())


def test_old_address_leads_to_the_history_of_today(reader):
    story({"slug": "new-slug"})
    response = reader.get(HISTORY)
    assert (response.status_code, response["Location"]) == (301, "/en/2026/04/10/new-slug/history/")


def test_two_bodies_are_read_however_many_there_are(reader):
    counts = []
    for slug, versions in (("short", 3), ("long", 200)):
        bodies = [{"body": f"<p>Body {number} of many.</p>"} for number in range(versions)]
        story(*bodies[1:], slug=slug, apart=timedelta(hours=1), **bodies[0])
        address = f"/en/2026/04/10/{slug}/history/"
        with CaptureQueriesContext(connection) as queries:
            page = html(reader, f"{address}?from=1&to=3")
        counts.append(len(queries))
        reading = [query["sql"] for query in queries if '"articles_publication"."body"' in query["sql"]]
        assert len(reading) == 2
        assert all("LIMIT 1" in sql for sql in reading)
        assert f"Body {REMOVED.format(0)}{INSERTED.format(2)} of many." in page
    assert counts == [8, 8]
    assert page.count('<li class="publication">') == 100
    older = page[page.index("?before=") :].split('"')[0]
    assert html(reader, address + older).count('<li class="publication">') == 100
    assert reader.get(f"{address}?before=x").status_code == 404
