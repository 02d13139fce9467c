"""One person at one desk: signs in through the sign-in page and saves shared stories through the admin's own form.

A process of its own, which knows nothing of the software but its pages. It reads from the standard input what to do,
and writes what came of each save::

    {"address", "name", "password", "articles": [id], "saves": how many, "seed"}
    {"saves": [{"token", "article", "accepted": bool, "status", "fault": "" or what was wrong with the answer}]}

Each save appends a token of its own to the standfirst (which keeps the last ``KEPT`` of them) and writes the same token
into the body and into the note of the first citation. A save that comes too late must be answered with a page that
holds the token, beside one that somebody else has written since the form was drawn.
"""

from __future__ import annotations

import http.cookiejar
import json
import random
import re
import sys
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

from tests.stress.forms import fields

KEPT = 12
TOKEN = re.compile(r"T\d+x\d+T")
START = "Tokens:"
Form = dict[str, list[str]]


class Browser:
    """Keeps cookies and reads forms."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._jar = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._jar), _Stay)

    def cookies(self) -> str:
        """What it sends as the header Cookie."""
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self._jar)

    def ask(self, path: str, sent: Form | None = None) -> tuple[int, str]:
        """The status and the page; where it leads elsewhere, the path."""
        data = urllib.parse.urlencode(sent, doseq=True).encode() if sent is not None else None
        headers = {"Accept-Language": "en", "Origin": self.address}
        try:
            with self._opener.open(urllib.request.Request(self.address + path, data, headers), timeout=120) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.headers.get("Location") or error.read().decode(errors="replace")

    def form(self, path: str, holding: str) -> Form:
        status, page = self.ask(path)
        if status != 200:
            raise SystemExit(f"{path}: {status} {page[:500]}")
        return fields(page, holding)


class _Stay(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer to look at."""

    def redirect_request(self, *_: Any) -> None:
        return None


def sign_in(browser: Browser, name: str, password: str) -> None:
    form = browser.form("/accounts/login/", "password")
    answer = browser.ask("/accounts/login/", form | {"login": [name], "password": [password]})
    if answer != (302, "/admin/"):
        raise SystemExit(f"{name} could not sign in: {answer[0]} {answer[1][:500]}")


def work(order: dict[str, Any]) -> list[dict[str, Any]]:
    browser, chance = Browser(order["address"]), random.Random(order["seed"])
    sign_in(browser, order["name"], order["password"])
    done = []
    for turn in range(order["saves"]):
        pk = chance.choice(order["articles"])
        path = f"/admin/articles/article/{pk}/change/"
        token = f"T{order['seed']}x{turn}T"
        status, fault = save(browser, path, browser.form(path, "headline"), token)
        done.append({"token": token, "article": pk, "accepted": status == 302, "status": status, "fault": fault})
    return done


def save(browser: Browser, path: str, form: Form, token: str) -> tuple[int, str]:
    """Posts the whole form, inlines and all, with the token in three places; answers the status and what was wrong."""
    seen = TOKEN.findall(form["standfirst"][0])
    changed = {
        "standfirst": [" ".join([START, *[*seen, token][-KEPT:]])],
        "body": [f"<p>The river commission met in Galați.</p><p>{token}</p>"],
        "citations-0-note": [token],
        "_save": ["Save"],
    }
    status, page = browser.ask(path, form | changed)
    if status == 302:
        return status, "" if page == path else f"leads to {page}"
    if status != 409:
        return status, f"answered {status}: {page[:300]}"
    newer = set(TOKEN.findall(page)) - set(seen) - {token}
    if page.count(token) < 3 or not newer:
        return status, "a refusal without the own text beside the newer one"
    return status, ""


if __name__ == "__main__":
    json.dump({"saves": work(json.load(sys.stdin))}, sys.stdout)
