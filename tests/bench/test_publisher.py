"""The process that publishes on demand."""

import io
import json
import sys

from tests.bench import publisher


def test_each_line_is_answered_with_as_many_times_and_the_queries_of_one_more_story(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.StringIO("2\n3\n"))
    written, published = [], []

    def prepare() -> int:
        written.append(len(written))
        return written[-1]

    def count(act) -> int:
        act()
        return 12

    publisher.serve(prepare, published.append, count)
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(len(line["seconds"]), line["queries"]) for line in told] == [(2, 12), (3, 12)]
    assert published == written == list(range(7))
