"""The names of surrogate keys, and which of them a Publication moves.

A row has the name of its model and its id: ``article-12``, ``person-3``. A list has its own: ``list-en``,
``section-4-en``. ``menu-en`` is the frame around all pages in a language.
"""

from collections.abc import Iterable

from django.conf import settings

from articles.models.publication import Publication

ALL = "*"
"""In a purge: every key."""
ANY = "publication"
"""Every Publication moves it."""
PAPER = "paper"
"""The paper's own settings, such as its languages."""
SCHEDULE = "schedule"
"""What is going to appear, and when."""
_HELD = (("tags", "tag"), ("people", "person"), ("citations", "source"), ("credits", "contributor"))


def row(model: str, pk: int) -> str:
    return f"{model}-{pk}"


def stories_in(language: str) -> str:
    """The list of all stories in a language."""
    return f"list-{language}"


def section_list(section: int, language: str) -> str:
    return f"section-{section}-{language}"


def family(pk: int) -> str:
    """Which language versions a story has."""
    return f"family-{pk}"


def address(language: str, slug: str) -> str:
    """What stands at an address."""
    return f"address-{language}-{slug}"


def newsroom_page(kind: str) -> str:
    """The pages of a kind on which the paper speaks of itself, in whatever language."""
    return f"page-{kind}"


def menu(language: str) -> str:
    return f"menu-{language}"


def menus() -> list[str]:
    """The frames in every language."""
    return [menu(code) for code, _name in settings.LANGUAGES]


def moved_by(*publications: Publication | None) -> set[str]:
    """What changes when these Publications begin or cease to be what readers get."""
    return {key for publication in publications if publication for key in _moved_by(publication)}


def _moved_by(publication: Publication) -> Iterable[str]:
    yield ANY
    yield row("article", publication.article_id)
    yield family(publication.family)
    yield stories_in(publication.language)
    if publication.section_id:
        yield section_list(publication.section_id, publication.language)
    if publication.page:  # stands at the foot of all others
        yield from (newsroom_page(publication.page), menu(publication.language))
    yield address(publication.language, publication.slug)
    for held, model in _HELD:
        for entry in publication.story.get(held, []):
            if entry.get(model):
                yield row(model, entry[model])
