"""Fields that choose rows of a register while one types, and what a forged form sends in their place."""

from collections.abc import Sequence
from typing import Any

from django.contrib.admin.widgets import AutocompleteMixin, AutocompleteSelect, AutocompleteSelectMultiple

DIGITS_MOST = 18  # of a number that every database takes


def is_number(value: Any) -> bool:
    """Whether it is written as a number that Python and the database can both be asked for."""
    text = str(value)
    return text.isascii() and text.isdigit() and len(text) <= DIGITS_MOST


class _OnlyNumbers(AutocompleteMixin):
    """Draws the rows chosen. What is no row's number is left out: the field's message says it is wrong."""

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        return super().optgroups(name, [one for one in value if is_number(one)], attr)


class ChooseRow(_OnlyNumbers, AutocompleteSelect):
    """One row."""


class ChooseRows(_OnlyNumbers, AutocompleteSelectMultiple):
    """Several rows."""
