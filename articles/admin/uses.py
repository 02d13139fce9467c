"""What keeps a register's row from being deleted, told to somebody who may not see every story."""

from typing import Any

from django.db.models import PROTECT, ForeignObjectRel, Model, QuerySet
from django.utils.translation import gettext as _

from articles.models.article import Article
from articles.models.publication import Publication
from articles.models.section import Section

NAMED_AT_MOST = 10
LOOKED_AT = 200
"""How many uses of each kind are looked at: a source may have half a million."""

# Where a row that points at a register keeps its article.
PATHS = ("article", "content_object", "publication__article")


def kept_by(row: Model, user: Any) -> list[str]:
    """Sentences that say what uses *row*; empty when nothing does.

    Names stories that *user* may see, ten at the most; of the others it says only that there are some.
    """
    uses = [use for relation in _relations(row) if (use := _use(relation, row)) is not None]
    if not uses:
        return []
    lines: dict[int, str] = {}
    unseen = False
    for use in uses:
        path = _path_to_article(use.model)
        if path is None:
            unseen = True
            continue
        looked_at = list(use.order_by().values_list(path, flat=True)[:LOOKED_AT])
        seen = Article.objects.visible_to(user).filter(pk__in=looked_at).only("headline")
        named_here = {article.pk: article.headline for article in seen}
        for pk, headline in named_here.items():
            lines[pk] = _("“%(headline)s” uses it.") % {"headline": headline}
        unseen = unseen or len(looked_at) == LOOKED_AT or not named_here.keys() >= set(looked_at)
    named = [lines[key] for key in sorted(lines, reverse=True)]
    cut = len(named) > NAMED_AT_MOST
    if unseen or cut:
        named = [
            *named[:NAMED_AT_MOST],
            _("Something else uses it too.") if named else _("Something else uses it."),
        ]
    return named


def is_linked(row: Model) -> bool:
    """Whether a Publication, in which nothing can be changed any more, leads to the row's page by its slug."""
    if isinstance(row, Section):
        return Publication.objects.filter(section=row).exists()
    links = (getattr(row, name, None) for name in ("publication_links", "quote_links"))
    return any(rows.exists() for rows in links if rows is not None)


def _relations(row: Model) -> list[ForeignObjectRel]:
    """Whatever points at the row, also from models to which the row knows no way back."""
    fields = row._meta.get_fields(include_hidden=True)
    return [field for field in fields if isinstance(field, ForeignObjectRel) and field.auto_created]


def _use(relation: ForeignObjectRel, row: Model) -> "QuerySet[Any] | None":
    """The rows by which *relation* holds *row* fast, if there are any."""
    if getattr(relation, "on_delete", None) is not PROTECT:
        return None
    model = relation.related_model
    assert not isinstance(model, str)  # noqa: S101 - only until the models are loaded
    rows = model._base_manager.filter(**{relation.field.name: row})
    return rows if rows.exists() else None


def _path_to_article(model: type[Model]) -> str | None:
    if model is Article:
        return "pk"
    names = {field.name for field in model._meta.fields}
    return next((path for path in PATHS if path.partition("__")[0] in names), None)
