"""Forms of the desk as a browser fills and sends them: drawn by GET, changed, posted back."""

from __future__ import annotations

from typing import Any

from django.test import Client
from lxml import html

from tests import cast


def at_desk(name: str) -> Client:
    """A browser in which this member of the cast has signed in."""
    client = Client()
    client.force_login(cast.user(name))
    return client


def page(response: Any) -> Any:
    return html.fromstring(response.content.decode())


def drawn(response: Any, form_id: str = "article_form") -> dict[str, Any]:
    """What the browser would send of the form on the page, were nothing changed."""
    form = page(response).get_element_by_id(form_id)
    fields: dict[str, Any] = {}
    for name, value in form.form_values():
        if "__prefix__" in name:
            continue
        fields.setdefault(name, []).append(value.removeprefix("\n"))  # as a text area begins
    return fields


def save(client: Client, address: str, form: dict[str, Any] | None = None, **changes: Any) -> Any:
    """Opens the form (unless it was opened before), types the changes and saves."""
    fields = dict(form if form is not None else drawn(client.get(address)))
    return client.post(address, {**fields, "_save": "Save", **changes})


def row(prefix: str, index: int, **fields: Any) -> dict[str, Any]:
    """A new row of an inline; the first new one has the index of the first free place."""
    return {
        f"{prefix}-TOTAL_FORMS": index + 1,
        **{f"{prefix}-{index}-{name}": value for name, value in fields.items()},
    }


def words(response: Any) -> str:
    """The text of the page, with runs of white space as one."""
    return " ".join(page(response).text_content().split())


def errors_of(response: Any, prefix: str) -> list[str]:
    """The errors that can be read among the rows of an inline."""
    rows = page(response).get_element_by_id(f"{prefix}-group")
    found = rows.xpath(".//ul[contains(@class, 'errorlist')]/li")
    return [" ".join(error.text_content().split()) for error in found]
