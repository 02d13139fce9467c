"""A story's page."""

from datetime import UTC, datetime

import pytest

from tests.factories import (
    make_contributor,
    make_person,
    make_picture,
    make_publication,
    make_source,
)

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 4, 10, 12, 30, tzinfo=UTC)


def text(reader, publication) -> str:
    response = reader.get(publication.get_absolute_url())
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_times_are_the_newsrooms_and_name_their_zone(reader):
    html = text(reader, make_publication(at=AT))
    assert 'Published <time datetime="2026-04-10T12:00:00+03:00">10 April 2026, 12:00 EEST</time>' in html
    assert "Updated" not in html


def test_day_in_the_address_is_the_newsrooms(reader):
    """23:30 UTC on the 9th is the 10th in Chișinău."""
    late = make_publication(at=datetime(2026, 4, 9, 23, 30, tzinfo=UTC), slug="late")
    assert late.get_absolute_url() == "/en/2026/04/10/late/"
    assert reader.get("/en/2026/04/10/late/").status_code == 200
    assert reader.get("/en/2026/04/09/late/").status_code == 404


def test_update_is_dated_and_told(reader):
    first = make_publication(at=AT, until=LATER)
    second = make_publication(article=first.article, at=LATER, change="correction", note="The date was wrong.")
    html = text(reader, second)
    assert 'Updated <time datetime="2026-04-10T15:30:00+03:00">10 April 2026, 15:30 EEST</time>' in html
    assert "Corrections and updates" in html
    assert "The date was wrong." in html


def test_refile_is_not_told(reader):
    first = make_publication(at=AT, until=LATER)
    html = text(reader, make_publication(article=first.article, at=LATER, change="refile", note="", updated=AT))
    assert "Updated" not in html
    assert "Corrections and updates" not in html


def test_credits_stand_by_role_and_translation_apart(reader):
    ana, iurie = make_contributor("Ana Rusu"), make_contributor("Iurie Tataru")
    original = make_publication(language="ro", at=AT, slug="original", credited=[(ana, "author")])
    html = text(reader, make_publication(original=original, at=AT, credited=[(ana, "author"), (iurie, "translator")]))
    assert '<span class="role">By</span> <a rel="author" href="/en/contributor/ana-rusu/">Ana Rusu</a>' in html
    assert (
        'Translation from Romanian <span class="role">by</span>'
        ' <a rel="author" href="/en/contributor/iurie-tataru/">Iurie Tataru</a> <span aria-hidden="true">·</span>'
        ' <a href="/ro/2026/04/10/original/" hreflang="ro">Read the original</a>'
    ) in html


def test_original_that_is_not_public_is_not_linked(reader):
    original = make_publication(language="ro", at=AT, slug="original", state="held")
    html = text(reader, make_publication(original=original, at=AT))
    assert "Translation from Romanian" in html
    assert "Read the original" not in html
    assert "/ro/2026" not in html


def test_other_languages_show_their_own_headlines(reader):
    original = make_publication(language="ro", at=AT, headline="Tratative la Istanbul", slug="tratative")
    html = text(reader, make_publication(original=original, at=AT))
    assert (
        '<a href="/ro/2026/04/10/tratative/" lang="ro" hreflang="ro">'
        '<span class="language">Română</span> Tratative la Istanbul</a>'
    ) in html


def test_sources_say_what_they_are(reader):
    html = text(reader, make_publication(at=AT, sources=[make_source("TASS", label="state-controlled")]))
    assert '<a href="/en/source/tass/">TASS</a> <strong class="label">state-controlled</strong>' in html
    assert '<a class="cited" href="https://example.org/1" rel="external">A statement</a>' in html
    assert 'Accessed <time datetime="2026-04-11">11 April 2026</time>' in html


MARK = '<sup class="citation"><a href="#source-1">1</a></sup>'


def test_citation_mark_says_which_source_it_leads_to(reader, look):
    page = look(
        reader.get(make_publication(body=f"<p>So it was.{MARK}</p>", sources=[make_source()]).get_absolute_url())
    )
    assert {"href": "#source-1", "aria-label": "Source 1: TASS"} in page.all("a")
    assert {"id": "source-1", "value": "1"} in page.all("li")


def test_source_leads_back_to_each_of_its_marks(reader, look):
    story = make_publication(body=f"<p>It was.{MARK} It is.{MARK}</p>", sources=[make_source(), make_source("DW")])
    page = look(reader.get(story.get_absolute_url()))
    ids = {attributes["id"] for attributes in page.all("sup")}
    assert ids == {"cited-1-1", "cited-1-2"}
    assert [link for link in page.links() if link.startswith("#cited")] == ["#cited-1-1", "#cited-1-2"]
    assert page.faults == []


def test_mark_without_a_source_stays_a_number(reader, look):
    page = look(reader.get(make_publication(body=f"<p>So it was.{MARK}</p>").get_absolute_url()))
    assert page.all("sup") == [{"class": "citation"}]


def test_people_are_those_of_the_record_not_of_the_register(reader):
    person = make_person("Ana Rusu")
    story = make_publication(
        quotes=[
            {
                "person": person,
                "words": "We go on.",
                "original_words": "Continuăm.",
                "original_language": "ro",
            }
        ]
    )
    person.name = "Somebody Else"
    person.save()
    html = text(reader, story)
    assert '<a href="/en/person/ana-rusu/">Ana Rusu</a>' in html
    assert '<blockquote lang="ro"><p>Continuăm.</p></blockquote>' in html


def test_dateline_opens_the_first_paragraph(reader):
    html = text(reader, make_publication(dateline="CHIȘINĂU", body='<p lang="en">It rained.</p>'))
    assert '<p lang="en"><span class="dateline">CHIȘINĂU</span> — It rained.</p>' in html


def test_place_in_the_body_is_filled_with_its_picture(reader, look):
    picture = make_picture(width=1000, height=500)
    story = make_publication(
        picture=picture,
        body='<p>See:</p><figure data-picture="1"></figure><figure data-picture="9"></figure>',
    )
    page = look(reader.get(story.get_absolute_url()))
    lead, shot = page.all("img")
    assert (lead.get("loading"), shot["loading"]) == (None, "lazy")
    assert (shot["alt"], shot["width"], shot["height"]) == ("A bridge over a river", "640", "320")
    assert shot["srcset"] == ", ".join(f"/pictures/{picture.sha256}/{width}.jpeg {width}w" for width in (320, 640, 960))
    assert shot["class"] == "focus-centre-middle"


def test_typed_characters_are_never_markup(reader):
    html = text(reader, make_publication(headline="<b>Bold</b>", standfirst='"><script>', dateline="<i>"))
    assert "<b>Bold" not in html
    assert "<script>" not in html
    assert html.count("<script") == 2
    assert "<i>" not in html


def test_read_more_prefers_what_shares_most(reader, look):
    person = make_person()
    make_publication(headline="Same section only", slug="section-only")
    make_publication(headline="Shares a tag", slug="shares-tag", tags=["Talks"])
    make_publication(headline="Shares both", slug="shares-both", tags=["Talks"], people=[person])
    html = text(reader, make_publication(tags=["Talks"], people=[person]))
    read_more = html[html.index("Read more") :]
    assert [read_more.index(part) for part in ("Shares both", "Shares a tag", "Same section only")] == sorted(
        read_more.index(part) for part in ("Shares both", "Shares a tag", "Same section only")
    )


def test_read_more_leaves_out_what_is_not_live(reader):
    make_publication(headline="Retracted and tagged", state="retracted")
    make_publication(language="ro", headline="Tagged in Romanian", tags=["Talks"])
    html = text(reader, make_publication(tags=["Talks"]))
    assert "Retracted and tagged" not in html
    assert "Tagged in Romanian" not in html


def test_key_figures_stand_with_their_sources(reader, look):
    facts = [
        {"figure": "25 June 2024", "text": "the talks were opened", "citation": 1},
        {"figure": "35", "text": "chapters remain"},
    ]
    story = make_publication(key_facts=facts, sources=[make_source()], at=AT)
    page = look(reader.get(story.get_absolute_url()))
    html = text(reader, story)
    assert "Figures and dates" in html
    assert "<dt>35</dt> <dd>chapters remain</dd>" in html
    assert {"href": "#source-1", "aria-label": "Source 1: TASS"} in page.all("a")
    assert "#cited-1-figure-1" in page.links()
    assert page.faults == []
    plain = reader.get(story.get_absolute_url() + "text.txt").content.decode()
    assert "25 June 2024: the talks were opened [1]\n\n35: chapters remain" in plain


def test_story_from_before_key_figures_has_no_box(reader):
    story = make_publication(at=AT)
    frozen = {name: held for name, held in story.story.items() if name != "key_facts"}
    assert "Figures and dates" not in text(reader, make_publication(at=AT, story=frozen, slug="old"))
