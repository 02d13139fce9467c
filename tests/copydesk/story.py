"""The consultations in Istanbul, told in our own words: a story with which no rule finds fault, and its parts."""

from typing import Any

from articles.copydesk.base import Finding
from articles.copydesk.reading import Known, Reading
from articles.copydesk.registry import rules

DARCHIEV = Known(
    1,
    (
        ("Aleksandr Darchiev", "en", "preferred"),
        ("Alexander Darchiev", "en", "deprecated"),
        ("Aleksandr Darcheev", "en", "misspelling"),
        ("Aleksandr Darciev", "ro", "preferred"),
        ("Александр Дарчиев", "ru", "preferred"),
        ("Александр Дарчеев", "ru", "misspelling"),
    ),
)
COULTER = Known(2, (("Sonata Coulter", "en", "preferred"), ("Sonata Coulter", "ro", "preferred")))
TATARU = Known(
    3,
    (
        ("Iurie Tătaru", "ro", "preferred"),
        ("Iurie Tataru", "en", "preferred"),
        ("Iurie Tataru", "ro", "misspelling"),
    ),
)
PEOPLE = (DARCHIEV, COULTER, TATARU)

SAID = "The next round will be held in Moscow very soon"

BODY = (
    f'<p>Envoys of both countries met in Istanbul twice, on 27 February and on 10 April.<sup data-citation="1">1</sup></p>'
    f"<p>“{SAID},” said ambassador Aleksandr Darchiev. What he calls the “deep state” and the “hawks” stands in the way."
    f'<sup data-citation="2">2</sup></p><figure data-picture="1"></figure>'
    f"<p>Darchiev spoke for one side, Sonata Coulter for the other.</p>"
)


def document(**changes: Any) -> dict[str, Any]:
    """The story's document, with some of its parts replaced."""
    return {
        "language": "en",
        "original": 12,
        "section": 3,
        "kicker": "Diplomacy",
        "headline": "Envoys leave Istanbul for their capitals",
        "standfirst": "The two countries go on talking at home.",
        "slug": "envoys-leave-istanbul",
        "dateline": "Istanbul",
        "body": BODY,
        "own_reporting": False,
        "tags": ["diplomacy"],
        "citations": [
            {"number": 1, "source": 1, "source_name": "TASS", "url": "", "title": "", "note": ""},
            {"number": 2, "source": 2, "source_name": "Deutsche Welle", "url": "", "title": "", "note": ""},
        ],
        "quotes": [quote()],
        "mentions": [{"person": 2, "name": "Sonata Coulter"}],
        "credits": [{"contributor": 1, "name": "Iurie Tataru", "role": "translator", "public": True}],
        "pictures": [picture()],
        **changes,
    }


def quote(**changes: Any) -> dict[str, Any]:
    return {
        "number": 1, "person": 1, "speaker": "Aleksandr Darchiev", "description": "", "role": "ambassador", "words": SAID,
        "original_words": "", "original_language": "ru", "citation": 1, "said_on": None, "kind": "direct", **changes,
    }  # fmt: skip


def picture(**changes: Any) -> dict[str, Any]:
    return {
        "number": 1, "picture": 5, "alt": "A consulate by the sea", "caption": "The consulate", "credit": "The newsroom",
        "licence": "own", "use": "body", **changes,
    }  # fmt: skip


def read(people: tuple[Known, ...] = PEOPLE, **changes: Any) -> Reading:
    return Reading.from_document(document(**changes), people=people)


def found(rule: str, people: tuple[Known, ...] = PEOPLE, **changes: Any) -> list[Finding]:
    """What one rule finds in the story with these changes."""
    (one,) = [known for known in rules() if known.id == rule]
    return list(one.examine(read(people, **changes)))


def brief(findings: list[Finding]) -> list[tuple[str, str, str]]:
    """Each finding as (severity, field, words at fault)."""
    return [(str(finding.severity), finding.place.field, finding.place.excerpt) for finding in findings]
