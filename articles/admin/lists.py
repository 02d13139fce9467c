"""Lists that open as fast with a million rows as with ten.

Nothing is counted. A page is found by the key of the row beside it, never by skipping rows; rows come in the
order of an index; a search looks at the beginnings of indexed columns and stops at ``FOUND_AT_MOST``.
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib.admin import ModelAdmin, ShowFacets
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.core import checks, signing
from django.core.exceptions import FieldDoesNotExist
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Field, Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst

from articles.admin.choices import is_number

AFTER, BEFORE = "after", "before"
FOUND_AT_MOST = 500


class KeyChangeList(ChangeList):
    """One page of a list, and the addresses of the pages beside it."""

    next_url: str = ""
    previous_url: str = ""

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        if not self.is_popup:
            self.title = capfirst(str(self.opts.verbose_name_plural))

    def get_queryset(self, request: HttpRequest, *args: Any, **kwargs: Any) -> QuerySet[Any]:
        for name in (AFTER, BEFORE):
            self.params.pop(name, None)
            self.filter_params.pop(name, None)
        queryset: QuerySet[Any] = super().get_queryset(request, *args, **kwargs)
        return queryset

    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Any]) -> list[Any]:
        """The column asked for if the admin allows it, else the admin's own order; then the key."""
        asked = self._asked_column()
        own = [str(name) for name in self.model_admin.get_ordering(request) or self.lookup_opts.ordering or ()]
        ordering = [asked] if asked else own
        if not any(_column(self.model, name).unique for name in ordering):
            ordering.append("-pk" if ordering and ordering[-1].startswith("-") else "pk")
        return ordering

    def _asked_column(self) -> str:
        asked = str(self.params.get(ORDER_VAR, "")).partition(".")[0]
        minus, number = asked.startswith("-"), asked.removeprefix("-")
        if not is_number(number) or int(number) >= len(self.list_display):
            return ""
        name = str(self.list_display[int(number)])
        column = self.get_ordering_field(name)
        if not isinstance(column, str) or name not in (self.sortable_by or ()):
            return ""
        minus ^= column.startswith("-")
        return ("-" if minus else "") + column.removeprefix("-")

    def get_results(self, request: HttpRequest) -> None:
        order = [str(name) for name in self.queryset.query.order_by]
        after, before = request.GET.get(AFTER), request.GET.get(BEFORE)
        backwards = bool(before and not after)
        rows = self.queryset.order_by(*_reversed(order)) if backwards else self.queryset
        if key := after or before:
            rows = rows.filter(self._beyond(key, order, backwards=backwards))
        found = list(rows[: self.list_per_page + 1])
        more = len(found) > self.list_per_page
        page = found[: self.list_per_page]
        if backwards:
            page.reverse()
        if page and (more or backwards):
            self.next_url = self.get_query_string({AFTER: self._key(page[-1], order)})
        if page and (bool(after) or (backwards and more)):
            self.previous_url = self.get_query_string({BEFORE: self._key(page[0], order)})
        self.result_list = page
        self.result_count = self.full_result_count = len(page)
        self.show_full_result_count = self.can_show_all = self.multi_page = False
        self.show_admin_actions = True
        self.paginator = Paginator(page, self.list_per_page)

    def _key(self, row: Model, order: Sequence[str]) -> str:
        values = [str(_column(self.model, name).value_from_object(row)) for name in order]
        return signing.dumps(values, salt=self._salt(order), compress=True)

    def _beyond(self, key: str, order: Sequence[str], *, backwards: bool) -> Q:
        """Rows that come after the key in the order (before it, if *backwards*)."""
        try:
            texts = signing.loads(key, salt=self._salt(order))
        except signing.BadSignature as error:  # made for another list or order, or by somebody else
            raise IncorrectLookupParameters from error
        columns = [_column(self.model, name) for name in order]
        values = [column.to_python(text) for column, text in zip(columns, texts, strict=True)]
        beyond, equal = Q(), Q()
        for name, column, value in zip(order, columns, values, strict=True):
            sign = "lt" if name.startswith("-") != backwards else "gt"
            beyond |= equal & Q((f"{column.name}__{sign}", value))
            equal &= Q((column.name, value))
        # The first column alone says where in the index to begin.
        first = "lte" if order[0].startswith("-") != backwards else "gte"
        return Q((f"{columns[0].name}__{first}", values[0])) & beyond

    def _salt(self, order: Sequence[str]) -> str:
        return f"{self.model._meta.label}:{','.join(order)}"


class KeyPaginatedAdmin(ModelAdmin[Any]):
    """An admin whose list costs the same however many rows there are.

    ``sortable_by`` names the columns that may be sorted by: each must lead an index and hold no NULL, which
    the system check asks for. ``search_fields`` are columns that are looked at by their beginning.
    """

    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    list_per_page = 50
    list_max_show_all = 0
    sortable_by: ClassVar[list[str] | tuple[str, ...] | None] = ()
    view_on_site = False

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return KeyChangeList

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """What the filters of the list use, and nothing else: no pattern that the database would labour at."""
        filters: list[Any] = [item for item in self.list_filter if not callable(item)]
        names = [item if isinstance(item, str) else item[0] for item in filters]
        used = {f"{name}{end}" for name in names for end in ("", "__exact", "__id__exact")}
        used |= {getattr(item, "parameter_name", "") for item in self.list_filter if callable(item)}
        return lookup in used and "\0" not in value

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        term = " ".join(search_term.replace("\0", " ").split())[:100]
        if not term:
            return queryset, False
        found = queryset.filter(self.matching(term)).order_by().values("pk")[:FOUND_AT_MOST]
        return queryset.filter(pk__in=found), False

    def matching(self, term: str) -> Q:
        """The rows that a search for *term* finds."""
        found = Q()
        for column in self.search_fields:
            found |= beginning(str(column), term)
        return found

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        ordering = list(self.ordering or self.model._meta.ordering)
        columns = [
            *ordering[:1],
            *(getattr(getattr(self, name, None), "admin_order_field", name) for name in self.sortable_by or ()),
        ]
        return [
            *super().check(**kwargs),
            *(
                checks.Error(
                    f"{self.model._meta.label}: sorted by “{name}”, which leads no index or may be NULL.",
                    hint="Add an index, or leave the column out of ordering and sortable_by.",
                    obj=self.__class__,
                    id="articles.E101",
                )
                for name in columns
                if not _may_be_sorted_by(self.model, name)
            ),
        ]


def beginning(column: str, text: str) -> Q:
    """Rows whose *column* begins with *text*, in a form that the database answers from an index."""
    if connection.vendor == "sqlite":  # its LIKE uses no index; text compares by code points
        return Q((f"{column}__gte", text), (f"{column}__lt", text + "\U0010ffff"))
    return Q((f"{column}__startswith", text))


def _reversed(order: Sequence[str]) -> list[str]:
    return [name.removeprefix("-") if name.startswith("-") else f"-{name}" for name in order]


def _column(model: type[Model], name: str) -> "Field[Any, Any]":
    name = name.removeprefix("-")
    field = model._meta.pk if name == "pk" else model._meta.get_field(name)
    assert isinstance(field, Field)  # noqa: S101 - the system check has seen to it
    return field


def _may_be_sorted_by(model: type[Model], name: Any) -> bool:
    if not isinstance(name, str):
        return False
    try:
        column = _column(model, name)
    except (FieldDoesNotExist, AssertionError):
        return False
    if column.null or column.is_relation:
        return False
    leading = {index.fields_orders[0][0] for index in model._meta.indexes if index.fields and not index.condition}
    return column.unique or bool(getattr(column, "db_index", False)) or column.name in leading
