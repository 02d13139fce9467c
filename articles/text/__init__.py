"""What is done with text: cleaning a body, reading it, counting it, finding quotations, making slugs.

Pure functions: no models, no settings. Everything runs in time linear to its input.
"""

from .cleaning import sanitise
from .counting import characters, words
from .quotations import Span, quotations
from .slugs import slugify
from .visible import Block, Marks, blocks, marks, plain

__all__ = [
    "Block",
    "Marks",
    "Span",
    "blocks",
    "characters",
    "marks",
    "plain",
    "quotations",
    "sanitise",
    "slugify",
    "words",
]
