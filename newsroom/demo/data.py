"""Reading the demo's data files; the shape of a story is described in ``story``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
Data = Mapping[str, Any]
LANGUAGES = ("ro", "en", "ru", "uk")


def registers(name: str) -> list[Data]:
    """The rows of ``registers/<name>.toml``."""
    rows: list[Data] = _read(HERE / "registers" / f"{name}.toml")[name]
    return rows


def translation_desk() -> Data:
    """The translation desk's part, out of ``translations.toml``."""
    told: Data = _read(HERE / "translations.toml")
    return told


def story_names() -> list[str]:
    """The names of all stories."""
    return sorted(path.stem for path in (HERE / "stories").glob("*.toml"))


def story(key: str) -> Data:
    """A story in all its languages, out of ``stories/<key>.toml``.

    What all language versions share stands at the top: ``section``, ``original`` (its language), ``picture``,
    ``citations``, ``mentions`` (slugs of people), ``own_reporting``. Each language has a table with its texts
    and with how far it got::

        until      "draft", "submitted", "handed back", "editing", "ready", "spiked"; none: live
        published  the time of a first publication, or hours_ago before now
        filed_by, desk, spiked_by        demo users
        alone      the chief's reason for approving alone
        waive      {rule, reason}: findings that the desk lets stand
        note       of a hand back or a spike; comments: [{by, text}]
        later      acts after that: change (with note, old and new words of the body, headline, kicker), or
                   step = "hold", "retract", "remove" (with by and note, a retraction also with in_languages),
                   "reopen" (with by), "schedule" (with by and hours_ahead)
    """
    return _read(HERE / "stories" / f"{key}.toml")


def page_names() -> list[str]:
    """The names of all newsroom pages."""
    return sorted(path.stem for path in (HERE / "pages").glob("*.toml"))


def page(key: str) -> Data:
    """A newsroom page, as a story of which ``page`` says the kind; it has no section, citations, tags or credits."""
    return _read(HERE / "pages" / f"{key}.toml")


def versions(told: Data) -> Iterator[tuple[str, Data]]:
    """Each language with its table, the original first."""
    for language in sorted(set(LANGUAGES) & told.keys(), key=lambda code: (code != told["original"], code)):
        yield language, told[language]


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)
