"""Terms and people: how the words of a sentence are said in the other language."""

from translations.terms.book import Book, read
from translations.terms.hinting import PERSON, Fault, Hint, book_of, faults, hints, hints_for

__all__ = ["PERSON", "Book", "Fault", "Hint", "book_of", "faults", "hints", "hints_for", "read"]
