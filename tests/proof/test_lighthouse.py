"""Lighthouse's four marks, as on a phone on a slow line: the median of five looks at a page."""

import json
import os
import statistics
import subprocess
from pathlib import Path

import pytest

from tests.browser import CHROMIUM

pytestmark = [pytest.mark.proof, pytest.mark.browser]
LOOKS = int(os.environ.get("LOOKS", "5"))
MARKS = ("performance", "accessibility", "best-practices", "seo")
MEASURES = ("largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")
KINDS = ("front", "section", "demo story", "demo person", "search")
FLAGS = "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update"


def look(program: str, address: str, out: Path) -> dict[str, float]:
    command = [program, address, "--quiet", "--output=json", f"--output-path={out}", f"--chrome-flags={FLAGS}"]
    environment = os.environ | {"CHROME_PATH": CHROMIUM or "", "NO_UPDATE_NOTIFIER": "1"}
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, env=environment)
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(out.read_text())
    marks = {name: round(told["categories"][name]["score"] * 100) for name in MARKS}
    return marks | {name: told["audits"][name]["numericValue"] for name in MEASURES}


def test_every_mark_is_100(paper, checker, tmp_path):
    program, rows, medians = checker("lighthouse"), [], {}
    for kind in KINDS:
        looks = [look(program, paper.address + paper.pages[kind]["en"], tmp_path / "told.json") for _n in range(LOOKS)]
        median = {name: statistics.median(one[name] for one in looks) for name in looks[0]}
        medians[kind] = [median[name] for name in MARKS]
        measures = "{:.2f} s  {:.0f} ms  {:.3f}".format(median[MEASURES[0]] / 1000, *[median[m] for m in MEASURES[1:]])
        rows.append(f"{kind:12}" + "".join(f"{median[name]:>16.0f}" for name in MARKS) + "   " + measures)
    head = f"{'':12}" + "".join(f"{name:>16}" for name in MARKS) + "   LCP, TBT, CLS"
    print(f"\nLighthouse, median of {LOOKS}\n{head}\n" + "\n".join(rows))
    assert medians == {kind: [100] * 4 for kind in KINDS}
