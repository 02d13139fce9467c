"""What the chief editor set, as readers meet it: name, logo, colours, languages, clock, rights, contact."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Paper, colours
from articles.models.paper import read_once
from tests.factories import make_picture, make_publication

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 10, 22, 30, tzinfo=UTC)
TOKENS = Path(configured.BASE_DIR, "static/public/page.css")


def html(reader, address="/en/") -> str:
    return reader.get(address).content.decode()


class TestName:
    def test_it_stands_at_head_and_foot_and_for_machines(self, reader):
        Paper.objects.create(name="The River & Post")
        story = make_publication()
        page = html(reader, story.get_absolute_url())
        assert page.count("The River &amp; Post") >= 4
        assert "Newsroom<" not in page
        assert "<title>The River &amp; Post</title>" in html(reader, "/en/feed.rss")

    def test_without_one_it_is_the_environments(self, reader, settings):
        settings.NEWSROOM_SITE_NAME = "The Hill Post"
        assert "The Hill Post" in html(reader)
        Paper.objects.create(time_zone="UTC")
        assert "The Hill Post" in html(reader)


class TestLogo:
    def test_it_stands_in_place_of_the_name_which_it_is_called(self, reader, look):
        Paper.objects.create(name="The River Post", logo=make_picture(width=700, height=200))
        for address in ("/en/", "/en/archive/"):
            page = look(reader.get(address))
            assert page.faults == []
            (logo,) = [image for image in page.all("img") if image.get("class") == "logo"]
            assert logo["alt"] == "The River Post"
            assert (logo["width"], logo["height"]) == ("640", "183")

    def test_readers_get_its_file_though_no_story_shows_it(self, reader, look):
        picture = make_picture(with_file=True, width=700, height=200)
        address = f"/pictures/{picture.sha256}/640.webp"
        assert reader.get(address).status_code == 404
        paper = Paper.objects.create(logo=picture)
        assert reader.get(address)["Content-Type"] == "image/webp"
        paper.logo = None
        paper.save()
        assert reader.get(address).status_code == 404

    def test_machines_are_told_of_it(self, reader):
        picture = make_picture(width=700, height=200)
        Paper.objects.create(logo=picture, contact="post@example.org")
        text = html(reader).partition('<script type="application/ld+json">')[2].partition("</script>")[0]
        (newsroom,) = [node for node in json.loads(text)["@graph"] if node["@type"] == "NewsMediaOrganization"]
        assert newsroom["logo"]["url"] == f"http://testserver/pictures/{picture.sha256}/640.jpeg"
        assert newsroom["email"] == "post@example.org"


class TestColours:
    def test_they_are_a_stylesheet_that_never_changes(self, reader, look):
        Paper.objects.create(accent="#0b5e57")
        sheets = [link["href"] for link in look(reader.get("/en/")).all("link") if link["rel"] == "stylesheet"]
        assert sheets[1] == "/colours/0b5e57-f2a09a.css"
        sheet = reader.get(sheets[1])
        assert sheet["Content-Type"] == "text/css; charset=utf-8"
        assert sheet["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "--accent: #0b5e57" in sheet.content.decode()
        assert "--accent: #f2a09a" in sheet.content.decode()

    def test_without_any_there_is_no_such_sheet(self, reader):
        assert "/colours/" not in html(reader)

    @pytest.mark.parametrize("path", ["0b5e57-xyz.css", "0B5E57-f2a09a.css", "0b5e57-f2a09a}.css", "0b5e57.css"])
    def test_what_are_no_colours_is_nonsense(self, reader, path):
        assert reader.get(f"/colours/{path}").status_code == 404

    def test_the_softwares_own_are_those_of_the_styles(self):
        """Contrast is reckoned against what stands in page.css."""
        light, dark = TOKENS.read_text().split("@media (prefers-color-scheme: dark)")[:2]
        for part, scheme in ((light, colours.LIGHT), (dark, colours.DARK)):
            tokens = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", part))
            assert (tokens["paper"], tokens["paper-raised"]) == colours.PAPERS[scheme]
            assert tokens["accent"] == colours.ACCENTS[scheme]
            assert colours.least_contrast(tokens["accent"], scheme) >= colours.LEAST


class TestLanguages:
    @pytest.fixture
    def paper(self):
        original = make_publication(language="ro", slug="talks", at=AT, tags=["Talks"], picture=make_picture())
        for language in ("en", "uk"):
            make_publication(language=language, original=original, slug="talks", at=AT, tags=["Talks"])
        make_publication(language="uk", page="about", at=AT)
        return Paper.objects.create(languages=["ro", "en"])

    def test_one_that_is_off_answers_as_nonsense(self, reader, paper):
        """As an address of a language that the software has never heard of."""
        for path in (
            "",
            "2026/04/11/talks/",
            "2026/04/11/talks/text.txt",
            "feed.rss",
            "tag/talks/",
            "about/",
            "search/?q=a",
        ):
            for method in ("get", "head", "post"):
                off = getattr(reader, method)(f"/uk/{path}")
                never = getattr(reader, method)(f"/xx/{path}")
                assert off.status_code == never.status_code == 404, path
                assert off.content == never.content
                assert off.headers == never.headers

    def test_nothing_leads_there(self, reader, look, paper):
        for address in (
            "/en/",
            "/en/2026/04/11/talks/",
            "/en/2026/04/11/talks/history/",
            "/en/tag/talks/",
            "/en/nonsense/here/",
        ):
            assert "/uk/" not in html(reader, address), address
            assert 'hreflang="uk"' not in html(reader, address), address
        for address in (
            "/en/feed.atom",
            "/en/feed.json",
            "/sitemap.xml",
            "/news-sitemap.xml",
            "/en/2026/04/11/talks/text.md",
        ):
            assert "/uk" not in html(reader, address), address

    def test_whose_browser_wants_it_gets_the_first_one(self, reader, paper):
        paper.default_language = "ro"
        paper.save()
        assert reader.get("/", headers={"accept-language": "uk"}).url == "/ro/"
        assert reader.get("/", headers={"accept-language": "uk, en;q=0.5"}).url == "/en/"
        assert 'hreflang="x-default" href="http://testserver/ro/"' in html(reader, "/en/")
        assert '<html lang="ro"' in html(reader, "/xx/")

    def test_the_first_one_is_always_on(self, reader, settings):
        settings.NEWSROOM_DEFAULT_LANGUAGE = "uk"
        Paper.objects.create(languages=["ro", "en"])
        assert reader.get("/").url == "/en/"

    def test_turned_on_again_it_is_as_it_was(self, reader, paper):
        paper.languages = []
        paper.save()
        assert reader.get("/uk/2026/04/11/talks/").status_code == 200

    def test_a_picture_that_it_alone_shows_is_not_public(self, reader, paper):
        picture = make_picture(with_file=True)
        make_publication(language="uk", picture=picture)
        address = f"/pictures/{picture.sha256}/640.jpeg"
        assert reader.get(address).status_code == 404
        make_publication(language="en", picture=picture)
        assert reader.get(address).status_code == 200


class TestClock:
    def test_times_are_the_papers(self, reader):
        story = make_publication(at=AT)
        address = story.get_absolute_url()
        assert "11 April 2026, 01:30 EEST" in html(reader, address)
        Paper.objects.create(time_zone="America/New_York")
        assert "10 April 2026, 18:30 EDT" in html(reader, address)
        assert "/en/archive/2026/04/" in html(reader, "/en/archive/")

    def test_an_address_that_is_out_stays(self, reader):
        """Though the day of the clock is another now."""
        address = make_publication(at=AT).get_absolute_url()
        Paper.objects.create(time_zone="America/New_York")
        assert "/2026/04/11/" in address
        assert address in html(reader)
        assert reader.get(address).status_code == 200


class TestFoot:
    def test_rights_stand_in_feeds_and_text_editions(self, reader):
        story = make_publication()
        Paper.objects.create(rights={"en": "© The Post"})
        assert "<copyright>© The Post</copyright>" in html(reader, "/en/feed.rss")
        assert "<rights>© The Post</rights>" in html(reader, "/en/feed.atom")
        assert html(reader, f"{story.get_absolute_url()}text.txt").endswith("© The Post\n")

    def test_rights_in_the_pages_language_and_contact(self, reader):
        story = make_publication()
        Paper.objects.create(rights={"en": "© The Post, CC BY 4.0", "ro": "© Poșta"}, contact="post@example.org")
        assert "© The Post, CC BY 4.0" in html(reader)
        assert "© Poșta" in html(reader, "/ro/")
        assert "© The Post, CC BY 4.0" in html(reader, "/uk/")
        assert '<a href="mailto:post@example.org">post@example.org</a>' in html(reader)
        assert "© The Post, CC BY 4.0" in html(reader, story.get_absolute_url())


class TestReading:
    def test_a_page_asks_for_it_once(self, reader):
        Paper.objects.create(name="The Post", logo=make_picture(), languages=["en", "ro"], time_zone="UTC")
        story = make_publication()
        for address in ("/en/", story.get_absolute_url(), "/en/feed.rss", "/sitemap.xml", "/", "/uk/", "/robots.txt"):
            with CaptureQueriesContext(connection) as queries:
                reader.get(address)
            asked = [query for query in queries if '"articles_paper"' in query["sql"]]
            assert len(asked) == (0 if address == "/robots.txt" else 1), address

    def test_within_a_request_a_change_is_seen(self):
        with read_once():
            assert Paper.objects.current().site_name == configured.NEWSROOM_SITE_NAME
            Paper.objects.create(name="The Post")
            assert Paper.objects.current().site_name == "The Post"
