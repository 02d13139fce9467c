"""Running the rules."""

import json
import logging
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.copydesk.base import Finding, Place
from articles.copydesk.reading import Reading
from articles.copydesk.registry import examine, rules
from articles.enums import Severity
from articles.text import sanitise
from tests.copydesk.story import BODY, DARCHIEV, document, read

ROOT = Path(__file__).resolve().parents[2]
ISTANBUL = ROOT.parent / "shared" / "data" / "istanbul-story.txt"
GUIDE = ROOT / "docs" / "copy-desk.md"


def test_nothing_is_found_in_a_story_as_it_should_be():
    assert examine(read()) == []


def test_each_rule_has_its_own_id_a_title_and_a_help_text():
    assert len({rule.id for rule in rules()}) == len(rules())
    assert all(len(rule.id) <= 40 and str(rule.title) and str(rule.help) for rule in rules())


def test_the_guide_for_editors_tells_of_every_rule_and_of_no_other():
    told = re.findall(r"^## (.+) \(`(.+)`\)$", GUIDE.read_text(), re.MULTILINE)
    assert told == [(str(rule.title), rule.id) for rule in rules()]


def test_a_broken_rule_blocks_and_hides_none_of_the_others(caplog):
    class Broken:
        id, title, help = "broken", "Broken", "Breaks"

        def examine(self, reading):
            raise ValueError(reading.headline)

    with caplog.at_level(logging.ERROR):
        findings = examine(read(headline=""), by=[Broken(), *rules()])
    assert [(finding.rule, str(finding.severity)) for finding in findings] == [
        ("broken", "blocking"),
        ("parts", "blocking"),
    ]
    assert "broken" in findings[0].text
    assert "ValueError" in caplog.text


def test_a_failure_is_logged_without_the_story_s_words(caplog):
    class Broken:
        id, title, help = "broken", "Broken", "Breaks"

        def examine(self, reading):
            raise ValueError(reading.headline)

    with caplog.at_level(logging.ERROR):
        examine(read(headline="Secret words"), by=[Broken()])
    assert "Secret words" not in caplog.text


def test_fingerprints_stay_while_the_same_words_are_at_fault():
    bad = BODY.replace("Darchiev spoke", "Darcheev spoke")
    before = examine(read(body=bad))
    after = examine(read(body="<p>A new paragraph opens the story.</p>" + bad, headline="Another headline"))
    assert [f.fingerprint for f in before] == [f.fingerprint for f in after] != []
    assert before[0].place.start != after[0].place.start


def test_the_same_words_at_fault_twice_are_two_findings():
    findings = examine(read(body=BODY.replace("Darchiev spoke", "Darcheev spoke, Darcheev did,")))
    assert [finding.place.excerpt for finding in findings] == ["Darcheev", "Darcheev"]
    assert len({finding.fingerprint for finding in findings}) == 2


def test_findings_can_be_kept():
    for finding in examine(read(headline="", slug="A b", body=BODY + "<p>Read more</p>", citations=[], pictures=[])):
        assert json.dumps(dict(finding.params))
        assert Place(**json.loads(json.dumps(finding.place.as_dict()))) == finding.place
        assert "%(" not in finding.text
        assert len(finding.fingerprint) == 64


def test_places_in_the_body_are_where_the_words_stand():
    reading = read(
        body=BODY.replace("Darchiev spoke", "Darcheev spoke") + "<p>“One two three four.”</p><p>Read more</p>"
    )
    placed = [finding.place for finding in examine(reading) if finding.place.field == "body"]
    assert [place.excerpt for place in placed] == ["Darcheev", "One two three four.", "Read more"]
    assert all(reading.text[place.start : place.end] == place.excerpt for place in placed)


@given(st.dictionaries(st.sampled_from(sorted(document())), st.none()), st.text(max_size=80))
def test_any_document_can_be_examined_and_always_gives_the_same(missing, body):
    changed = {"body": sanitise(body), **{name: "" for name in missing if name != "body"}}
    reading = read(**changed)
    findings = examine(reading)
    assert "broken" not in {finding.rule for finding in findings}
    assert not [finding for finding in findings if "failed" in finding.message]
    assert findings == examine(replace(reading))
    assert len({finding.fingerprint for finding in findings}) == len(findings)


def test_of_hundreds_of_findings_the_gravest_are_kept():
    class Talkative:
        id, title, help = "talkative", "Talkative", "Talks"

        def examine(self, reading):
            for number in range(500):
                yield Finding("talkative", Severity.ADVICE, f"advice {number}", Place("body"))
            yield Finding("talkative", Severity.BLOCKING, "stop", Place("body"))

    findings = examine(read(), by=[Talkative()])
    assert [finding.message for finding in findings] == [
        *(f"advice {number}" for number in range(199)),
        "stop",
    ]


def test_an_empty_document_is_a_reading():
    assert {finding.rule for finding in examine(Reading.from_document({}))} == {"parts", "sources"}


def test_a_huge_story_is_examined_and_its_list_stays_readable():
    """A rule that goes quadratic would not come back here."""
    names = " ".join(f"Ion C{chr(97 + n % 26)}b{chr(97 + n // 26 % 26)}nu spoke." for n in range(10_000))
    body = sanitise(f"<p>{names}</p><p>{'“a b c d e” ' * 10_000}</p>")
    found = Counter(finding.rule for finding in examine(read(headline="Ab " * 3000, body=body)))
    assert found["quotes"] == max(found.values()) == 200


@pytest.mark.skipif(not ISTANBUL.exists(), reason="the original story's text is not at hand")
@pytest.mark.parametrize("people", [(DARCHIEV,), ()], ids=["registered", "unknown"])
def test_the_original_story_is_stopped_for_all_its_faults(people):
    lines = [line for line in ISTANBUL.read_text().splitlines() if line.strip()]
    body = sanitise("".join(f"<p>{line}</p>" for line in lines[3:]))
    document = {
        "language": "en",
        "section": 1,
        "slug": "x",
        "headline": lines[1],
        "standfirst": lines[2],
        "body": body,
    }
    findings = examine(Reading.from_document(document, people=people))
    stopping = [(f.rule, str(f.severity), f.place.excerpt) for f in findings if f.severity in {"error", "blocking"}]
    name = ("names", "blocking", "Darcheev") if people else ("spellings", "error", "Darcheev")
    assert stopping[0] == ("sources", "error", "")
    assert stopping[1] == name
    assert [(rule, severity) for rule, severity, _ in stopping[2:5]] == [("quotes", "error")] * 3
    assert stopping[5:] == [
        ("leftovers", "error", "Translation by Iurie Tataru"),
        ("leftovers", "error", "Read more"),
    ]
    (finding,) = [f for f in findings if f.place.excerpt == "Darcheev"]
    assert finding.suggestion == "Darchiev"
