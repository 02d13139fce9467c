"""How much text there is: what translators are paid by and editors plan with.

Both counts take visible text (see ``plain``), not HTML. They are deterministic: the same text gives the same
number in every version of this module, because amounts that were paid rest on them.
"""

import unicodedata


def words(text: str) -> int:
    """The runs between white space that hold at least one letter or digit.

    A dash standing alone is no word; "deep-state", "U.S." and "27" are one each.
    """
    return sum(1 for token in text.split() if any(map(str.isalnum, token)))


def characters(text: str) -> int:
    """The characters of the text in NFC, its ends stripped, each run of white space counted as one."""
    return len(" ".join(unicodedata.normalize("NFC", text).split()))
