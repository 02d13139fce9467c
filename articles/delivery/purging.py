"""What a step that changes what readers get has made anew. Call it in the step's transaction."""

from __future__ import annotations

from django.utils import timezone

from articles.delivery import keys, outbox
from articles.enums import PublicState
from articles.models.publication import Publication


def replaced(previous: Publication | None, publication: Publication) -> None:
    """*publication* has taken the place of *previous*, or will when its time comes."""
    moved = moved_by(previous, publication)
    if publication.visible_from > timezone.now():
        moved.add(keys.SCHEDULE)  # pages that it will change must be made again to know their end
    live = publication.state == PublicState.LIVE
    outbox.purge(moved, withdrawn=not live, announce_at=publication.visible_from if live else None)


def cancelled(scheduled: Publication) -> None:
    """*scheduled* will not appear."""
    outbox.purge(moved_by(scheduled) | {keys.SCHEDULE})


def moved_by(*publications: Publication | None) -> set[str]:
    """All keys of these rows; also the menu's, which shows the sections that have a story."""
    rows = [row for row in publications if row]
    moved = keys.moved_by(*rows)
    for row in {(row.language, row.section_id): row for row in rows}.values():
        if _alone(row):
            moved |= {keys.menu(row.language), keys.SCHEDULE}
    return moved


def _alone(publication: Publication) -> bool:
    """Whether its section has no other story in its language."""
    live = Publication.objects.live().filter(language=publication.language, section=publication.section_id)
    return not live.exclude(article=publication.article_id).exists()
