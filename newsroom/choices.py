"""What the desk's fields offer to choose from, found while one types; without counting."""

from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property

OFFERED_AT_MOST = 500


class _ShortPage(Page):  # type: ignore[type-arg]  # not generic at run time
    more = False

    def has_next(self) -> bool:
        return self.more


class _ShortPaginator(Paginator):  # type: ignore[type-arg]  # not generic at run time
    """Knows whether another page follows by reading one row more; counts nothing."""

    @cached_property
    def count(self) -> int:
        return OFFERED_AT_MOST

    def page(self, number: int | str) -> _ShortPage:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        rows = list(self.object_list[first : first + self.per_page + 1])
        page = _ShortPage(rows[: self.per_page], number, self)
        page.more = len(rows) > self.per_page and number < self.num_pages
        return page


class KeyAutocomplete(AutocompleteJsonView):
    """Choices for a field, out of what the user may see, without counting them."""

    def get_paginator(self, *args: Any, **kwargs: Any) -> _ShortPaginator:
        return _ShortPaginator(*args, **kwargs)
