"""People and a story for the matrix."""

from collections.abc import Callable

import pytest

from articles.models import Article
from tests.matrix import desk
from tests.matrix.table import Place


@pytest.fixture
def everybody(db) -> None:
    desk.everybody()


@pytest.fixture
def standing(everybody) -> Callable[[str], tuple[Article, Place]]:
    """Makes the story in the state of that name."""

    def made(name: str, page: str = "") -> tuple[Article, Place]:
        place, make = desk.STATES[name]
        article = desk.story(make, page)
        assert desk.stands(article) == (place.desk, place.public)
        return article, place

    return made
