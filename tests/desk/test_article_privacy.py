"""Who only sees a story because readers do, doesn't see how it came about, nor what comes next."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article
from articles.workflow import filing, publishing
from tests import cast
from tests.cast import user
from tests.desk.typing_in import at_desk

pytestmark = pytest.mark.django_db
SECRET = "Names withheld"


@pytest.fixture
def of_another() -> Article:
    """A live story by Emil; one of its revisions said what none that was published says."""
    article = cast.live()
    article = cast.edit(article, user("elena"), kicker=SECRET)
    article = cast.edit(article, user("elena"), kicker="")
    article = filing.approve(article, by=user("emil"), version=article.version)
    article = publishing.publish(article, by=user("emil"), version=article.version, change="refile")
    article.comments.create(by=user("elena"), text=SECRET)
    return article


@pytest.mark.parametrize("page", ["history/", "compare/?old=1&new=2", "comment/", "change/"])
def test_a_colleague_who_does_not_work_on_it(of_another, page) -> None:
    tudor = at_desk("tudor")
    response = tudor.get(f"/admin/articles/article/{of_another.pk}/{page}")
    assert response.status_code == (200 if page == "change/" else 404)
    assert SECRET not in response.content.decode()


@pytest.mark.parametrize("name", ["rita", "elena", "clara"])
def test_who_works_on_it_sees_its_history(of_another, name) -> None:
    response = at_desk(name).get(f"/admin/articles/article/{of_another.pk}/history/")
    assert SECRET in response.content.decode()


def test_a_text_that_is_scheduled_is_hidden_like_any_that_is_not_public() -> None:
    article = cast.edit(cast.live(), user("elena"), kicker=SECRET)
    article = filing.approve(article, by=user("emil"), version=article.version)
    later = timezone.now() + timedelta(hours=2)
    publishing.schedule(article, by=user("emil"), version=article.version, visible_from=later, change="refile")
    for page in ("change/", "preview/", "history/", "compare/"):
        response = at_desk("tudor").get(f"/admin/articles/article/{article.pk}/{page}")
        assert (response.status_code, SECRET in response.content.decode()) == (404, False), page


def test_translating_a_translation_does_not_show_its_original_while_that_is_edited() -> None:
    original = cast.live()
    romanian = cast.live(original=original, language="ro", headline="Comisia a convenit")
    cast.edit(original, user("elena"), body=cast.BODY + f"<p>{SECRET}</p>")
    tudor = at_desk("tudor")
    tudor.post(f"/admin/articles/article/{romanian.pk}/translate/", {"language": "uk"})
    assert not Article.objects.filter(language="uk").exists()
