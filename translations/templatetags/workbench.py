"""How the workbench's templates write a segment's texts."""

from django import template

from translations import segmenting
from translations.workbench import page, typed

register = template.Library()
A_LINE = 48  # characters that fit beside each other, about


@register.filter(name="typed")
def typed_filter(coded: str) -> str:
    """A coded text as it stands in a field."""
    return typed.to_typed(coded)


@register.filter
def drawn(coded: str) -> str:
    """The mark by which the form tells a text that was typed from one that only grew old."""
    return page.drawn(typed.to_typed(coded))


@register.filter
def rows(coded: str) -> int:
    """How many lines a field wants for the translation of a text."""
    return 1 + len(segmenting.plain(coded)) // A_LINE
