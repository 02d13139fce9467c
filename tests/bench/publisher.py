"""A process that publishes on demand, and says how long each story took. It knows neither newsroom nor Wagtail."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any


def serve(
    prepare: Callable[[], Any], publish: Callable[[Any], None], count: Callable[[Callable[[], None]], int]
) -> None:
    """Reads a number of stories a line; answers with a line ``{"seconds": […], "queries": n}``.

    *prepare* brings a story up to where only publishing is left; *publish* is what is timed; *count* says how many
    queries a function makes.
    """
    for line in sys.stdin:
        stories = [prepare() for _ in range(int(line))]
        seconds = []
        for story in stories:
            start = time.perf_counter()
            publish(story)
            seconds.append(time.perf_counter() - start)
        last = prepare()
        queries = count(lambda story=last: publish(story))
        print(json.dumps({"seconds": seconds, "queries": queries}), flush=True)
