"""What is done with text: cleaning a body, reading it, counting it, comparing, finding quotations, making slugs.

Pure functions: no models, no settings. Everything but comparing runs in time linear to its input.
"""

from articles.text.cleaning import sanitise
from articles.text.counting import characters, words
from articles.text.differing import Piece, paragraphs, passages, pieces
from articles.text.quotations import Span, quotations
from articles.text.slugs import slugify
from articles.text.visible import Block, Marks, blocks, marks, plain

__all__ = [
    "Block",
    "Marks",
    "Piece",
    "Span",
    "blocks",
    "characters",
    "marks",
    "paragraphs",
    "passages",
    "pieces",
    "plain",
    "quotations",
    "sanitise",
    "slugify",
    "words",
]
