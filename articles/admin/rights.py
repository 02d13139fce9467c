"""Whether the user of this request may save an article, and what a form leaves out for who may only read.

The first is asked often for one page and answered once.
"""

from django.db.models import Model
from django.http import HttpRequest

from articles import permissions
from articles.enums import Step
from articles.models.article import Article


def may_save(request: HttpRequest, article: Article | None) -> bool:
    """As the table of rights says; for None, whether the user may file a new article."""
    if article is None or article.pk is None:
        return permissions.may_file(request.user)
    known: dict[tuple[int, int], bool] = request.__dict__.setdefault("_may_save", {})
    key = (article.pk, article.version)
    if key not in known:
        known[key] = permissions.may(request.user, Step.SAVE, article)
    return known[key]


def without_hints(model: type[Model]) -> dict[str, str]:
    """The ``help_texts`` of a form that is only read: hints for typing don't stand there."""
    return {field.name: "" for field in model._meta.get_fields()}
