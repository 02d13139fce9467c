"""The fields of a page's form, as a browser would send them."""

from __future__ import annotations

from lxml import html


def fields(page: str, holding: str) -> dict[str, list[str]]:
    """The form that has the field *holding*: every name with its values; buttons are left out."""
    for form in html.fromstring(page).forms:
        if holding in form.fields:
            values: dict[str, list[str]] = {}
            for name, value in form.form_values():
                # A text area's first line break belongs to the mark-up; browsers send lines ended by CRLF.
                values.setdefault(name, []).append(value)
            return values
    raise AssertionError(f"no form with {holding}")
