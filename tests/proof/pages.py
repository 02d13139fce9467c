"""Fills the database with the demo newsroom and what it lacks, and prints where each kind of page is.

    python -m tests.proof.pages [--demo]

With ``--demo`` there is the demo alone. What the demo lacks in one language or another lies in 2021, so that it is on no front page: a story with all that a
story can have, one that was withdrawn in each way, and more stories about one topic than a page of a list holds.
"""

import json
import re
import sys
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from html import unescape

import django
from django.core.management import call_command

django.setup()

from django.conf import settings  # noqa: E402 - once Django is set up
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from articles.media.renditions import make_all  # noqa: E402
from articles.models import Picture, Publication  # noqa: E402
from tests import factories  # noqa: E402

AT = datetime(2021, 3, 5, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(hours=4)
BODY = (
    '<p>They met in <em>Istanbul</em>.<sup class="citation"><a href="#source-1">1</a></sup> '
    '<a href="https://example.org/a">The record</a> says <strong>so</strong>: <q lang="fr">à demain</q>.</p>'
    '<blockquote class="quote"><p>We go on.</p><footer><cite>Ana Rusu, minister</cite></footer></blockquote>'
    "<h2>A table</h2><table><tbody><tr><th>Round</th><td>"
    + "Istanbulistanbulistanbulistanbul</td><td>"
    * 3
    + "</td></tr></tbody></table><h3>What is left</h3><ul><li>One</li><li>Two</li></ul><ol><li>First</li></ol><hr>"
    '<figure data-picture="1"></figure><p>The end.</p>'
)
ALIKE = {
    "front": ("front", {}),
    "section": ("section", {"section": "international"}),
    "archive": ("archive_index", {}),
    "month": ("archive", {"year": 2021, "month": 3}),
    "corrections": ("corrections", {}),
    "person": ("person", {"slug": "proof-person"}),
    "source": ("source", {"slug": "proof-source"}),
    "contributor": ("contributor", {"slug": "proof-writer"}),
    "tag": ("tag", {"slug": "proof"}),
    "search": ("search", {}),
}
SEARCHES = {
    "search found": "?q=river&from=2020-01-01",
    "search best": "?q=river&sort=best&person=proof-person",
    "search nothing": "?q=Proof+Persn",
    "search odd": "?q=%22%3Cb%3E+-x&from=yesterday&section=nowhere&page=%00&sort=%27",
}


Found = dict[str, dict[str, str]]


def fill() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("seed_demo", verbosity=0)
    for picture in Picture.objects.all():  # as the worker does
        make_all(picture)


def complete() -> None:
    section = factories.make_section()
    person = factories.make_person("Proof Person", ro="Ana Rusu", ru="Ана Русу", uk="Ана Русу")
    source = factories.make_source("Proof Source", label="state-controlled", homepage="https://example.org/")
    writer, original = factories.make_contributor("Proof Writer"), None
    quote = {
        "person": person, "words": "We go on.", "original_words": "Continuăm.", "original_language": "ro", "citation": 1,
        "role": "minister", "said_on": "2021-03-05",
    }  # fmt: skip
    for language, _name in settings.LANGUAGES:
        fields = {
            "language": language, "section": section, "tags": ["Proof"], "quotes": [quote], "sources": [source], "body": BODY,
            "credited": [(writer, "author"), (writer, "translator"), (writer, "photographer")], "dateline": "ISTANBUL",
            "kicker": "Consultations", "picture": factories.make_picture(with_file=True),
        }  # fmt: skip
        first = factories.make_publication(original=original, at=AT, until=LATER, slug="proof", **fields)
        factories.make_publication(article=first.article, at=LATER, change="correction", **fields)
        original = original or first
        for state in ("held", "retracted", "removed"):
            factories.make_publication(language=language, section=section, at=AT, slug=f"proof-{state}", state=state)
        for number in range(22):
            factories.make_publication(
                language=language, section=section, at=AT, tags=["Proof"], slug=f"proof-{number}"
            )


def completed() -> Found:
    found: Found = defaultdict(dict)
    for language, _name in settings.LANGUAGES:
        for kind, (name, address) in ALIKE.items():
            found[kind][language] = reverse(name, kwargs={"language": language, **address})
        for kind, query in SEARCHES.items():
            found[kind][language] = found["search"][language] + query
        told = Publication.objects.valid().get(language=language, slug="proof")
        story = told.get_absolute_url()
        plain = Publication.objects.live().get(language=language, slug="proof-1").get_absolute_url()
        found["story"][language], found["story without a picture"][language] = story, plain
        found["history"][language], found["as it was"][language] = told.history_url(), f"{story}?at=2021-03-05T10:00Z"
        found["front as it was"][language] = found["front"][language] + "?at=2021-03-06"
        found["missing"][language] = f"/{language}/nothing/here/"
        listed = Client().get(found["tag"][language]).content.decode()
        found["tag, older"][language] = found["tag"][language] + unescape(
            re.findall('rel="next" href="([^"]+)"', listed)[0]
        )
        for row in (
            Publication.objects.valid().filter(language=language, slug__startswith="proof-").exclude(state="live")
        ):
            found[str(row.state)][language] = row.get_absolute_url()
    return found


def of_demo() -> Found:
    """The pages of the demo; those of its registers are the ones that its largest story names."""
    found: Found = defaultdict(dict)
    for language, _name in settings.LANGUAGES:
        own = Publication.objects.live().filter(language=language, by__is_demo=True).newest()
        largest = max(own, key=lambda row: len(row.story["quotes"]))
        for kind, row in {
            "demo story": largest,
            "demo story, newest": own.first(),
            "demo correction": own.filter(change="correction").first(),
            "demo retraction": Publication.objects.valid().filter(language=language, state="retracted").first(),
        }.items():
            if row:
                found[kind][language] = row.get_absolute_url()
        for kind, record in {
            "person": "people",
            "source": "citations",
            "contributor": "credits",
            "tag": "tags",
        }.items():
            for entry in largest.story[record][:1]:
                found[f"demo {kind}"][language] = reverse(kind, kwargs={"language": language, "slug": entry["slug"]})
    return found


if __name__ == "__main__":
    fill()
    if sys.argv[1:] != ["--demo"]:
        complete()
        print(json.dumps(completed() | of_demo()))
    else:
        print(json.dumps(of_demo()))
