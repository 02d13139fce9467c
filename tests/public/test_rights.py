"""Under what licence a story is handed on."""

import json
from datetime import UTC, datetime

import pytest

from articles.enums import Licence
from newsroom.settings import LICENCES
from tests import cast
from tests.factories import make_publication, make_source

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)
BY = "https://creativecommons.org/licenses/by/4.0/"


def text(reader, publication, more: str = "") -> str:
    return " ".join(reader.get(publication.get_absolute_url() + more).content.decode().split())


def licensed(licence: str, **fields):
    story = make_publication(at=AT, **fields)
    return make_publication(at=AT, slug=f"under-{licence.replace('.', '-')}", story=story.story | {"licence": licence})


def test_setting_offers_every_licence():
    assert list(LICENCES) == Licence.values


def test_licence_stands_at_the_foot_with_what_it_allows(reader):
    html = text(reader, licensed("cc-by-4.0"))
    assert f'<span>© 2026 Newsroom.</span> <a rel="license" href="{BY}">CC BY 4.0</a></p>' in html
    assert "You may reprint and change this story if you name us and link to it." in html


def test_story_whose_rights_are_reserved_says_what_to_do(reader):
    html = text(reader, licensed("all-rights-reserved"))
    assert "<span>© 2026 Newsroom.</span> All rights reserved.</p>" in html
    assert 'rel="license"' not in html
    assert "Ask us before you reprint this story." in html


def test_every_licence_has_its_sentence_and_its_text(reader):
    told = {text(reader, licensed(licence)).split('class="rights"')[1].split("</div>")[0] for licence in Licence.values}
    assert len(told) == len(Licence.values)
    assert [licence.address.endswith("/") for licence in Licence] == [False] + [True] * 7


def test_source_that_keeps_its_rights_is_named_once(reader):
    tass = make_source("TASS")
    story = make_publication(at=AT, sources=[tass, make_source("DW"), tass])
    kept = {**story.story, "citations": [{**c, "reserved": c["name"] == "TASS"} for c in story.story["citations"]]}
    html = text(reader, make_publication(at=AT, slug="kept", story=kept))
    assert "Reprinting what comes from TASS needs the permission of the source." in html


def test_machines_read_it_too(reader, look):
    story = licensed("cc-by-4.0")
    html = reader.get(story.get_absolute_url()).content.decode()
    data = json.loads(html.split('<script type="application/ld+json">')[1].split("</script>")[0])
    article = data["@graph"][0]
    assert (article["license"], article["copyrightYear"]) == (BY, 2026)
    assert article["copyrightHolder"]["@id"].endswith("/#newsroom")
    assert article["copyrightNotice"] == "© 2026 Newsroom. CC BY 4.0"
    assert f"[CC BY 4.0](<{BY}>)" in text(reader, story, "text.md")
    rss, atom, feed = (reader.get(f"/en/feed.{kind}").content.decode() for kind in ("rss", "atom", "json"))
    assert "<dc:rights>© 2026 Newsroom. CC BY 4.0</dc:rights>" in rss
    assert "<rights>© 2026 Newsroom. CC BY 4.0</rights>" in atom
    assert f'<link rel="license" href="{BY}"/>' in atom
    told = next(item["_story"] for item in json.loads(feed)["items"] if "under" in item["url"])
    assert (told["rights"], told["licence"]) == ("© 2026 Newsroom. CC BY 4.0", BY)


def test_licence_is_frozen_with_the_story(reader, settings):
    settings.NEWSROOM_LICENCE = "cc-by-4.0"
    own = cast.live(licence="cc-by-sa-4.0")
    usual = cast.live(slug="usual")
    settings.NEWSROOM_LICENCE = "all-rights-reserved"
    assert "CC BY-SA 4.0" in text(reader, own.publications.get())
    assert "CC BY 4.0" in text(reader, usual.publications.get())
    assert "All rights reserved" in text(reader, licensed(""))


def test_source_that_keeps_its_rights_is_frozen_with_the_story(reader):
    source = cast.source()
    source.reserved = True
    source.save()
    html = text(reader, cast.live().publications.get())
    assert "Reprinting what comes from TASS needs" in html
