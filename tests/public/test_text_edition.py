"""A story as plain text and as Markdown."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.public.prose import Markdown, Plain, Prose
from tests.factories import make_contributor, make_person, make_picture, make_publication, make_section, make_source

AT = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 4, 10, 12, 30, tzinfo=UTC)
BODY = (
    '<p>They <strong>met</strong> in <a href="/en/tag/peace/">May</a>.<sup class="citation"><a href="#source-1">1</a></sup></p>'
    '<blockquote class="quote"><p>We go on.</p><footer><cite>Ana Rusu, minister</cite></footer></blockquote>'
    '<h2>What next</h2><ul><li>talks</li><li>more talks</li></ul><figure data-picture="1"></figure>'
)
both = pytest.mark.parametrize("form", ["txt", "md"])

PLAIN = """\
Newsroom · World · Consultations

River talks resume
==================

Both sides name a date.

By Maria Luca
Translation from Romanian by Iurie Tataru
Published 10 April 2026, 12:00 EEST
Updated 10 April 2026, 15:30 EEST
Correction, 10 April 2026, 15:30 EEST

[A bridge over a river]
The old bridge. Photo: Maria Luca

ISTANBUL — They met in May (http://testserver/en/tag/peace/).[1]

> We go on.
>
> — Ana Rusu, minister

What next
---------

- talks
- more talks

[A bridge over a river]
The old bridge. Photo: Maria Luca

Corrections and updates
-----------------------

Correction, 10 April 2026, 15:30 EEST
The date was wrong.

Their words in the original
---------------------------

Continuăm.
— Ana Rusu, 9 April 2026

Sources
-------

[1] TASS, state-controlled: A statement (https://example.org/1)
Published 10 April 2026, Accessed 11 April 2026

This story in other languages
-----------------------------

Română: Tratative (http://testserver/ro/2026/04/10/tratative/)

© 2026 Newsroom. All rights reserved.
Ask us before you reprint this story. You may always quote it and link to it.

http://testserver/en/2026/04/10/talks/
"""


@pytest.fixture
def story(db):
    """A translated story with all that a story can have, corrected once."""
    person = make_person()
    said = {"person": person, "words": "We go on.", "original_words": "Continuăm.", "original_language": "ro"}
    fields = {
        "section": make_section("world", en="World"), "kicker": "Consultations", "dateline": "ISTANBUL", "body": BODY,
        "quotes": [{**said, "said_on": "2026-04-09"}], "sources": [make_source(label="state-controlled")],
        "credited": [(make_contributor("Maria Luca"), "author"), (make_contributor(), "translator")],
        "picture": make_picture(),
    }  # fmt: skip
    original = make_publication(language="ro", at=AT, slug="tratative", headline="Tratative")
    first = make_publication(original=original, at=AT, until=LATER, slug="talks", **fields)
    return make_publication(article=first.article, at=LATER, change="correction", note="The date was wrong.", **fields)


def test_plain_text_tells_all_that_the_page_does(reader, story):
    response = reader.get("/en/2026/04/10/talks/text.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == PLAIN


def test_markdown_marks_up_what_the_page_does(reader, story):
    response = reader.get("/en/2026/04/10/talks/text.md")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    words = response.content.decode()
    sha256 = story.lead_picture.sha256
    for part in (
        "\n# River talks resume\n",
        "By Maria Luca\\\nTranslation from Romanian by Iurie Tataru\\\n",
        f"\n![A bridge over a river](<http://testserver/pictures/{sha256}/1280.jpeg>)\n\n*The old bridge. Photo: Maria Luca*\n",
        "\nISTANBUL — They **met** in [May](<http://testserver/en/tag/peace/>).\\[1\\]\n",
        "\n> We go on.\n>\n> — Ana Rusu, minister\n",
        "\n## What next\n\n- talks\n- more talks\n",
        "\n\\[1\\] TASS, state-controlled: [A statement](<https://example.org/1>)\\\nPublished 10 April 2026",
        "\nRomână: [Tratative](<http://testserver/ro/2026/04/10/tratative/>)\n",
    ):
        assert part in words, part


@both
def test_edition_is_canonical_to_its_page_and_kept_as_that_is(reader, story, form):
    address = f"/en/2026/04/10/talks/text.{form}"
    first = reader.get(address)
    assert first["Link"] == '<http://testserver/en/2026/04/10/talks/>; rel="canonical"'
    assert (first["Content-Language"], first["Cache-Control"]) == ("en", "public, no-cache")
    assert not first.cookies
    again = reader.get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert reader.post(address).status_code == 405
    head = reader.head(address)
    assert (head.status_code, head.content) == (200, b"")


def test_page_leads_to_its_editions(reader, look, story):
    page = look(reader.get(story.get_absolute_url()))
    named = [link["href"] for link in page.all("link") if link.get("type", "").startswith("text/")]
    assert named == [f"http://testserver/en/2026/04/10/talks/text.{form}" for form in ("txt", "md")]
    assert {f"/en/2026/04/10/talks/text.{form}" for form in ("txt", "md")} <= set(page.links())


@both
@pytest.mark.django_db
def test_edition_speaks_the_language_of_its_address(reader, form):
    make_publication(language="ru", at=AT, slug="peregovory", sources=[make_source()])
    words = reader.get(f"/ru/2026/04/10/peregovory/text.{form}").content.decode()
    assert "Источники" in words
    assert "10 апреля 2026" in words


@both
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "status", "said", "unsaid"),
    [
        ("held", 200, "This story is being checked", "Secret"),
        ("retracted", 200, "Retracted: Secret headline", "The talks went on"),
        ("removed", 410, "This story has been removed", "Secret"),
    ],
)
def test_withdrawn_story_answers_as_its_page_does(reader, form, state, status, said, unsaid):
    first = make_publication(at=AT, until=LATER, slug="talks", headline="Secret headline")
    make_publication(article=first.article, at=LATER, headline="Secret headline", state=state, note="It was no fact.")
    response = reader.get(f"/en/2026/04/10/talks/text.{form}")
    assert (response.status_code, response["X-Robots-Tag"]) == (status, "noindex")
    words = response.content.decode()
    assert said in words
    assert unsaid not in words
    assert ("It was no fact." in words) == (state == "retracted")


@both
@pytest.mark.django_db
def test_old_slug_leads_to_the_edition_of_today(reader, form):
    old = make_publication(at=AT, until=LATER, slug="old-slug")
    make_publication(article=old.article, at=LATER, slug="new-slug")
    response = reader.get(f"/en/2026/04/10/old-slug/text.{form}")
    assert (response.status_code, response["Location"]) == (301, f"/en/2026/04/10/new-slug/text.{form}")


@pytest.mark.django_db
@pytest.mark.parametrize("end", ["text.html", "text.", "text.txt/", "other.txt"])
def test_other_endings_are_nothing(reader, end):
    make_publication(at=AT, slug="talks")
    response = reader.get(f"/en/2026/04/10/talks/{end}")
    assert (response.status_code, response.content) == (404, reader.get("/en/never/was/").content)


# Prose, without a database


def written(body: str, form: Plain) -> str:
    return Prose(form, "https://news.example".__add__, "<{}>".format).write(body)


@pytest.mark.parametrize(
    ("body", "plain", "markdown"),
    [
        ("", "", ""),
        ("<p>One<br>two</p>", "One\ntwo", "One\\\ntwo"),
        ("<p>One<br></p><p> </p><p>two</p>", "One\n\ntwo", "One\n\ntwo"),
        ("<p>a <em> b </em>c</p>", "a b c", "a *b* c"),
        ("<p>1. A 2*3 [x] # &lt;b&gt; &amp;lt; a_b</p>", "1. A 2*3 [x] # <b> &lt; a_b", r"1\. A 2\*3 \[x\] # \<b\> \&lt; a\_b"),
        ("<p># no heading</p><p>- no list</p>", "# no heading\n\n- no list", "\\# no heading\n\n\\- no list"),
        ('<p>Go!<a href="https://a.example/">on</a></p>', "Go!on (https://a.example/)", r"Go\![on](<https://a.example/>)"),
        ('<p><a href="mailto:a@b.example">a</a></p>', "a (mailto:a@b.example)", "[a](<mailto:a@b.example>)"),
        ("<ol><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ol>",
         "1. a\n\n   - b\n2. c\n\n   d", "1. a\n\n   - b\n2. c\n\n   d"),
        ("<table><tbody><tr><th>a</th><td>b|c</td></tr><tr><td><p>d</p></td></tr></tbody></table>",
         "a | b|c\nd", "| a | b\\|c |\n| --- | --- |\n| d |  |"),
        ("<table><tr><td>a<table><tr><td>b</td><td>c</td></tr></table></td></tr></table>", "a b c", "| a b c |\n| --- |"),
        ('<p>a</p><hr><figure data-picture="7"></figure>', "a\n\n* * *\n\n<7>", "a\n\n* * *\n\n<7>"),
        ("<h3>Two<br>lines</h3>", "Two lines\n---------", "### Two lines"),
        ("<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>", "> a\n>\n> > b", "> a\n>\n> > b"),
    ],
)  # fmt: skip
def test_body_is_written(body, plain, markdown):
    assert written(body, Plain()) == plain
    assert written(body, Markdown()) == markdown


def test_body_that_nests_without_end_is_written_all_the_same():
    body = "<blockquote>" * 120 + "<strong>" * 100 + "deep" + "</strong>" * 100 + "</blockquote>" * 120
    assert "deep" in written(body, Plain())


@given(st.text())
def test_markdown_says_what_was_typed(words):
    """Without its escapes it is the text again, and no sign that marks up stands without one."""
    marked = Markdown().text(words)
    assert re.sub(r"\\([\\`*_\[\]<>|~&])", r"\1", marked) == words
    assert not re.search(r"[`*_\[\]<>|~]", re.sub(r"\\.", "", marked, flags=re.DOTALL))
