"""*Did you mean …?*: the registered name that comes nearest to what found nothing."""

from django.db.models import Exists, OuterRef, Q
from rapidfuzz import fuzz, process

from articles.models.person import Person, PersonName
from articles.models.publication import Publication, PublicationPerson
from articles.search.asking import Asked, parse
from articles.search.entries import RIGHT
from articles.search.words import latin

LOOKED_AT = 5_000
"""How many of the register's names are compared: those whose family name has a typed word's first letter."""
NEAR = 78
"""How alike two names have to be, of a hundred."""
_WEIGHED = 10


def nearest_name(asked: Asked, language: str) -> str:
    """A person's name as *language* spells it, or an empty text. The person has a live story in that language."""
    typed = [latin(word) for term in asked.wanted for word in term if latin(word)][:6]
    if not typed:
        return ""
    letters = Q()
    for letter in sorted({word[0] for word in typed}):
        letters |= Q(tail__startswith=letter)
    names = PersonName.objects.filter(letters, kind__in=RIGHT).order_by("pk")
    known = list(names.values_list("fold", "tail", "person")[:LOOKED_AT])
    whole, best = " ".join(typed), dict[int, float]()
    for choices in ([name for name, _tail, _pk in known], [tail for _name, tail, _pk in known]):
        for _text, score, at in process.extract(whole, choices, scorer=fuzz.ratio, score_cutoff=NEAR, limit=_WEIGHED):
            best[known[at][2]] = max(score, best.get(known[at][2], 0))
    return _public_name(best, asked, language)


def _public_name(best: dict[int, float], asked: Asked, language: str) -> str:
    """The name of the most alike of them who has a page in the language, if another one was typed."""
    live = Publication.objects.live().filter(pk=OuterRef("publication"))
    page = PublicationPerson.objects.filter(Exists(live), person=OuterRef("pk"), language=language)
    people = Person.objects.filter(Exists(page), pk__in=best).prefetch_related("forms")
    nearest = max(people, key=lambda person: (best[person.pk], -person.pk), default=None)
    name = nearest.form_in(language) if nearest else ""
    same = sorted(parse(name).wanted) == sorted(asked.wanted)
    return "" if same else name
