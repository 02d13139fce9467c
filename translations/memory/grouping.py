"""How a like sentence is looked for without reading the memory."""

from collections.abc import Sequence

MOST_GROUPS = 8


def groups(words: Sequence[str]) -> list[list[str]]:
    """The *words* (the rarest first) dealt into groups, such that what is alike has all the words of one of them.

    A sentence in which one word in four differs has at least one whole group of ``n / 4 + 1``. The rarest words each
    lead a group; those that follow are dealt backwards, so that no group has only frequent ones.
    """
    number = len(words)
    many = 1 if number < 3 else min(MOST_GROUPS, -(-number // 4) + 1)
    dealt: list[list[str]] = [[] for _ in range(min(many, number))]
    for place, word in enumerate(words):
        row, column = divmod(place, len(dealt))
        dealt[column if row % 2 == 0 else len(dealt) - 1 - column].append(word)
    return dealt
