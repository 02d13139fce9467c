"""Links, citations and other marks stand in the translation as in the original, and so do printed addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from translations.coded import mark_faults
from translations.proofing.base import ERROR, Fault, Faults, Work, excerpt

_ADDRESS = re.compile(r"https?://[^\s<>«»“”„\"]+|www\.[^\s<>«»“”„\"]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_AFTER = ".,;:!?)]…"


def examine(work: Work) -> Faults:
    for at, pair in work.translated:
        for fault in mark_faults(pair.source, pair.target):
            number = fault.partition(" ")[2]
            yield Fault(_kind(pair.marks, number), ERROR, at, excerpt(pair.target), {"fault": fault})
        for address in dict.fromkeys(one.rstrip(_AFTER) for one in _ADDRESS.findall(pair.said)):
            if address not in pair.says:
                yield Fault("address", ERROR, at, excerpt(address), {"printed": address})


def _kind(marks: Mapping[str, Any], number: str) -> str:
    tag, attributes = marks.get(number) or ("", {})
    if tag == "sup" and "data-citation" in attributes:
        return "citation"
    return "link" if tag == "a" else "mark"
