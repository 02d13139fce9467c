"""What pages say of themselves in the vocabulary of schema.org."""

import csv
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.models import PersonName
from articles.public.head import as_script
from articles.public.linked_data import shortened
from tests.factories import make_contributor, make_person, make_picture, make_publication, make_section, make_source

AT = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 4, 10, 12, 30, tzinfo=UTC)
SITE = "http://testserver"
STORY = "/en/2026/04/10/talks/"
VOCABULARY = Path("/work/shared/data")
PAGES = [
    "/en/",
    "/en/world/",
    STORY,
    "/ro/2026/04/10/tratative/",
    "/en/tag/peace/",
    "/en/person/ana-rusu/",
    "/en/source/tass/",
    "/en/contributor/iurie-tataru/",
    "/en/archive/",
    "/en/archive/2026/04/",
    "/en/corrections/",
]


@pytest.fixture
def paper(db):
    """A translated story with all that a story can have, corrected once, and its original."""
    person = make_person("Ana Rusu", en="Ana Rusu", ru="Ана Русу")
    person.wikidata = "Q42"
    person.save()
    for kind, form in {"accepted": "Anna Rusu", "misspelling": "Ana Russu", "deprecated": "Anja Rusu"}.items():
        PersonName.objects.create(person=person, language="en", kind=kind, form=form)
    source = make_source("TASS", homepage="https://tass.example/")
    maria, iurie = make_contributor("Maria Luca"), make_contributor()
    fields: dict[str, Any] = {
        "section": make_section("world", en="World"),
        "tags": ["Peace"],
        "quotes": [{"person": person, "words": "We go on.", "citation": 1}],
        "sources": [source],
        "credited": [(maria, "author"), (maria, "reporter"), (iurie, "translator"), (iurie, "editor")],
        "picture": make_picture(width=1000, height=500),
        "dateline": "ISTANBUL",
    }
    original = make_publication(language="ro", at=AT, slug="tratative", headline="Tratative", **fields)
    first = make_publication(original=original, at=AT, until=LATER, slug="talks", **fields)
    make_publication(article=first.article, at=LATER, change="correction", note="The date was wrong.", **fields)


def nodes(reader, address: str) -> dict[str, dict[str, Any]]:
    """What the page tells, by type."""
    html = reader.get(address).content.decode()
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    document = json.loads(data)
    assert document["@context"] == "https://schema.org"
    return {node["@type"]: node for node in document["@graph"]}


def test_story_is_told_as_a_news_article(reader, paper):
    article = nodes(reader, STORY)["NewsArticle"]
    people = {name: [entry["name"] for entry in article[name]] for name in ("author", "editor", "translator")}
    assert people == {"author": ["Maria Luca"], "editor": ["Iurie Tataru"], "translator": ["Iurie Tataru"]}
    wanted = {
        "headline": "River talks resume",
        "description": "Both sides name a date.",
        "inLanguage": "en",
        "datePublished": "2026-04-10T12:00:00+03:00",
        "dateModified": "2026-04-10T15:30:00+03:00",
        "articleSection": "World",
        "keywords": ["Peace"],
        "wordCount": 4,
        "dateline": "ISTANBUL",
        "mainEntityOfPage": SITE + STORY,
        "isAccessibleForFree": True,
        "isBasedOn": ["https://example.org/1"],
        "translationOfWork": {
            "@type": "NewsArticle",
            "@id": f"{SITE}/ro/2026/04/10/tratative/#story",
            "url": f"{SITE}/ro/2026/04/10/tratative/",
            "headline": "Tratative",
            "inLanguage": "ro",
        },
        "citation": [
            {
                "@type": "CreativeWork",
                "name": "A statement",
                "url": "https://example.org/1",
                "datePublished": "2026-04-10",
                "publisher": {"@type": "Organization", "name": "TASS"},
            }
        ],
        "correction": [
            {
                "@type": "CorrectionComment",
                "datePublished": "2026-04-10T15:30:00+03:00",
                "text": "The date was wrong.",
            }
        ],
        "mentions": [{"@type": "Person", "name": "Ana Rusu", "url": f"{SITE}/en/person/ana-rusu/"}],
    }
    assert {name: article.get(name) for name in wanted} == wanted
    assert article["publisher"]["@type"] == "NewsMediaOrganization"
    assert (article["image"][0]["width"], article["image"][0]["height"]) == (960, 480)


def test_original_names_its_translations_and_is_none(reader, paper):
    article = nodes(reader, "/ro/2026/04/10/tratative/")["NewsArticle"]
    assert [work["url"] for work in article["workTranslation"]] == [SITE + STORY]
    assert "translationOfWork" not in article


def test_original_that_readers_cannot_open_is_not_named(reader, db):
    original = make_publication(language="ro", at=AT, headline="Secret", slug="secret", state="held")
    make_publication(original=original, at=AT, slug="talks")
    html = reader.get(STORY).content.decode()
    assert "translationOfWork" not in html
    assert "secret" not in html.lower()


def test_story_without_a_byline_is_the_newsrooms(reader, db):
    make_publication(at=AT, slug="talks")
    assert nodes(reader, STORY)["NewsArticle"]["author"][0]["@type"] == "NewsMediaOrganization"


def test_update_is_no_correction(reader, db):
    first = make_publication(at=AT, until=LATER, slug="talks")
    make_publication(article=first.article, at=LATER, change="update")
    assert "correction" not in nodes(reader, STORY)["NewsArticle"]


def test_way_to_a_page_leads_over_its_section(reader, paper):
    steps = nodes(reader, STORY)["BreadcrumbList"]["itemListElement"]
    assert [(step["position"], step["name"], step["item"]) for step in steps] == [
        (1, "Front page", f"{SITE}/en/"),
        (2, "World", f"{SITE}/en/world/"),
        (3, "River talks resume", SITE + STORY),
    ]


def test_front_page_is_the_site_and_its_newsroom(reader, paper):
    front = nodes(reader, "/ro/")
    assert set(front) == {"WebSite", "NewsMediaOrganization"}
    assert (front["WebSite"]["inLanguage"], front["WebSite"]["url"]) == ("ro", f"{SITE}/ro/")
    assert front["WebSite"]["publisher"]["@id"] == front["NewsMediaOrganization"]["@id"]


def test_person_is_told_with_right_spellings_alone(reader, paper):
    profile = nodes(reader, "/en/person/ana-rusu/")["ProfilePage"]
    assert profile["mainEntity"] == {
        "@type": "Person",
        "name": "Ana Rusu",
        "alternateName": ["Anna Rusu", "Ана Русу"],
        "sameAs": "https://www.wikidata.org/wiki/Q42",
    }
    assert [entry["url"] for entry in profile["hasPart"]["itemListElement"]] == [SITE + STORY]


def test_list_names_its_stories(reader, paper):
    page = nodes(reader, "/en/tag/peace/")["CollectionPage"]
    assert [entry["url"] for entry in page["mainEntity"]["itemListElement"]] == [SITE + STORY]
    assert nodes(reader, "/en/source/tass/")["CollectionPage"]["about"] == {
        "@type": "Organization",
        "name": "TASS",
        "url": "https://tass.example/",
    }


def test_nothing_that_was_typed_ends_the_data(reader, db):
    make_publication(at=AT, slug="talks", headline="</script><script>alert(1)</script> & <!--")
    assert nodes(reader, STORY)["NewsArticle"]["headline"] == "</script><script>alert(1)</script> & <!--"


@given(st.dictionaries(st.text(), st.text()))
def test_data_is_read_back_as_it_was_and_has_no_markup(data):
    script = as_script(data)
    assert json.loads(script) == data
    assert not set("<>&") & set(script)


@given(st.text(), st.integers(10, 60))
def test_headline_is_cut_to_its_measure_and_begins_as_it_did(text, most):
    cut = shortened(text, most)
    assert len(cut) <= most
    assert cut == text or (cut.endswith("…") and text.startswith(cut[:-1]))


def test_headline_is_cut_between_words():
    assert shortened("Talks resume in Istanbul", 20) == "Talks resume in…"
    assert shortened("Talks resume in Istanbul", 24) == "Talks resume in Istanbul"


# The vocabulary itself


def things(value: Any) -> Iterator[dict[str, Any]]:
    """Every typed thing in the data, however deep."""
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        for inner in value.values():
            yield from things(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from things(inner)


def rows(name: str) -> list[dict[str, str]]:
    with (VOCABULARY / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.skipif(not VOCABULARY.is_dir(), reason="the vocabulary of schema.org is not on this machine")
def test_every_type_and_property_is_in_the_vocabulary(reader, paper):
    parents = {
        row["label"]: set(re.findall(r"schema\.org/(\w+)", row["subTypeOf"])) for row in rows("schemaorg-types.csv")
    }
    properties = {row["label"]: row for row in rows("schemaorg-properties.csv")}

    def lineage(kind: str) -> set[str]:
        return {kind}.union(*(lineage(parent) for parent in parents.get(kind, ())))

    seen = set()
    for address in PAGES:
        for thing in things(list(nodes(reader, address).values())):
            assert thing["@type"] in parents, thing["@type"]
            seen.add(thing["@type"])
            for name in set(thing) - {"@type", "@id"}:
                assert not properties[name]["supersededBy"], name
                domain = set(re.findall(r"schema\.org/(\w+)", properties[name]["domainIncludes"]))
                assert domain & lineage(thing["@type"]), f"{thing['@type']} has no {name}"
    assert {"NewsArticle", "CorrectionComment", "ProfilePage", "CollectionPage", "BreadcrumbList", "WebSite"} <= seen
