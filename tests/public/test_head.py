"""What machines and sharers read in the head of a page."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.factories import make_contributor, make_person, make_picture, make_publication, make_section, make_source

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 4, 10, 12, 30, tzinfo=UTC)
SITE = "http://testserver"


def links(page, rel: str) -> list[dict[str, str]]:
    return [link for link in page.all("link") if link["rel"] == rel]


def canonical(page) -> list[str]:
    return [link["href"] for link in links(page, "canonical")]


def alternates(page) -> dict[str, str]:
    return {link["hreflang"]: link["href"] for link in links(page, "alternate") if "hreflang" in link}


def told(page) -> dict[str, list[str]]:
    """What the meta elements say, by name or property."""
    found: dict[str, list[str]] = {}
    for meta in page.all("meta"):
        found.setdefault(meta.get("name") or meta.get("property", ""), []).append(meta.get("content", ""))
    return found


@pytest.fixture
def versions():
    """One story in Romanian, its translations into English and Russian; the one into Ukrainian is held."""
    original = make_publication(language="ro", at=AT, slug="tratative", headline="Tratative")
    make_publication(original=original, at=AT, slug="talks")
    make_publication(original=original, language="ru", at=AT, slug="peregovory")
    make_publication(original=original, language="uk", at=AT, slug="perehovory", state="held")
    return {
        "ro": "/ro/2026/04/10/tratative/",
        "en": "/en/2026/04/10/talks/",
        "ru": "/ru/2026/04/10/peregovory/",
    }


def test_every_version_of_a_story_names_all_of_them_and_is_canonical_to_itself(reader, look, versions):
    wanted = {language: SITE + address for language, address in versions.items()}
    for address in versions.values():
        page = look(reader.get(address))
        assert canonical(page) == [SITE + address]
        assert alternates(page) == {**wanted, "x-default": wanted["en"]}


def test_story_that_is_not_in_the_default_language_sends_others_to_the_front_page(reader, look):
    make_publication(language="ro", at=AT, slug="tratative")
    page = look(reader.get("/ro/2026/04/10/tratative/"))
    assert alternates(page) == {"ro": f"{SITE}/ro/2026/04/10/tratative/", "x-default": f"{SITE}/en/"}


def test_addresses_are_those_of_the_site_where_it_is_set(reader, look, versions, settings):
    settings.NEWSROOM_BASE_URL = "https://news.example"
    page = look(reader.get(versions["en"]))
    assert canonical(page) == [f"https://news.example{versions['en']}"]
    assert set(alternates(page).values()) == {f"https://news.example{address}" for address in versions.values()}
    assert told(page)["og:url"] == canonical(page)


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("/en/", "/en/"),
        ("/en/?before=1&utm_source=letter", "/en/"),
        ("/en/international/?utm_source=letter", "/en/international/"),
        ("/en/international/?fbclid=1&before={key}", "/en/international/?before={key}"),
        ("/en/person/ana-rusu/?of=stories", "/en/person/ana-rusu/"),
        ("/en/person/ana-rusu/?before={key}&of=stories", "/en/person/ana-rusu/?of=stories&before={key}"),
        ("/en/archive/?until=2026", "/en/archive/?until=2026"),
        ("/en/archive/2026/04/?before={key}", "/en/archive/2026/04/?before={key}"),
    ],
)
def test_canonical_address_keeps_of_the_query_what_names_an_older_page(reader, look, asked, kept):
    make_publication(at=AT, people=[make_person()])
    key = "2026-04-10T10%3A00%3A00.000000Z_999999"
    page = look(reader.get(asked.format(key=key)))
    assert canonical(page) == [SITE + kept.format(key=key)]
    if "?" in kept:
        assert alternates(page) == {}, "the older pages of two lists are not the same page"


def test_story_tells_sharers_what_it_is(reader, look):
    picture = make_picture(width=1000, height=500)
    first = make_publication(at=AT, until=LATER)
    story = make_publication(
        article=first.article, at=LATER, change="correction", picture=picture, headline='"Talks" & more',
        section=make_section("world", en="World"), tags=["Peace", "Talks"],
    )  # fmt: skip
    meta = told(look(reader.get(story.get_absolute_url())))
    wanted = {
        "og:type": ["article"],
        "og:title": ['"Talks" & more'],
        "og:description": ["Both sides name a date."],
        "description": ["Both sides name a date."],
        "og:url": [SITE + story.get_absolute_url()],
        "og:site_name": ["Newsroom"],
        "og:locale": ["en_GB"],
        "og:image": [f"{SITE}{story.get_absolute_url()}card-2.jpeg"],
        "og:image:width": ["1200"],
        "og:image:height": ["630"],
        "og:image:alt": ['"Talks" & more. A bridge over a river'],
        "twitter:image": [f"{SITE}{story.get_absolute_url()}card-2.jpeg"],
        "twitter:image:alt": ['"Talks" & more. A bridge over a river'],
        "article:published_time": ["2026-04-10T12:00:00+03:00"],
        "article:modified_time": ["2026-04-10T15:30:00+03:00"],
        "article:section": ["World"],
        "article:tag": ["Peace", "Talks"],
        "twitter:card": ["summary_large_image"],
        "robots": ["max-image-preview:large"],
    }
    assert {name: meta.get(name) for name in wanted} == wanted


def test_story_in_other_languages_says_so_to_sharers(reader, look, versions):
    meta = told(look(reader.get(versions["ru"])))
    assert (meta["og:locale"], sorted(meta["og:locale:alternate"])) == (["ru_RU"], ["en_GB", "ro_RO"])


def test_card_that_is_shared_answers(reader, look):
    story = make_publication(at=AT, picture=make_picture(width=1400, height=700, with_file=True))
    address = told(look(reader.get(story.get_absolute_url())))["og:image"][0]
    response = reader.get(address.removeprefix(SITE))
    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")


def test_page_without_a_description_or_a_picture_claims_neither(reader, look):
    make_publication(at=AT, standfirst="", slug="talks", tags=["Talks"])
    meta = told(look(reader.get("/en/2026/04/10/talks/")))
    assert not {"description", "og:description"} & set(meta)
    for address in ("/en/tag/talks/", "/en/archive/"):
        meta = told(look(reader.get(address)))
        assert not {"description", "og:description", "og:image"} & set(meta)
        assert meta["twitter:card"] == ["summary"]


def test_lists_are_described_where_there_is_something_to_say(reader, look):
    section = make_section("world", en="World")
    section.descriptions = {"en": "Beyond the border."}
    section.save()
    writer = make_contributor()
    writer.about = {"en": "Writes of rivers."}
    writer.save()
    make_publication(at=AT, section=section, credited=[(writer, "author")], sources=[make_source()])
    for address, said in {
        "/en/world/": "Beyond the border.",
        "/en/contributor/iurie-tataru/": "Writes of rivers.",
        "/en/source/tass/": "news agency",
    }.items():
        assert told(look(reader.get(address)))["description"] == [said]


@pytest.mark.parametrize("state", ["held", "retracted", "removed"])
def test_what_is_withdrawn_or_missing_is_not_to_be_indexed_and_tells_nothing(reader, look, state):
    first = make_publication(at=AT, until=LATER, slug="talks")
    make_publication(article=first.article, at=LATER, state=state)
    for address in ("/en/2026/04/10/talks/", "/en/never/was/"):
        page = look(reader.get(address))
        assert told(page)["robots"] == ["noindex"]
        assert (canonical(page), alternates(page)) == ([], {})
        assert not [script for script in page.all("script") if "src" not in script]
        assert not [name for name in told(page) if name.startswith(("og:", "article:", "twitter:"))]


def test_translation_that_is_scheduled_is_no_alternate(reader, look, versions):
    story = make_publication(language="ro", at=AT, slug="alone")
    make_publication(original=story, at=datetime.now(UTC) + timedelta(hours=3), slug="not-yet")
    page = look(reader.get("/ro/2026/04/10/alone/"))
    assert set(alternates(page)) == {"ro", "x-default"}
