"""Whatever address of the desk is asked for, nobody meets the text of a story that is not theirs to see.

The addresses are walked out of the URL configuration: one whose parameters this test doesn't know fails it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.files.base import ContentFile
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse

from articles.enums import CreditRole
from articles.models import Article, ArticlePicture, Citation, Comment, Credit, Finding, Mention, Picture
from tests import cast
from tests.matrix import desk, table
from tests.matrix.desk import NOBODY, OUTSIDE, PEOPLE

BLIND = ["radu", "tanya", "adam", "sam", "nora", "nobody"]
HIDDEN = ["draft", "submitted", "held", "spiked"]
LEAVING = {"logout"}  # ends the session; shows nothing
POSTED = {
    "version": "1",
    "text": "A note",
    "reason": "It may stand.",
    "action": "delete_selected",
    "post": "yes",
}


@pytest.fixture(params=HIDDEN)
def hidden(request, standing) -> Article:
    """A story with marked text in every row that hangs on it, and with every register in use."""
    article, _place = standing(request.param)
    picture = Picture(
        title="River", credit="Own", licence="own", uploaded_by=cast.user("emil"), sha256="a" * 64
    )
    picture.extension = "png"
    picture.file.save("", ContentFile(PIXEL), save=False)
    picture.save()
    person = cast.speaker()
    article.citations.update(title=desk.MARK, note=desk.MARK, url=f"https://example.org/{desk.MARK}")
    article.quotes.update(
        words=desk.MARK, original_words=desk.MARK, original_language="ro", description="", person=person
    )
    Mention.objects.create(article=article, person=person)
    ArticlePicture.objects.create(
        article=article, number=1, picture=picture, alt=desk.MARK, caption=desk.MARK
    )
    Comment.objects.create(article=article, by=cast.user("elena"), text=desk.MARK)
    article.tags.add("river")
    Finding.objects.create(
        revision=article.head, rule="parts", severity="error", message=desk.MARK, fingerprint="f" * 64,
        place={"field": "headline", "excerpt": desk.MARK},
    )  # fmt: skip
    return article


def addresses(article: Article) -> Iterator[str]:
    """Every address below /admin/, with the story and what hangs on it for parameters."""
    known: dict[str, Any] = {
        "pk": article.pk,
        "comment": article.comments.get().pk,
        "finding": article.head.findings.last().pk,
        "step": "publish",
        "language": "ru",
        "picture_id": article.pictures.get().picture_id,
        "width": 320,
        "content_type_id": 1,
    }
    rows = {model._meta.label_lower: model.objects.first() for model in admin.site._registry}
    rows["articles.article"] = article
    for pattern in patterns():
        name = pattern.name or ""
        if name in LEAVING or name == "app_list" or "url" in pattern.pattern.regex.groupindex:
            continue
        wanted = set(pattern.pattern.converters) | set(pattern.pattern.regex.groupindex)
        if name == "queue":
            yield from (f"/admin/desk/{queue}/" for queue in queues())
            continue
        values = dict(known)
        if wanted & {"object_id", "id"}:
            model = next(
                (label for label in rows if name.startswith(label.replace(".", "_") + "_")), "newsroom.user"
            )
            row = article if name == "view_on_site" else rows[model]
            values |= {"object_id": row.pk, "id": row.pk}
        assert wanted <= set(values), f"{name}: this test knows no value for {wanted - set(values)}"
        try:
            yield reverse(f"admin:{name}", kwargs={key: values[key] for key in wanted})
        except NoReverseMatch:
            assert not name, name  # the old address of a form, which leads to the new one
    yield from (f"/admin/{app}/" for app in ("articles", "newsroom", "translations"))
    yield f"/admin/articles/article/{article.pk}/"
    yield from (f"/admin/articles/article/{article.pk}/step/{step}/" for step in table.names())


def patterns() -> Iterator[URLPattern]:
    resolver = next(
        found for found in get_resolver().url_patterns if getattr(found, "app_name", "") == "admin"
    )

    def walk(found: Any) -> Iterator[URLPattern]:
        for pattern in found.url_patterns:
            yield from walk(pattern) if hasattr(pattern, "url_patterns") else [pattern]

    return walk(resolver)


def queues() -> list[str]:
    """The names of the lists on the desk's front page."""
    from newsroom.desk import QUEUES

    return [queue.name for queue in QUEUES]


def questions(article: Article) -> list[str]:
    """Ways to ask a list, a form or a chooser for what it would not show."""
    form, word = "/admin/articles/article/", "Commission"
    asked = [
        f"{form}?q={word}", f"{form}?q={article.pk}", f"{form}?q=commission", f"{form}?id={article.pk}", f"{form}?pk__in={article.pk}",
        f"{form}?headline__startswith={word}", f"{form}?original__headline__contains={word}", f"{form}?state={article.state}",
        f"{form}?citations__title__contains=q", f"{form}?revisions__document__contains=q", f"{form}?_popup=1", f"{form}?o=1", f"{form}?all=1",
        f"{form}?_to_field=slug&_popup=1", f"{form}?e=1", f"{form}?p=0", f"{form}?_facets=True",
        f"{form}add/?original={article.pk}", f"{form}add/?_changelist_filters=id%3D{article.pk}",
        f"{form}add/?citations={article.citations.first().pk}", f"{form}{article.pk}/change/?_popup=1&_to_field=slug",
        f"{form}{article.pk}/compare/?old=1&new=1",
    ]  # fmt: skip
    for model in (Article, Citation, Credit, *admin.site._registry):
        for field in model._meta.get_fields():
            if field.is_relation and field.concrete:
                asked.append(
                    f"/admin/autocomplete/?app_label={model._meta.app_label}&model_name={model._meta.model_name}"
                    f"&field_name={field.name}&term="
                )
    return asked


@pytest.mark.parametrize("name", BLIND)
def test_no_address_shows_a_hidden_story(hidden, name):
    person = next(person for person in PEOPLE if person.name == name)
    client = desk.sign_in(person)
    before = desk.record()
    faults = []
    for address in [*dict.fromkeys(addresses(hidden)), *questions(hidden)]:
        for method in ("get", "post"):
            if method == "post" and "?" in address:
                continue
            with desk.undone():
                answer = getattr(client, method)(address, POSTED if method == "post" else None)
                body = answer.getvalue().decode(errors="replace")
                changed = desk.record() != before if method == "post" else False
            if desk.MARK in body or answer.status_code >= 500 or changed:
                faults.append(f"{method} {address}: {answer.status_code}{', changed something' * changed}")
            if f"/article/{hidden.pk}/" in address:
                shut = (302,) if person is NOBODY or name in OUTSIDE else (403, 404, 405)
                if person.role and person.role != "administrator":
                    shut = (404, 405)
                if answer.status_code not in shut and "?" not in address:
                    faults.append(f"{method} {address}: {answer.status_code}, not one of {shut}")
    assert faults == []


def test_a_hidden_story_and_none_answer_alike(hidden):
    """By the answer alone nobody learns that there is something."""
    client = desk.sign_in(next(person for person in PEOPLE if person.name == "radu"))
    for page in ("change/", "history/", "preview/", "compare/", "step/publish/", "delete/", ""):
        there = client.get(f"/admin/articles/article/{hidden.pk}/{page}")
        nowhere = client.get(f"/admin/articles/article/987654/{page}")
        assert there.status_code == nowhere.status_code, page
        if there.status_code == 404:
            assert without_numbers(there) == without_numbers(nowhere), page


def without_numbers(answer: Any) -> str:
    """The page without what differs at every request."""
    import re

    return re.sub(
        r"[0-9]+|nonce=\S+|csrfmiddlewaretoken\S+ value=\S+|[0-9a-f]{12,}", "", answer.content.decode()
    )


def test_an_article_is_not_filed_as_another_ones_translation(standing):
    hidden, _place = standing("draft")
    client = desk.sign_in(next(person for person in PEOPLE if person.name == "radu"))
    address = "/admin/articles/article/add/"
    form = desk.fields(client.get(f"{address}?original={hidden.pk}").content.decode(), "headline")
    answer = client.post(
        address, form | {"headline": ["Mine"], "original": [str(hidden.pk)], "state": ["published"]}
    )
    assert answer.status_code == 302
    filed = Article.objects.get(headline="Mine")
    assert (filed.original, filed.state, filed.created_by.username) == (None, "draft", "radu")


def test_credits_open_a_story_to_who_is_credited_and_to_nobody_else(standing):
    article, _place = standing("draft")
    radu = cast.User.objects.get(username="radu")
    address = f"/admin/articles/article/{article.pk}/change/"
    client = desk.sign_in(next(person for person in PEOPLE if person.name == "radu"))
    assert client.get(address).status_code == 404
    contributor = cast.Contributor.objects.create(slug="radu", name="Radu", user=radu)
    Credit.objects.create(article=article, contributor=contributor, role=CreditRole.REPORTER)
    assert client.get(address).status_code == 200


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
)
