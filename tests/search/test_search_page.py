"""The readers' search, through its page: what is found, in what order, and what never is."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from articles.enums import NameKind
from articles.models import PersonName
from articles.search import postgresql, sqlite
from tests.factories import make_contributor, make_person, make_publication, make_section, make_source

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)


@pytest.fixture
def reader() -> Client:
    return Client()


@pytest.fixture
def ask(reader):
    """The search's page, its spaces made single: ``ask("peace talks", "ro", sort="best")``."""

    def ask(query: str = "", language: str = "en", **params: str) -> str:
        response = reader.get(f"/{language}/search/", {"q": query, **params})
        assert response.status_code == 200
        return " ".join(response.content.decode().split())

    return ask


@pytest.fixture
def found(ask):
    """The headlines of what is found, without marks."""
    return lambda *args, **params: headlines(ask(*args, **params))


def headlines(page: str) -> list[str]:
    shown = re.findall(r'<h3 class="headline">.*?<a href="[^"]+">(.*?)</a>', page)
    return [unescape(re.sub("</?mark>", "", headline)) for headline in shown]


def story(headline: str, body: str = "They met.", **fields):
    return make_publication(headline=headline, body=f"<p>{body}</p>", standfirst="", **fields)


@pytest.mark.parametrize(
    ("language", "printed", "asked"),
    [
        ("en", "The negotiations went on", "negotiation"),
        ("en", "A bridge was opened", "bridges"),
        ("ro", "Ședința a început", "sedinta"),
        ("ro", "Președintele a plecat", "preşedinte"),
        ("ro", "În orașele țării", "orasele"),
        ("ru", "Переговоры в Москве", "москва"),
        ("ru", "Чёрный лес", "черный"),
        ("ru", "Новая школа", "школы"),
        ("uk", "Об'єднання громад", "об’єднання"),
        ("uk", "У столиці відкрили міст", "столиця"),
    ],
)
def test_word_is_found_in_another_form_or_spelling(found, language, printed, asked):
    story("A", printed, language=language)
    story("B", "?", language=language)
    assert found(asked, language) == ["A"]


@pytest.mark.parametrize("where", ["headline", "standfirst", "body", "kicker", "dateline"])
def test_word_is_found_wherever_it_is_printed(found, where):
    make_publication(**{"headline": "A", where: "Zanzibar"})
    assert len(found("zanzibar")) == 1


def test_section_topic_source_and_byline_are_words_too(found):
    section = make_section("sea", en="Seafaring", ro="Marină")
    fields = {"tags": ["Lighthouses"], "sources": [make_source("Reuters")]}
    story("A", section=section, credited=[(make_contributor("Iurie Tataru"), "author")], **fields)
    for word in ("seafaring", "lighthouses", "reuters", "tataru"):
        assert found(word) == ["A"], word


def test_person_is_found_by_every_right_spelling_and_in_latin_letters(found):
    person = make_person("Aleksandr Darchiev", ru="Александр Дарчиев", en="Alexander Dartchiev")
    PersonName.objects.create(person=person, language="ro", form="Alexandr Darcev", kind=NameKind.ACCEPTED)
    PersonName.objects.create(person=person, language="en", form="Aleksander Darchyev", kind=NameKind.MISSPELLING)
    story("Встреча", "Они встретились.", language="ru", people=[person])
    story("Meeting", language="en", people=[person])
    assert found("Darchiev", "ru") == ["Встреча"]
    assert found("дарчиев", "ru") == ["Встреча"]
    assert found("Darcev", "ru") == ["Встреча"]
    assert found("Дарчиев") == ["Meeting"]
    assert found("Dartchiev") == ["Meeting"]
    assert found('"Alexander Dartchiev"') == ["Meeting"]
    assert found("Darchyev") == []


def test_all_words_have_to_be_there(found):
    story("A", "Peace talks in Geneva")
    story("B", "Peace talks in Istanbul")
    assert found("talks geneva") == ["A"]
    assert found("talks paris") == []


def test_phrase_keeps_its_words_together(found):
    story("A", "The peace talks went on")
    story("B", "They talk of peace")
    assert found('"peace talks"') == ["A"]
    assert sorted(found("peace talks")) == ["A", "B"]


def test_excluded_word_or_phrase_leaves_stories_out(found):
    story("A", "Peace talks in Geneva")
    story("B", "Peace talks in Istanbul")
    assert found("talks -geneva") == ["B"]
    assert found('talks -"in Istanbul"') == ["A"]


def test_exclusion_alone_looks_for_nothing_and_says_so(ask):
    story("A", "Peace talks in Geneva")
    for params in ({}, {"section": "international"}):
        page = ask("-istanbul", **params)
        assert headlines(page) == []
        assert "Give a word to look for besides those to leave out." in page


def test_word_so_common_that_it_is_not_kept_stands_in_no_ones_way(found):
    story("A", "They crossed the bridge")
    assert found("the bridge") == ["A"]


def test_only_stories_of_the_pages_language_are_found(found):
    original = story("Podul", "Bridge", language="ro")
    make_publication(headline="The bridge", original=original)
    assert found("bridge") == ["The bridge"]


def test_filters_narrow_and_can_be_taken_away(ask):
    sea, ana, tass = make_section("sea", en="Sea"), make_person("Ana Rusu", en="Ana Rusu"), make_source("TASS")
    story("A", at=AT, section=sea)
    story("B", at=AT, people=[ana])
    story("C", at=AT, sources=[tass])
    story("D", at=AT, tags=["Ports"])
    for name, slug, shown, headline in (
        ("section", "sea", "Sea", "A"),
        ("person", "ana-rusu", "Ana Rusu", "B"),
        ("source", "tass", "TASS", "C"),
        ("tag", "ports", "Ports", "D"),
    ):
        page = ask("met", **{name: slug})
        assert headlines(page) == [headline]
        assert f"<b>{shown}</b>" in page
        assert re.search(r'<ul class="filters".*?<a href="\?q=met">Remove', page)
        assert headlines(ask(**{name: slug})) == [headline]  # without a word
    assert headlines(ask("met", section="sea", tag="ports")) == []
    assert "No stories found" in ask("met", section="sea", tag="ports")


def test_days_are_those_of_the_newsrooms_zone(found):
    story("Late", at=datetime(2026, 4, 9, 20, 59, tzinfo=UTC))
    story("Early", at=datetime(2026, 4, 9, 21, 0, tzinfo=UTC))  # it is the tenth in Chișinău
    assert found("met", **{"from": "2026-04-10"}) == ["Early"]
    assert found("met", to="2026-04-09") == ["Late"]
    assert found("met", **{"from": "2026-04-09", "to": "2026-04-10"}) == ["Early", "Late"]


@pytest.mark.parametrize(
    "params",
    [
        {"person": "ana-rusu"},
        {"person": "nobody"},
        {"source": "tass"},
        {"tag": "ports"},
        {"section": "nowhere"},
        {"tag": "x" * 5000},
    ],
)
def test_filter_that_names_nothing_public_finds_nothing_and_tells_nothing(ask, params):
    """Ana Rusu, TASS and Ports are only in a story that was removed."""
    story("A")
    gone = make_publication(
        until=timezone.now() - timedelta(minutes=1), people=[make_person("Ana Rusu", en="Ana Maria Rusu")],
        sources=[make_source("TASS")], tags=["Ports"],
    )  # fmt: skip
    make_publication(article=gone.article, at=timezone.now() - timedelta(minutes=1), state="removed")
    page = ask("met", **params)
    assert "No stories found" in page
    assert "Ana Maria" not in page
    assert "TASS" not in page
    assert "Ports" not in page


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "9" * 300, "0000-00-00", "0001-01-01", "9999-12-31"])
def test_what_is_no_date_is_said_and_left_out(ask, day):
    story("A")
    page = ask("met", **{"from": day})
    assert headlines(page) == ["A"]
    assert "What was given is no date" in page
    assert headlines(ask("met", to="2999-12-31", **{"from": "1000-01-01"})) == ["A"]
    assert headlines(ask("met", to="\x00", section="\x00")) == ["A"]


def test_newest_first_meets_each_story_once(reader):
    """Several stories share one moment, so that only the id tells them apart."""
    for number in range(45):
        story(f"Story {number}", at=AT + timedelta(hours=number // 7))
    met, address = [], "/en/search/?q=met&section=international"
    for expected in (20, 20, 5):
        page = " ".join(reader.get(address).content.decode().split())
        assert len(headlines(page)) == expected
        assert "45 stories" in page
        met += headlines(page)
        more = re.search(r'rel="next" href="([^"]+)"', page)
        address = "/en/search/" + unescape(more[1]) if more else ""
    assert met == [f"Story {number}" for number in range(44, -1, -1)]
    assert not address


def test_best_first_meets_each_story_once_and_the_headline_counts_most(reader, ask):
    story("About a bridge", "They met.", at=AT)
    for number in range(24):
        story(f"Story {number}", "They met at a bridge.", at=AT + timedelta(hours=1 + number))
    assert headlines(ask("bridge"))[0] == "Story 23"
    first = ask("bridge", sort="best")
    assert headlines(first)[0] == "About a bridge"
    more = unescape(re.search(r'rel="next" href="([^"]+)"', first)[1])
    second = " ".join(reader.get(f"/en/search/{more}").content.decode().split())
    assert len({*headlines(first), *headlines(second)}) == 25
    assert (len(headlines(first)), len(headlines(second))) == (20, 5)
    assert 'rel="next"' not in second


@pytest.mark.parametrize("params", [{"before": "x"}, {"before": ""}, {"sort": "best", "page": "0"}, {"sort": "best", "page": "²"},
                                    {"sort": "best", "page": "9"}, {"sort": "best", "page": "9" * 5000}])  # fmt: skip
def test_page_that_does_not_exist_is_an_address_that_never_was(reader, params):
    story("A")
    response = reader.get("/en/search/", {"q": "met", **params})
    assert (response.status_code, response.content) == (404, reader.get("/en/no/such/page/").content)


@pytest.mark.parametrize(("number", "said"), [(1, "1 story"), (2, "2 stories"), (100, "100 stories"), (101, "More than 100 stories")])  # fmt: skip
def test_number_is_said_and_counted_up_to_a_hundred(ask, number, said):
    for at in range(number):
        story(f"Story {at}", at=AT)
    assert f"> {said} <".replace(" ", "") in ask("met").replace(" ", "")


ODD = [
    "\x00", '"', '"""', "-", "- - -", "--", "&", "| ! & ( ) : * <->", "NOT", "AND OR", "a:*", "headline : x", "NEAR(a b, 2)",
    "'; DROP TABLE articles_publication; --", "{a b}: c", "^a", "\\", "%", "_", "%s %(a)s", "x" * 10_000, "a " * 5_000,
    '"' + "a " * 5_000 + '"', "-a " * 500, "😀", "ﷺ", "\ud7ff\ue000", "İ", "ª²", "е\u0308", "\u202e\u200f", "0x1e5 1e999 1.5.2 a@b.c http://a/b",
]  # fmt: skip


@pytest.mark.parametrize("query", ODD, ids=range(len(ODD)))
@pytest.mark.parametrize("language", ["en", "uk"])
def test_odd_query_is_answered(ask, query, language):
    story("A", "Something and more", language=language)
    for sort in ("new", "best"):
        ask(query, language, sort=sort)
        ask(f"something -{query}", language, sort=sort)


def test_query_that_holds_no_word_shows_what_can_be_done(ask, reader):
    story("A")
    for query in ("", " ", '"-"', "!"):
        page = ask(query)
        assert "Words to look for" in page
        assert "found" not in re.sub("<[^>]+>", "", page)
    assert "X-Robots-Tag" not in reader.get("/en/search/")
    assert reader.get("/en/search/?q=a")["X-Robots-Tag"] == "noindex"


def test_what_was_typed_and_what_was_printed_stay_text(ask):
    attack = '"><script>alert(1)</script>'
    story(f"Headline {attack}", "Body &lt;img src=x onerror=alert(2)&gt; met")
    for query in (attack, "script", "img onerror", "alert"):
        for params in ({}, {"tag": attack}, {"from": attack}):
            page = ask(query, **params)
            assert page.count("<script") == page.count('<script defer src="/static/public/reader.js"') == 1
            assert "<img" not in page
    page = ask("onerror")
    assert "&lt;img src=x <mark>onerror</mark>=alert(2)&gt; met" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_words_are_marked_where_they_were_found(ask):
    story("Old bridges", "It is long." * 100 + " The bridge stands on <em>eleven</em> pillars.")
    page = ask("bridge eleven")
    assert "<mark>" in page
    assert "<mark>bridge</mark> stands on <mark>eleven</mark> pillars." in page


def test_numbers_of_citations_are_no_words(ask, found):
    make_publication(headline="A", body='<p>They met<sup class="citation"><a href="#source-1">90417</a></sup>.</p>')
    assert found("90417") == []
    assert "90417" not in ask("met")


@pytest.mark.parametrize("query", ["met", "met -geneva", '"they met"', "met bridge"])
def test_frequent_words_are_found_as_rare_ones_are(found, monkeypatch, query):
    """The two are asked of the database in different ways."""
    now = timezone.now()
    for number in range(5):
        story(f"Bridge {number}", at=AT + timedelta(hours=number), tags=["Ports"] if number % 2 else [])
    story("Geneva", at=AT - timedelta(days=1))
    gone = story("Bridge that fell", until=now)
    make_publication(article=gone.article, at=now, state="removed")
    story("Bridge to come", at=now + timedelta(hours=1))
    rare = found(query), found(query, tag="ports"), found(query, sort="best"), found(query, to="2026-04-09")
    for engine in (postgresql, sqlite):
        monkeypatch.setattr(engine, "FEW", 1)
    frequent = found(query), found(query, tag="ports"), found(query, sort="best"), found(query, to="2026-04-09")
    assert frequent == rare
    assert frequent[0][:5] == [f"Bridge {number}" for number in range(4, -1, -1)]
    assert frequent[1] == ["Bridge 3", "Bridge 1"]


@pytest.mark.parametrize("state", ["held", "retracted", "removed"])
def test_withdrawn_story_is_not_found(found, state):
    first = story("Bridge", until=timezone.now())
    make_publication(article=first.article, at=timezone.now(), headline="Bridge", state=state)
    assert found("bridge") == []
    assert found("met") == []


def test_index_that_lags_behind_makes_nothing_public(found):
    """The entry of a story stays; only its time has passed."""
    soon = timezone.now() + timedelta(minutes=5)
    story("Bridge", until=soon)
    assert found("bridge") == ["Bridge"]
    with time_machine.travel(soon, tick=False):
        assert found("bridge") == []


def test_scheduled_story_is_found_from_its_minute_on(found):
    """Nothing runs at that minute; the version before is found until then."""
    soon = timezone.now() + timedelta(minutes=5)
    first = story("As it was", "An old word", until=soon)
    make_publication(article=first.article, at=soon, headline="As it is", body="<p>A new word</p>", standfirst="")
    assert (found("old"), found("new")) == (["As it was"], [])
    with time_machine.travel(soon, tick=False):
        assert (found("old"), found("new")) == ([], ["As it is"])


def test_nearest_name_is_offered_where_nothing_is_found(ask):
    make_publication(people=[make_person("Aleksandr Darchiev", en="Aleksandr Darchiev", ru="Александр Дарчиев")])
    page = ask("Alexandr Darchief")
    assert 'Did you mean <a href="?q=Aleksandr+Darchiev">Aleksandr Darchiev</a>?' in page
    assert "Did you mean" in ask("Дарчеев")
    assert "Did you mean" not in ask("Zanzibar")


def test_name_without_a_public_story_in_the_language_is_not_offered(ask):
    person = make_person("Aleksandr Darchiev", en="Aleksandr Darchiev", ro="Aleksandr Darchiev")
    make_publication(people=[person], language="ro")
    gone = make_publication(people=[person], until=timezone.now())
    make_publication(article=gone.article, at=timezone.now(), state="removed")
    make_publication(people=[person], at=timezone.now() + timedelta(hours=1))
    assert "Darchiev" not in ask("Alexandr Darchief").replace("Alexandr Darchief", "")
    assert "Aleksandr Darchiev" in ask("Alexandr Darchief", "ro")


def test_every_page_has_the_field(reader):
    story("A", slug="a", at=AT)
    for address in ("/en/", "/en/2026/04/10/a/", "/en/no/such/page/", "/en/search/"):
        page = reader.get(address).content.decode()
        assert page.count('role="search"') == 1, address
        assert 'action="/en/search/"' in page


@pytest.mark.parametrize(("name", "slug"), [("person", "ana-rusu"), ("source", "tass"), ("tag", "ports")])
def test_page_of_a_register_leads_to_a_search_of_its_stories(reader, found, name, slug):
    story("A", people=[make_person("Ana Rusu")], sources=[make_source("TASS")], tags=["Ports"])
    story("B")
    assert f'href="/en/search/?{name}={slug}"' in reader.get(f"/en/{name}/{slug}/").content.decode()
    assert found(**{name: slug}) == ["A"]


def test_language_switch_keeps_the_words(ask):
    assert 'href="/ro/search/?q=peace+talks"' in ask("peace talks")
