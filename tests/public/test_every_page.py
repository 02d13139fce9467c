"""What holds for all readers' pages alike."""

from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.urls import reverse

from articles.public.urls import urlpatterns
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


@pytest.fixture
def paper():
    """A small paper in four languages: every kind of page has something to show."""
    person = make_person("Ana Rusu", ro="Ana Rusu", ru="Ана Русу")
    source, writer, section = (
        make_source("TASS"),
        make_contributor(),
        make_section("world", en="World", ro="Lume"),
    )
    original = None
    for language in ("ro", "en", "ru", "uk"):
        story = make_publication(
            language=language, original=original, slug="talks", at=AT, section=section, tags=["Diplomacy"],
            quotes=[{"person": person, "words": "We will be back.", "citation": 1, "said_on": "2026-04-10"}],
            sources=[source], credited=[(writer, "translator" if original else "author")], picture=make_picture(),
        )  # fmt: skip
        original = original or story
        make_publication(language=language, page="masthead", headline="Masthead", at=AT)


ADDRESSES = {
    "front": {},
    "corrections": {},
    "archive_index": {},
    "search": {},
    "archive": {"year": 2026, "month": 4},
    "tag": {"slug": "diplomacy"},
    "person": {"slug": "ana-rusu"},
    "source": {"slug": "tass"},
    "contributor": {"slug": "iurie-tataru"},
    "section": {"section": "world"},
    "story": {"year": 2026, "month": 4, "day": 10, "slug": "talks"},
    "newsroom_page": {"page": "masthead"},
    "newsroom_page_history": {"page": "masthead"},
    "history": {"year": 2026, "month": 4, "day": 10, "slug": "talks"},
}
pages = pytest.mark.parametrize("name", ADDRESSES)
languages = pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])


def address(name: str, language: str = "en") -> str:
    return reverse(name, kwargs={"language": language, **ADDRESSES[name]})


def test_this_file_knows_every_public_address():
    """home, picture, card, colours, story_text and nonsense have tests of their own, and so has what programs read."""
    pages = {pattern.name for pattern in urlpatterns if not str(pattern.name).endswith(("_feed", "sitemap"))}
    assert pages == {*ADDRESSES, "home", "picture", "card", "colours", "story_text", "nonsense"}


@pages
@languages
def test_page_is_whole_and_in_the_language_of_its_address(reader, look, paper, name, language):
    response = reader.get(address(name, language))
    page = look(response)
    assert (response.status_code, page.faults) == (200, [])
    assert (page.all("html"), response["Content-Language"]) == ([{"lang": language, "dir": "ltr"}], language)


@pages
def test_page_carries_nothing_of_who_reads_it(reader, paper, name):
    """The client comes with cookies of the desk, and the page still is the one for everybody."""
    plain = reader.get(address(name))
    reader.cookies.load({"sessionid": "x", "csrftoken": "y", "django_language": "ru"})
    with_cookies = reader.get(address(name), headers={"accept-language": "ru"})
    assert with_cookies.content == plain.content
    assert not plain.cookies
    assert "cookie" not in plain.get("Vary", "").lower()
    assert plain["Cache-Control"] == "public, no-cache"


@pages
def test_page_has_no_script_or_style_within_it(reader, look, paper, name):
    response = reader.get(address(name))
    page, for_machines = look(response), {"type": "application/ld+json"}  # which no browser runs
    optional, *others = page.all("script")
    assert (optional["src"], optional["defer"]) == ("/static/public/reader.js", "")
    assert others == ([] if "X-Robots-Tag" in response else [for_machines])
    assert not page.all("style")
    assert [attributes for _tag, attributes in page.elements if "style" in attributes] == []


@pages
def test_page_is_only_read(reader, paper, name):
    refused = reader.post(address(name))
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD")
    head = reader.head(address(name))
    assert (head.status_code, head.content) == (200, b"")


@pages
def test_unchanged_page_is_not_sent_twice(reader, paper, name):
    first = reader.get(address(name))
    again = reader.get(address(name), headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pages
def test_language_switch_leads_to_the_same_page_or_to_a_front_page(reader, look, paper, name):
    page = look(reader.get(address(name)))
    switched = {attributes["hreflang"]: attributes["href"] for attributes in page.all("a") if "hreflang" in attributes}
    for language in ("ro", "ru", "uk"):
        wanted = reverse("front", kwargs={"language": language}) if name == "archive" else address(name, language)
        assert switched[language] == wanted


@pages
def test_every_internal_link_leads_somewhere(reader, look, paper, name):
    for link in look(reader.get(address(name))).links():
        if link.startswith("/"):
            assert reader.get(link).status_code == 200, link


def test_languages_call_themselves_by_their_own_names(reader, paper):
    html = reader.get("/en/").content.decode()
    for language, own in {"ro": "Română", "ru": "Русский", "uk": "Українська"}.items():
        assert f'lang="{language}" hreflang="{language}">{own}</a>' in html


def test_page_of_a_language_that_runs_to_the_left_says_so(reader, look, settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("ar", "العربية")]
    assert look(reader.get("/ar/")).all("html") == [{"lang": "ar", "dir": "rtl"}]
