"""What the paper says of itself: pages with an address of their own, at the foot of every page and on no list."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles.enums import PageKind
from tests.factories import make_contributor, make_picture, make_publication

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)


def make_page(kind: str = "about", **fields):
    return make_publication(**{"page": kind, "headline": f"Of {kind}", "at": AT, **fields})


def data_of(reader, look, address):
    text = reader.get(address).content.decode().partition('<script type="application/ld+json">')[2]
    return json.loads(text.partition("</script>")[0])["@graph"]


class TestAddress:
    @pytest.mark.parametrize("kind", PageKind.values)
    def test_each_kind_has_its_own(self, reader, look, kind):
        make_page(kind)
        response = reader.get(f"/en/{kind}/")
        assert (response.status_code, look(response).faults) == (200, [])
        assert f'<h1 class="headline">Of {kind}</h1>' in response.content.decode()

    def test_a_page_that_is_not_there_answers_as_any_nonsense(self, reader):
        make_page(language="ro")
        nothing = reader.get("/en/no/such/page/")
        for address in ("/en/about/", "/en/ethics/", "/en/about/history/", "/en/about/?at=2026-04-11", "/ro/ethics/"):
            answer = reader.get(address)
            assert answer.status_code == 404
            if address.startswith("/en/"):
                assert answer.content == nothing.content

    def test_no_story_address_leads_to_it(self, reader):
        page = make_page()
        assert reader.get(f"/en/2026/04/10/{page.slug}/").status_code == 404

    def test_a_picture_of_it_is_public(self, reader, look):
        make_page(picture=make_picture())
        (shot,) = [image for image in look(reader.get("/en/about/")).all("img") if "pictures" in image["src"]]
        assert shot["alt"] == "A bridge over a river"

    def test_its_other_languages_are_named_whether_translated_or_written_anew(self, reader, look):
        english = make_page()
        make_page(language="ro", original=english)
        make_page(language="ru")
        page = look(reader.get("/en/about/"))
        named = {link["hreflang"]: link["href"] for link in page.all("link") if "hreflang" in link}
        wanted = {code: f"http://testserver/{code}/about/" for code in ("en", "ro", "ru")}
        assert named == {**wanted, "x-default": wanted["en"]}
        switched = {link["hreflang"]: link["href"] for link in page.all("a") if "hreflang" in link}
        assert switched == {"ro": "/ro/about/", "ru": "/ru/about/", "uk": "/uk/"}


class TestFoot:
    def test_every_page_links_those_that_are_live_in_its_language(self, reader, look):
        make_page("ethics")
        make_page("about")
        make_page("about", language="ro")
        make_page("sourcing", state="held")
        make_page("ownership", at=timezone.now() + timedelta(hours=1))
        for address in ("/en/", "/en/archive/", "/en/about/", "/en/no/such/page/"):
            foot = reader.get(address).content.decode().partition("<footer")[2]
            found = [link for link in re.findall('href="([^"]+)"', foot) if link.split("/")[2] in PageKind.values]
            assert found == ["/en/about/", "/en/ethics/"], address

    def test_the_page_that_one_is_on_says_so(self, reader, look):
        make_page("about")
        links = {link["href"]: link for link in look(reader.get("/en/about/")).all("a")}
        assert links["/en/about/"]["aria-current"] == "page"

    def test_nothing_is_there_while_there_are_none(self, reader):
        assert reader.get("/en/").content.decode().count("<ul>") == 2  # languages, and the foot's own


class TestLists:
    def test_it_is_in_the_sitemap_and_on_no_list(self, reader):
        make_page(headline="Zanzibar", tags=["Talks"])
        make_publication(headline="A story", at=AT, tags=["Talks"])
        month = f"{AT:%Y/%m}"
        lists = [
            "/en/", "/en/international/", "/en/tag/talks/", f"/en/archive/{month}/", "/en/feed.rss", "/en/search/?q=Zanzibar",
            "/en/search/?section=international", f"/sitemap/en-{AT:%Y-%m}.xml", "/news-sitemap.xml", "/en/?at=2026-04-12",
        ]  # fmt: skip
        for address in lists:
            answer = reader.get(address).content.decode()
            assert "Zanzibar</a>" not in answer, address
            assert "/about/</loc>" not in answer, address
        assert "http://testserver/sitemap/en-pages.xml" in reader.get("/sitemap.xml").content.decode()
        pages = reader.get("/sitemap/en-pages.xml").content.decode()
        assert pages.count("<loc>") == 1
        assert "<loc>http://testserver/en/about/</loc>" in pages

    def test_a_language_without_pages_has_no_part_in_the_sitemap(self, reader):
        make_page(language="ro")
        assert "/en-pages.xml" not in reader.get("/sitemap.xml").content.decode()
        assert reader.get("/sitemap/en-pages.xml").status_code == 404

    def test_its_correction_is_told_on_it_alone(self, reader):
        page = make_page(until=AT + timedelta(hours=1))
        make_publication(article=page.article, at=AT + timedelta(hours=1), change="correction", note="We were wrong.")
        assert "We were wrong." in reader.get("/en/about/").content.decode()
        assert "We were wrong." not in reader.get("/en/corrections/").content.decode()


class TestChange:
    def test_its_history_and_its_past_can_be_read(self, reader):
        page = make_page(body="<p>We are five.</p>", until=AT + timedelta(days=1))
        make_publication(
            article=page.article,
            at=AT + timedelta(days=1),
            body="<p>We are six.</p>",
            headline="Of about",
            note="One more.",
        )
        now = reader.get("/en/about/").content.decode()
        assert "We are six." in now
        assert 'href="/en/about/history/"' in now
        history = reader.get("/en/about/history/").content.decode()
        assert re.search("<del>.*five.*</del>", history)
        assert "One more." in history
        then = reader.get("/en/about/?at=2026-04-10T12:00Z")
        assert "We are five." in then.content.decode()
        assert (then["Cache-Control"], then["X-Robots-Tag"]) == ("no-store", "noindex")
        assert reader.get("/en/about/?at=2026-04-10T08:00Z").status_code == 404

    @pytest.mark.parametrize(
        ("state", "status", "words"),
        [
            ("held", 200, "This page is being checked"),
            ("retracted", 200, "We have retracted this page."),
            ("removed", 410, "This page has been removed"),
        ],
    )
    def test_withdrawn_it_answers_as_a_story_does(self, reader, state, status, words):
        page = make_page(body="<p>We are five.</p>", until=AT + timedelta(days=1))
        make_publication(article=page.article, at=AT + timedelta(days=1), state=state, headline="Of about")
        for address in ("/en/about/", "/en/about/?at=2026-04-10T12:00Z"):
            answer = reader.get(address)
            assert (answer.status_code, answer["X-Robots-Tag"]) == (status, "noindex")
            assert words in answer.content.decode()
            assert "We are five." not in answer.content.decode()


class TestForMachines:
    def test_the_newsroom_names_the_pages_that_are_live(self, reader, look):
        for kind in PageKind.values:
            make_page(kind)
        (newsroom,) = [node for node in data_of(reader, look, "/en/") if node["@type"] == "NewsMediaOrganization"]
        names = {
            "mainEntityOfPage": "about", "masthead": "masthead", "publishingPrinciples": "ethics", "ethicsPolicy": "ethics",
            "correctionsPolicy": "corrections-policy", "verificationFactCheckingPolicy": "sourcing",
            "ownershipFundingInfo": "ownership",
        }  # fmt: skip
        assert {name: newsroom[name] for name in names} == {
            name: f"http://testserver/en/{kind}/" for name, kind in names.items()
        }

    def test_what_is_not_live_is_not_named(self, reader, look):
        make_page("ethics", state="held")
        make_page("masthead", language="ro")
        (newsroom,) = [node for node in data_of(reader, look, "/en/") if node["@type"] == "NewsMediaOrganization"]
        assert set(newsroom) == {"@type", "@id", "name", "url"}

    def test_a_story_is_published_by_that_newsroom(self, reader, look):
        make_page("ethics")
        story = make_publication(at=AT)
        article = data_of(reader, look, story.get_absolute_url())[0]
        assert article["publisher"]["ethicsPolicy"] == "http://testserver/en/ethics/"

    def test_the_page_itself_is_about_the_newsroom(self, reader, look):
        make_page("about")
        node = data_of(reader, look, "/en/about/")[0]
        assert (node["@type"], node["name"]) == ("AboutPage", "Of about")
        assert node["about"]["mainEntityOfPage"] == node["url"] == "http://testserver/en/about/"


class TestMasthead:
    def test_it_lists_whose_work_readers_can_open(self, reader, look):
        make_page("masthead")
        writer, other, nobody = make_contributor("Zoe Lupu"), make_contributor("Ana Rusu"), make_contributor("Ion Pop")
        writer.about = {"en": "Writes of rivers."}
        writer.save()
        make_publication(credited=[(writer, "author"), (other, "editor")])
        make_publication(language="ro", credited=[(nobody, "author")])
        response = reader.get("/en/masthead/")
        found = [link for link in look(response).links() if "/contributor/" in link]
        assert found == ["/en/contributor/ana-rusu/", "/en/contributor/zoe-lupu/"]
        assert "Writes of rivers." in response.content.decode()

    def test_as_it_was_it_lists_nobody(self, reader, look):
        make_page("masthead")
        make_publication(credited=[(make_contributor(), "author")])
        links = look(reader.get("/en/masthead/?at=2026-04-10T12:00Z")).links()
        assert not [link for link in links if "/contributor/" in link]
