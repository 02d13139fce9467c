"""The site's bare address, and addresses at which nothing stands."""

import pytest

from tests.factories import make_publication, make_section

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("", "en"),
        ("ro", "ro"),
        ("ro-MD,ru;q=0.8", "ro"),
        ("de, uk;q=0.5, ru;q=0.7", "ru"),
        ("de", "en"),
        ("*", "en"),
        ("xx-" + "y" * 5000, "en"),
    ],
)
def test_bare_address_leads_to_the_language_that_the_browser_asks_for(reader, asked, given):
    response = reader.get("/", headers={"accept-language": asked})
    assert (response.status_code, response["Location"]) == (302, f"/{given}/")
    assert response["Vary"] == "Accept-Language"
    assert not response.cookies


def test_default_language_is_a_setting(reader, settings):
    settings.NEWSROOM_DEFAULT_LANGUAGE = "ro"
    assert reader.get("/")["Location"] == "/ro/"


@pytest.mark.parametrize(
    "address",
    [
        "/ro/2026/04/10/nonsense/",
        "/ro/2026/02/31/nonsense/",
        "/ro/2026/4/10/nonsense/",
        "/ro/tag/nonsense/",
        "/ro/person/nonsense/",
        "/ro/source/nonsense/",
        "/ro/contributor/nonsense/",
        "/ro/archive/2001/01/",
        "/ro/nonsense/",
        "/ro/non/sense/",
        "/ro/non/sense",
        "/ro/%00/",
        "/ro/international/x/../y/",
    ],
)
def test_all_that_is_not_there_answers_alike(reader, look, address):
    make_section()
    response, other = reader.get(address), reader.get("/ro/nothing/of/the/kind/")
    assert (response.status_code, response.content) == (404, other.content)
    assert dict(response.items()) == dict(other.items())
    assert (look(response).faults, look(response).all("html")) == ([], [{"lang": "ro", "dir": "ltr"}])


@pytest.mark.parametrize("address", ["/de/", "/xx/2026/01/01/a/", "/nonsense", "/pictures/abc/640.jpeg"])
def test_nonsense_outside_a_language_answers_in_the_papers_own(reader, settings, look, address):
    settings.NEWSROOM_DEFAULT_LANGUAGE = "uk"
    response = reader.get(address)
    assert (response.status_code, response["Content-Language"]) == (404, "uk")
    assert look(response).all("html") == [{"lang": "uk", "dir": "ltr"}]


def test_forgotten_slash_is_put_in(reader):
    address = make_publication().get_absolute_url()
    response = reader.get(address.rstrip("/"))
    assert (response.status_code, response["Location"]) == (301, address)
