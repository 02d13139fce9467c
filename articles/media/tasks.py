"""What is done with pictures behind the scenes."""

import django

from articles.media import cards, renditions
from articles.models.picture import Picture

if django.VERSION >= (6, 0):
    from django.tasks import task  # Django's own since
else:
    from django_tasks import task  # type: ignore[no-redef,unused-ignore]  # one or the other


@task()
def make_renditions(picture_id: int) -> int:
    """Makes the renditions that a picture lacks; returns how many. Safe to run twice."""
    picture = Picture.objects.filter(pk=picture_id).first()
    return len(renditions.make_all(picture)) if picture else 0


@task()
def tidy_cards(article_id: int) -> int:
    """Draws the cards of what readers get of an article or will get, and deletes its others. Safe to run twice."""
    return cards.tidy(article_id)
