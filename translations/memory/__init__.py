"""The translation memory: what was translated and accepted once is offered again."""

from translations.memory.learning import Pair, catch_up, follow, learn, not_given_up, take_in
from translations.memory.looking import Asked, Line, Match, concordance, find, matches, repetitions

__all__ = [
    "Asked",
    "Line",
    "Match",
    "Pair",
    "catch_up",
    "concordance",
    "find",
    "follow",
    "learn",
    "matches",
    "not_given_up",
    "repetitions",
    "take_in",
]
