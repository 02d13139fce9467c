"""The translation memory: what was translated and accepted once is offered again."""

from translations.memory.learning import catch_up, follow, learn, take_in
from translations.memory.looking import Asked, Line, Match, concordance, find, matches, repetitions

__all__ = [
    "Asked",
    "Line",
    "Match",
    "catch_up",
    "concordance",
    "find",
    "follow",
    "learn",
    "matches",
    "repetitions",
    "take_in",
]
