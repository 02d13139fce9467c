"""Names of people: folding them, finding them in a text, telling two spellings of one name from two names.

Pure functions over text; the register of people is looked up by those who call.
"""

from articles.names.finding import Name, lookup_keys, names_in
from articles.names.folding import fold, light, tail
from articles.names.inflection import nominatives
from articles.names.script import settle
from articles.names.spelling import Likeness, same_person_spelling

__all__ = [
    "Likeness",
    "Name",
    "fold",
    "light",
    "lookup_keys",
    "names_in",
    "nominatives",
    "same_person_spelling",
    "settle",
    "tail",
]
