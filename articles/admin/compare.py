"""Two versions of a story side by side: field by field, with the words that differ marked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles import text
from articles.enums import CreditRole, Licence, PictureUse, Unnamed
from articles.models.contributor import Contributor
from articles.models.person import Person
from articles.models.picture import Picture
from articles.models.section import Section
from articles.models.source import Source
from articles.models.tag import Tag


@dataclass(frozen=True)
class Difference:
    """A field in which two versions differ; ``old`` and ``new`` are HTML with the differing words marked."""

    label: str
    old: SafeString
    new: SafeString
    only_form: bool = False  # the words are the same, their formatting is not


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Difference]:
    """The fields that differ between two documents of ``workflow.revisions``, in the order of the form."""
    names = _names(old, new)
    found = []
    for field, label in _labels():
        before, after = _lines(field, old, names), _lines(field, new, names)
        if before != after:
            found.append(Difference(label, *mark(before, after)))
        elif field == "body" and old["body"] != new["body"]:
            found.append(Difference(label, *mark(before, after), only_form=True))
    return found


def mark(old: str, new: str) -> tuple[SafeString, SafeString]:
    """Both texts as HTML: what only the old one has in ``<del>``, what only the new one has in ``<ins>``."""
    cut = text.pieces(old, new)
    before = [(not piece.same, piece.old) for piece in cut]
    after = [(not piece.same, piece.new) for piece in cut]
    return _html(before, "del"), _html(after, "ins")


def _html(pieces: list[tuple[bool, str]], tag: str) -> SafeString:
    return format_html_join(
        "",
        "{}{}{}",
        ((_tag(tag, marked), piece, _tag(f"/{tag}", marked)) for marked, piece in pieces if piece),
    )


def _tag(name: str, shown: bool) -> SafeString:
    return SafeString(f"<{name}>" if shown else "")


def _labels() -> list[tuple[str, str]]:
    return [
        ("section", _("section")),
        ("language", _("language")),
        ("kicker", _("kicker")),
        ("headline", _("headline")),
        ("standfirst", _("standfirst")),
        ("body", _("body")),
        ("citations", _("citations")),
        ("quotes", _("quotes")),
        ("key_facts", _("key figures and dates")),
        ("mentions", _("mentions")),
        ("pictures", _("pictures")),
        ("credits", _("credits")),
        ("tags", _("tags")),
        ("dateline", _("dateline")),
        ("slug", _("slug")),
        ("own_reporting", _("own reporting")),
        ("licence", _("licence")),
        ("machine_help", _("machine translation")),
    ]


def _lines(field: str, document: Mapping[str, Any], names: Mapping[str, Mapping[int, str]]) -> str:
    """The field as lines of text that a person reads."""
    value = document.get(field, "")  # older documents lack some
    if field in _ROWS:
        return "\n".join(_ROWS[field](row, names) for row in value)
    if field == "body":
        return "\n".join(_block(block) for block in text.blocks(value))
    if field == "section":
        return names["section"].get(value, "")
    if field == "tags":
        return ", ".join(sorted(names["tag"].get(pk, "") for pk in value))
    if field == "own_reporting":
        return _("yes") if value else _("no")
    if field == "licence":
        return str(Licence(value).label) if value in Licence.values else ""
    if field == "language":
        return str(dict(settings.LANGUAGES).get(value, value))
    return str(value)


def _block(block: text.Block) -> str:
    before = {"h2": "## ", "h3": "### ", "li": "• "}.get(block.tag, "")
    if block.in_blockquote:
        before += f"❝{block.quote or ''} "
    marks = "".join(f" [{number}]" for number in block.citations)
    pictures = "".join(_("Picture %(number)s") % {"number": number} for number in block.pictures)
    return f"{before}{block.text}{marks}{pictures}"


Row = Mapping[str, Any]
Names = Mapping[str, Mapping[int, str]]


def _citation(row: Row, names: Names) -> str:
    said = (
        names["source"].get(row["source"]),
        row["title"],
        row["url"],
        row["published"],
        row["accessed"],
        row["note"],
    )
    return _numbered(row, said)


def _quote(row: Row, names: Names) -> str:
    speaker = names["person"].get(row["person"]) or row["description"]
    source = f"[{row['citation']}]" if row["citation"] else ""
    said = (speaker, row["role"], f"“{row['words']}”", source, row["original_words"], row["said_on"])
    return _numbered(row, said)


def _key_fact(row: Row, names: Names) -> str:
    source = f"[{row['citation']}]" if row["citation"] else ""
    return _numbered(row, (row["figure"], row["text"], source))


def _picture(row: Row, names: Names) -> str:
    use = dict(PictureUse.choices).get(row["use"], row["use"])
    return _numbered(row, (names["picture"].get(row["picture"]), use, row["alt"], row["caption"]))


def _credit(row: Row, names: Names) -> str:
    role = dict(CreditRole.choices).get(row["role"], row["role"])
    shown = "" if row["public"] else _("not shown to readers")
    why = dict(Unnamed.choices).get(row.get("unnamed", ""), "")
    return _joined((names["contributor"].get(row["contributor"]), role, row.get("share"), shown, why))


def _mention(row: Row, names: Names) -> str:
    return names["person"].get(row["person"], "")


_ROWS: dict[str, Callable[[Row, Names], str]] = {
    "citations": _citation,
    "quotes": _quote,
    "key_facts": _key_fact,
    "mentions": _mention,
    "pictures": _picture,
    "credits": _credit,
}


def _numbered(row: Row, parts: Iterable[Any]) -> str:
    return f"{row['number'] or '?'}. {_joined(parts)}"


def _joined(parts: Iterable[Any]) -> str:
    return " · ".join(" ".join(str(part).split()) for part in parts if part)


def _names(*documents: Mapping[str, Any]) -> dict[str, dict[int, str]]:
    """What the ids in the documents are called, one query a register."""
    wanted: dict[str, set[int]] = {name: set() for name in _REGISTERS}
    for document in documents:
        wanted["section"].add(document["section"])
        wanted["source"] |= {row["source"] for row in document["citations"]}
        wanted["person"] |= {row["person"] for row in (*document["quotes"], *document["mentions"])}
        wanted["picture"] |= {row["picture"] for row in document["pictures"]}
        wanted["tag"] |= set(document["tags"])
        wanted["contributor"] |= {row["contributor"] for row in document["credits"]}
    return {
        name: {pk: str(row) for pk, row in model._default_manager.in_bulk(wanted[name] - {None}).items()}
        for name, model in _REGISTERS.items()
    }


_REGISTERS: dict[str, type[Model]] = {
    "section": Section,
    "source": Source,
    "person": Person,
    "picture": Picture,
    "contributor": Contributor,
    "tag": Tag,
}
