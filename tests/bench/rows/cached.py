"""A story that was asked for before: against an application that says one thing, Django's cache, and nginx."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack
from statistics import median

from tests.bench import sites
from tests.bench.bench import Bench
from tests.bench.figures import AT_LEAST, Figure, ratio, short
from tests.bench.load import Asker, Load, Wrong


def measure(bench: Bench) -> Iterator[Figure]:
    site = sites.newsroom(bench, bench.sizes.stories)
    path = site.told("addresses")["story"][-1]
    page = bench.folder / "www" / "story.html"
    with ExitStack() as stack:
        own = stack.enter_context(site.server(NEWSROOM_PAGE_CACHE_MB=str(sites.WITH_CACHE_MB)))
        tag, body = _page(own.address, path)
        page.parent.mkdir(exist_ok=True)
        page.write_bytes(body)
        hello = stack.enter_context(sites.hello(bench, page))
        nginx = stack.enter_context(sites.nginx(bench, page))
        django = stack.enter_context(site.server(DJANGO_SETTINGS_MODULE="tests.bench.middleware_settings"))
        _is_cached(django.address, path)
        bench.say(f"Cached story of {len(body):,} bytes.")
        found = bench.rounds(
            {
                "200": Load(own.address, [path]),
                "304": Load(own.address, [path], {"If-None-Match": tag}, 304),
                "hello": Load(hello.address, ["/"]),
                "Django's": Load(django.address, [path]),
                "nginx": Load(nginx.address, [f"/{page.name}"]),
            }
        )
    for what, name, other, asked in (
        ("cached story, 200 ÷ hello world", "200", "hello", 0.65),
        ("cached story, 200 ÷ Django's cache middleware", "200", "Django's", 8),
        ("cached story, 200 ÷ nginx with the file", "200", "nginx", 0.6),
        ("cached story, 304 ÷ hello world", "304", "hello", 1.0),
    ):
        detail = f"{short(median(found[name]))}/s and {short(median(found[other]))}/s"
        yield ratio("cached", what, found[name], found[other], AT_LEAST, asked, detail)


def _page(address: str, path: str) -> tuple[str, bytes]:
    with Asker(address) as asker:
        asker.ask(path)
        _status, body, headers = asker.ask(path)
    if not headers["ETag"]:
        raise Wrong(f"{path} has no ETag.")
    return headers["ETag"], body


def _is_cached(address: str, path: str) -> None:
    """Django's middleware writes when the page was made into it: asked later, it says the same."""
    with Asker(address) as asker:
        expires = asker.ask(path)[2]["Expires"]
        time.sleep(1.1)
        if not expires or asker.ask(path)[2]["Expires"] != expires:
            raise Wrong("Django's cache middleware does not keep the page.")
