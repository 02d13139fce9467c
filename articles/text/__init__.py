"""What is done with text: cleaning a body, reading it, counting it, finding quotations, making slugs.

Pure functions: no models, no settings. Everything runs in time linear to its input.
"""

from articles.text.cleaning import sanitise
from articles.text.counting import characters, words
from articles.text.quotations import Span, quotations
from articles.text.slugs import slugify
from articles.text.visible import Block, Marks, blocks, marks, plain

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
