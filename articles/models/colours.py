"""Colours as #rrggbb, and how well one is told from another (WCAG 2.2, contrast ratio)."""

from typing import Any

from django.db import models
from django.db.models.lookups import BuiltinLookup

LEAST = 4.5
"""The contrast that text needs against what it stands on."""
LIGHT, DARK = "light", "dark"
PAPERS = {LIGHT: ("#fcfaf5", "#f3efe5"), DARK: ("#16171a", "#202226")}
"""What text stands on in each scheme: ``--paper`` and ``--paper-raised`` of static/public/page.css."""
ACCENTS = {LIGHT: "#8f1d2c", DARK: "#f2a09a"}
"""``--accent`` of the same file."""


@models.CharField.register_lookup
class IsColour(BuiltinLookup[Any]):
    """``accent__is_colour=True``: a hash sign and six hexadecimal digits in small letters; also of an empty text."""

    lookup_name = "is_colour"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column}::text ~ '^(#[0-9a-f]{{6}})?$'", tuple(params)

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        digits = "[0-9a-f]" * 6
        return f"({column} = '' OR {column} GLOB '#{digits}')", (*params, *params)


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black and white)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def least_contrast(colour: str, scheme: str) -> float:
    """Against the paper that the colour is told from least in this scheme."""
    return min(contrast(colour, paper) for paper in PAPERS[scheme])


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
