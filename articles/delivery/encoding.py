"""Which of the forms of a page a request accepts (RFC 9110, 12.5.3)."""

from functools import lru_cache

OFFERED = ("br", "gzip")
"""The forms besides the plain one, the smallest first."""


@lru_cache(maxsize=512)
def encoding(accepted: str) -> str:
    """The best form that the header Accept-Encoding allows; empty for the plain one."""
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _, parameters = part.partition(";")
        weights[name.strip()] = _weight(parameters)
    others = weights.get("*", 0.0)
    allowed = [(weights.get(name, others), name) for name in OFFERED]
    best = max(allowed, key=lambda offer: offer[0])  # of equals the first
    return best[1] if best[0] > 0 else ""


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
