"""Telling quotations in ‘single’ marks from apostrophes.

One begins with ‘ at the start of a word and ends with ’ after a word; it holds four words at least, since what
is shorter is mostly a term. After an s, ’ may also be a possessive (the ambassadors’ view): it ends a quotation
only if nothing clearer follows.
"""

import re

_FEWEST_WORDS = 4
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_ELISION = re.compile(r"(?:em|til|tis|twas|cause|n|\d0s)\b", re.IGNORECASE)


class Single:
    """The single marks of one line, or of one quotation in double marks: they don't reach out of it."""

    def __init__(self) -> None:
        self._opened: int | None = None
        self._doubtful: int | None = None

    def take(self, text: str, at: int, end: int, *, at_start: bool) -> list[tuple[int, int]]:
        """Reads the mark at ``at`` of a line until ``end``: the quotations that are thereby known."""
        after = text[at + 1] if at + 1 < end else ""
        if text[at] == "‘":
            if not at_start or not after or after.isspace() or _ELISION.match(text, at + 1, end):
                return []
            found = self.finish(text)
            self._opened = at + 1
            return found
        if self._opened is None or text[at - 1].isspace() or after.isalnum():
            return []
        if text[at - 1] in "sS" and after.isspace():
            self._doubtful = self._doubtful or at
            return []
        return self._close(text, at)

    def finish(self, text: str) -> list[tuple[int, int]]:
        """The quotation that still stood open, if one of the doubtful marks ended it."""
        return self._close(text, self._doubtful)

    def _close(self, text: str, at: int | None) -> list[tuple[int, int]]:
        start, self._opened, self._doubtful = self._opened, None, None
        if start is None or at is None or len(_WORD.findall(text, start, at)) < _FEWEST_WORDS:
            return []
        return [(start, at)]
