"""Publishing an approved story, with all that happens then: against Wagtail, and in a large archive."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from statistics import median

from tests.bench import sites
from tests.bench.bench import Bench
from tests.bench.figures import AT_MOST, Figure, ratio, short

EACH = 10
"""Stories that are published in a round."""
NEW, MOST = 20_000_001, 1_000_000
"""The number of the first story that no archive has, and how many of them a publisher may write."""


def measure(bench: Bench) -> Iterator[Figure]:
    own, peer = sites.newsroom(bench, bench.sizes.stories), sites.wagtail(bench, bench.sizes.stories)
    few, many = sites.newsroom(bench, bench.sizes.few), sites.newsroom(bench, bench.sizes.many)
    cache = {"NEWSROOM_PAGE_CACHE_MB": str(sites.WITH_CACHE_MB)}
    took: dict[str, list[float]] = {"own": [], "Wagtail": [], "few": [], "many": []}
    with ExitStack() as stack:
        bench.say("Publishing.")
        publishers = {
            name: stack.enter_context(site.publisher(NEW + number * MOST, **cache))
            for number, (name, site) in enumerate(zip(took, (own, peer, few, many), strict=True))
        }
        queries = {name: publisher.publish(2)[1] for name, publisher in publishers.items()}
        for number in range(bench.sizes.rounds):
            for name, publisher in publishers.items():
                took[name].append(median(publisher.publish(EACH)[0]) * 1000)
            told = ", ".join(f"{name} {values[-1]:.1f}" for name, values in took.items())
            bench.say(f"  round {number + 1} of {bench.sizes.rounds}, milliseconds: {told}")
    typical = {name: short(median(values)) for name, values in took.items()}
    detail = f"{typical['own']} ms and {typical['Wagtail']} ms"
    yield ratio("publish", "publish ÷ Wagtail's, time", took["own"], took["Wagtail"], AT_MOST, 0.25, detail)
    detail = f"Wagtail {queries['Wagtail']}"
    yield Figure("publish", "publish, queries", queries["own"], "", AT_MOST, 20, detail)
    detail = f"{typical['many']} ms and {typical['few']} ms"
    yield ratio("publish", "publish: many stories ÷ few, time", took["many"], took["few"], AT_MOST, 3, detail)
