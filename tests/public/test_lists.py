"""Front page, sections, registers, archive and corrections: what stands on them and in which order."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from tests.factories import (
    make_contributor,
    make_person,
    make_picture,
    make_publication,
    make_section,
    make_source,
)

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)


def html(reader, address: str) -> str:
    response = reader.get(address)
    assert response.status_code == 200, address
    return " ".join(response.content.decode().split())


def headlines(page: str) -> list[str]:
    return re.findall(r'<h[23] class="headline">.*?<a href="[^"]+">(.*?)</a>', page)


def stories(count: int, **fields) -> None:
    for number in range(count):
        make_publication(headline=f"Story {number}", at=AT + timedelta(minutes=number), **fields)


def test_front_page_shows_each_story_once_newest_first(reader):
    make_section("culture")
    stories(18)
    make_publication(headline="A concert", at=AT - timedelta(days=1), section=make_section("culture"))
    page = html(reader, "/en/")
    assert headlines(page) == [
        *[f"Story {number}" for number in range(17, 4, -1)],  # lead, seconds and latest
        "A concert",
        *["Story 4", "Story 3", "Story 2", "Story 1"],  # what the section has beyond those
    ]
    assert page.index('id="section-culture"') < page.index("A concert") < page.index('id="section-international"')


def test_empty_paper_has_a_front_page(reader, look):
    response = reader.get("/uk/")
    assert (response.status_code, look(response).faults) == (200, [])


def test_the_menu_leads_to_sections_in_which_this_language_has_a_story(reader, look):
    make_publication(section=make_section("culture"))
    make_publication(section=make_section("world"), language="ro")
    make_section("economy")
    assert "/en/culture/" in look(reader.get("/en/")).links()
    assert not {"/en/economy/", "/en/world/"} & set(look(reader.get("/en/")).links())
    assert "/ro/world/" in look(reader.get("/ro/corrections/")).links()


def test_empty_section_has_its_page_and_an_unknown_one_has_none(reader):
    make_section("culture", en="Culture")
    assert "<h1>Culture</h1>" in html(reader, "/en/culture/")
    assert reader.get("/en/horoscopes/").status_code == 404


@pytest.mark.parametrize(
    "address", ["/en/international/", "/en/tag/talks/", "/en/source/tass/", "/en/archive/2026/04/"]
)
def test_paging_meets_each_story_once(reader, address):
    """Several stories share one moment, so that only the id tells them apart."""
    for number in range(45):
        make_publication(
            headline=f"Story {number}",
            at=AT + timedelta(hours=number // 7),
            tags=["Talks"],
            sources=[make_source()],
        )
    met, page = [], address
    for expected in (20, 20, 5):
        shown = html(reader, page)
        assert len(headlines(shown)) == expected
        met += headlines(shown)
        older = re.search(r'rel="next" href="(\?[^"]+)"', shown)
        page = address + (older[1].replace("&amp;", "&") if older else "")
    assert met == [f"Story {number}" for number in range(44, -1, -1)]
    assert not older


@pytest.mark.parametrize(
    "key",
    [
        "",
        "x",
        "2026-04-10",
        "2026-13-10T09:00:00.000000Z_1",
        "2026-04-10T09:00:00.000000Z_" + "9" * 40,
        "\x00",
    ],
)
@pytest.mark.parametrize(
    "address",
    [
        "international/",
        "tag/talks/",
        "archive/2026/04/",
        "corrections/",
        "person/ana-rusu/",
        "contributor/iurie-tataru/",
    ],
)
def test_bad_key_is_an_address_that_never_was(reader, address, key):
    make_publication(at=AT, tags=["Talks"], people=[make_person()], credited=[(make_contributor(), "author")])
    response = reader.get(f"/en/{address}", {"before": key, "of": "stories"})
    assert (response.status_code, response.content) == (404, reader.get("/en/no/such/page/").content)


def test_person_page_shows_words_with_role_day_and_source(reader):
    person, tass = make_person("Ana Rusu", en="Ana Rusu"), make_source("TASS")
    quote = {
        "person": person, "words": "We go on.", "original_words": "Continuăm.", "original_language": "ro", "citation": 1,
        "said_on": "2026-04-09", "role": "Minister of Transport",
    }  # fmt: skip
    story = make_publication(at=AT, headline="Trains", quotes=[quote], sources=[tass])
    page = html(reader, "/en/person/ana-rusu/")
    for part in (
        "<h1>Ana Rusu</h1>",
        "<blockquote><p>We go on.</p></blockquote>",
        "In the original (Romanian)",
        '<blockquote lang="ro"><p>Continuăm.</p></blockquote>',
        "Minister of Transport",
        'Said on <time datetime="2026-04-09">9 April 2026</time>',
        'Source: <a href="/en/source/tass/">TASS</a>',
        f'In: <a href="{story.get_absolute_url()}">Trains</a>',
    ):
        assert part in page, part
    assert headlines(page) == ["Trains"]


def test_person_is_called_as_the_language_of_the_page_spells_the_name(reader):
    person = make_person("Ana Rusu", ru="Ана Русу")
    original = make_publication(language="ro", people=[person])
    make_publication(language="ru", original=original, people=[person])
    assert "<h1>Ана Русу</h1>" in html(reader, "/ru/person/ana-rusu/")


def test_quote_counts_only_as_the_story_prints_it_today(reader):
    person, now = make_person(), timezone.now()
    first = make_publication(until=now, quotes=[{"person": person, "words": "Wrong words."}])
    make_publication(article=first.article, at=now, quotes=[{"person": person, "words": "Right words."}])
    page = html(reader, "/en/person/ana-rusu/")
    assert "Right words." in page
    assert "Wrong words." not in page


def test_person_whose_only_story_is_in_another_language_has_no_page_here(reader):
    make_publication(language="ro", people=[make_person()])
    assert reader.get("/ro/person/ana-rusu/").status_code == 200
    assert reader.get("/en/person/ana-rusu/").status_code == 404


def test_quotes_and_stories_of_a_person_are_paged_apart(reader):
    person = make_person()
    for number in range(25):
        make_publication(
            headline=f"Story {number}",
            at=AT + timedelta(minutes=number),
            quotes=[{"person": person, "words": f"Words {number}."}],
        )
    page = html(reader, "/en/person/ana-rusu/")
    quotes, named = re.findall(r'rel="next" href="(\?[^"]+)"', page)
    older = html(reader, "/en/person/ana-rusu/" + quotes.replace("&amp;", "&"))
    assert re.findall(r"Words \d+", older) == [f"Words {number}" for number in range(4, -1, -1)]
    assert headlines(older) == []
    older = html(reader, "/en/person/ana-rusu/" + named.replace("&amp;", "&"))
    assert headlines(older) == [f"Story {number}" for number in range(4, -1, -1)]


def test_contributor_page_keeps_kinds_of_work_apart(reader):
    iurie = make_contributor()
    for role in ("author", "translator", "photographer"):
        make_publication(headline=f"As {role}", credited=[(iurie, role)])
    make_publication(headline="As both", credited=[(iurie, "author"), (iurie, "reporter")])
    page = html(reader, "/en/contributor/iurie-tataru/")
    wrote, translated, photographed = (page.index(f'id="{kind}"') for kind in ("wrote", "translated", "photographed"))
    assert (
        wrote
        < page.index("As author")
        < translated
        < page.index("As translator")
        < photographed
        < page.index("As photographer")
    )
    assert headlines(page).count("As both") == 1
    assert 'id="edited"' not in page


def test_contributor_goes_on_in_one_kind_of_work(reader):
    iurie = make_contributor()
    stories(25, credited=[(iurie, "translator")])
    make_publication(headline="As author", credited=[(iurie, "author")])
    older = re.search(r'href="(\?of=translated[^"]+)"', html(reader, "/en/contributor/iurie-tataru/"))
    page = html(reader, "/en/contributor/iurie-tataru/" + older[1].replace("&amp;", "&"))
    assert headlines(page) == [f"Story {number}" for number in range(4, -1, -1)]


def test_source_page_says_what_the_source_is(reader):
    make_publication(sources=[make_source("TASS", label="state-controlled", homepage="https://tass.example/")])
    page = html(reader, "/en/source/tass/")
    assert 'news agency <strong class="label">state-controlled</strong>' in page
    assert 'href="https://tass.example/"' in page


def test_archive_links_the_months_that_have_stories(reader, look):
    make_publication(at=datetime(2019, 12, 31, 22, 30, tzinfo=UTC))  # the new year has begun in Chișinău
    make_publication(at=AT)
    months = [link for link in look(reader.get("/en/archive/")).links() if "/archive/2" in link]
    assert months == ["/en/archive/2026/04/"]
    earlier = look(reader.get("/en/archive/?until=2021")).links()
    assert "/en/archive/2020/01/" in earlier
    assert reader.get("/en/archive/2020/01/").status_code == 200
    assert reader.get("/en/archive/2019/12/").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "archive/2026/03/",
        "archive/2026/13/",
        "archive/2026/00/",
        "archive/2999/12/",
        "archive/?until=2030",
        "archive/?until=x",
    ],
)
def test_month_without_stories_has_no_page(reader, address):
    make_publication(at=AT)
    assert reader.get(f"/en/{address}").status_code == 404


def test_corrections_are_told_newest_first_and_lead_to_the_story_of_today(reader):
    later, latest = AT + timedelta(days=1), AT + timedelta(days=2)
    story = make_publication(at=AT, until=later, headline="As it was")
    make_publication(article=story.article, at=later, until=latest, change="correction", note="The year was wrong.")
    make_publication(article=story.article, at=latest, change="clarification", note="Who said it.", headline="As it is")
    gone = make_publication(at=AT, until=later, headline="Unproven")
    make_publication(
        article=gone.article,
        at=later + timedelta(hours=1),
        state="retracted",
        headline="Unproven",
        note="Not genuine.",
    )
    page = html(reader, "/en/corrections/")
    assert headlines(page) == ["As it is", "Unproven", "As it is"]
    assert re.findall(r'class="note">(.*?)</p>', page) == [
        "Who said it.",
        "Not genuine.",
        "The year was wrong.",
    ]


def test_updates_and_stories_withdrawn_since_are_no_corrections(reader):
    later = AT + timedelta(days=1)
    first = make_publication(at=AT, until=later)
    make_publication(article=first.article, at=later, change="update", note="More voices.")
    second = make_publication(at=AT, until=later)
    make_publication(
        article=second.article,
        at=later,
        until=later + timedelta(days=1),
        change="correction",
        note="Wrong year.",
    )
    make_publication(article=second.article, at=later + timedelta(days=1), state="removed")
    page = html(reader, "/en/corrections/")
    assert "There are no corrections." in page


def test_picture_in_a_list_is_cropped_about_its_focus(reader, look):
    make_publication(picture=make_picture(focal_x=0.9, focal_y=0.1))
    assert [shot["class"] for shot in look(reader.get("/en/international/")).all("img")] == ["focus-right-top"]
