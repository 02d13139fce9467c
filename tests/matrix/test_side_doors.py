"""Whatever address of the desk is asked for, nobody meets the text of a story that is not theirs to see.

The addresses are walked out of the URL configuration: one whose parameters this test doesn't know fails it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse
from PIL import Image

from articles.enums import CreditRole
from articles.media import intake
from articles.models import Article, ArticlePicture, Citation, Comment, Contributor, Credit, Finding, Mention, Paper
from newsroom.desk.front import QUEUES
from tests import cast
from tests.matrix import desk, table
from tests.matrix.desk import NOBODY, OUTSIDE
from tests.translations import making, pay
from translations.models import Job, JobEvent, Segment

BLIND = ["radu", "tanya", "adam", "sam", "nora", "nobody"]
CASES = [("draft", name) for name in BLIND] + [("submitted", "tanya"), ("held", "radu"), ("spiked", "tanya")]
LEAVING = {"logout"}  # ends the session; shows nothing
POSTED = {
    "version": "1",
    "text": "A note",
    "reason": "It may stand.",
    "action": "delete_selected",
    "post": "yes",
}
FORM = "/admin/articles/article/"


def shot() -> SimpleUploadedFile:
    """A small picture, as somebody uploads one."""
    content = io.BytesIO()
    Image.new("RGB", (8, 6), "navy").save(content, "PNG")
    return SimpleUploadedFile("river.png", content.getvalue())


@pytest.fixture
def hidden(request, standing) -> Article:
    """A story with marked text in every row that hangs on it, and with every register in use."""
    article, _place = standing(request.param)
    picture = intake.take_in(shot(), by=cast.user("emil"), title="River", credit="Own", licence="own")
    person = cast.speaker()
    article.citations.update(title=desk.MARK, note=desk.MARK, url=f"https://example.org/{desk.MARK}")
    article.quotes.update(
        words=desk.MARK, original_words=desk.MARK, original_language="ro", description="", person=person
    )
    Mention.objects.create(article=article, person=person)
    ArticlePicture.objects.create(article=article, number=1, picture=picture, alt=desk.MARK, caption=desk.MARK)
    Comment.objects.create(article=article, by=cast.user("elena"), text=desk.MARK)
    article.tags.add("river")
    Paper.objects.create(name="The River Post")
    Finding.objects.create(
        revision=article.head,
        rule="parts",
        severity="error",
        message=desk.MARK,
        fingerprint="f" * 64,
        place={"field": "headline", "excerpt": desk.MARK},
    )
    pay.of_somebody_else(article, desk.MARK)
    job = Job.objects.create(
        original=article.original,
        language=article.language,
        article=article,
        base=article.original.head,
        translator=cast.user("elena"),
        requested_by=cast.user("emil"),
        brief=desk.MARK,
    )
    Segment.objects.create(job=job, position=1, field="headline", source=desk.MARK, sha256="0" * 64, target=desk.MARK)
    making.remembered(desk.MARK, desk.MARK, article=article, origin=f"article-{article.pk}", by=cast.user("emil"))
    making.term("river", "râu")
    JobEvent.objects.create(job=job, step="request", to_state="requested", round=1, note=desk.MARK)
    return article


def patterns() -> Iterator[URLPattern]:
    """Every pattern below /admin/."""
    admins = [found for found in get_resolver().url_patterns if getattr(found, "app_name", "") == "admin"]

    def walk(found: Any) -> Iterator[URLPattern]:
        for pattern in found.url_patterns:
            yield from walk(pattern) if hasattr(pattern, "url_patterns") else [pattern]

    return walk(admins[0])


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
        "segment": Segment.objects.first().pk,
        "object_id": 1,  # of a register without a row
        "id": 1,
    }
    rows = {model._meta.label_lower: model.objects.first() for model in admin.site._registry}
    rows["articles.article"] = article
    for pattern in patterns():
        name = pattern.name or ""
        wanted = set(pattern.pattern.converters) | set(pattern.pattern.regex.groupindex)
        if name in LEAVING or wanted & {"url", "app_label"}:
            continue
        if name == "queue":
            yield from (f"/admin/desk/{queue}/" for queue in QUEUES)
            continue
        label = next((label for label in rows if name.startswith(label.replace(".", "_") + "_")), "")
        row = rows.get(label, article)
        values = known | {"object_id": row.pk, "id": row.pk} if row else known
        if isinstance(row, Job):
            values["pk"] = row.pk
        assert wanted <= set(values), f"{name}: this test knows no value for {wanted - set(values)}"
        try:
            yield reverse(f"admin:{name}", kwargs={key: values[key] for key in wanted})
        except NoReverseMatch:
            assert not name, name  # the old address of a form, which leads to the new one
    yield from (f"/admin/{app}/" for app in ("articles", "newsroom", "translations"))
    yield f"{FORM}{article.pk}/"
    yield from (f"{FORM}{article.pk}/step/{step}/" for step in table.names())


def questions(article: Article) -> list[str]:
    """Ways to ask a list, a form or a chooser for what it would not show."""
    lists = [
        "q=Commission", f"q={article.pk}", "q=commission", f"id={article.pk}", f"pk__in={article.pk}",
        "headline__startswith=Commission", "original__headline__contains=O", f"state={article.state}",
        "citations__title__contains=q", "revisions__document__contains=q", "_popup=1", "o=1", "all=1",
        "_to_field=slug&_popup=1", "e=1", "p=0", "_facets=True",
    ]  # fmt: skip
    asked = [f"{FORM}?{question}" for question in lists]
    asked += [f"{FORM}add/?original={article.pk}", f"{FORM}add/?citations={article.citations.get().pk}"]
    asked += [
        f"{FORM}{article.pk}/change/?_popup=1&_to_field=slug",
        f"{FORM}{article.pk}/compare/?old=1&new=1",
    ]
    for model in (Article, Citation, Credit, *admin.site._registry):
        named = f"app_label={model._meta.app_label}&model_name={model._meta.model_name}"
        relations = [field.name for field in model._meta.get_fields() if field.is_relation and field.concrete]
        asked += [f"/admin/autocomplete/?{named}&term=&field_name={name}" for name in relations]
    return asked


@pytest.mark.parametrize(("hidden", "name"), CASES, indirect=["hidden"])
def test_no_address_shows_a_hidden_story(hidden, name):
    person = desk.person(name)
    client = desk.sign_in(person)
    before = desk.record()
    faults = []
    own = f"{FORM}{hidden.pk}/"
    with desk.undone():
        for address in [*dict.fromkeys(addresses(hidden)), *questions(hidden)]:
            for method in ("get",) if "?" in address else ("get", "post"):
                answer = getattr(client, method)(address, POSTED if method == "post" else None)
                leaks = desk.MARK in answer.getvalue().decode(errors="replace") or answer.status_code >= 500
                moved = getattr(answer, "url", "") == f"{own}change/"
                if leaks or (own in address and not moved and answer.status_code not in shut(person)):
                    faults.append(f"{method} {address}: {answer.status_code}, not one of {shut(person)}")
        if desk.record() != before:
            faults.append("one of the posts changed something")
    assert not faults, "\n".join(faults)


def shut(person: table.Person) -> set[int]:
    """How an address of the story answers: the door, no right at all, or as if there were no story."""
    if person is NOBODY or person.name in OUTSIDE:
        return {302}
    return {400, 403, 404, 405}


@pytest.mark.parametrize("hidden", ["draft"], indirect=True)
def test_who_may_see_the_story_finds_it_at_those_addresses(hidden):
    """Else the test above would look for a text that no page shows."""
    elena, rita = desk.sign_in(desk.person("elena")), desk.sign_in(desk.person("rita"))
    shown = [
        "",
        *(f"{hidden.pk}/{page}/" for page in ("change", "history", "preview", "compare", "step/spike")),
    ]
    for page in shown:
        assert desk.MARK in elena.get(f"{FORM}{page}").content.decode(), page
    assert desk.MARK in elena.get(f"{FORM}?q=Commission").content.decode()
    assert desk.MARK in rita.get(f"{FORM}{hidden.pk}/change/").content.decode()
    assert desk.MARK in rita.get("/admin/").content.decode()


@pytest.mark.parametrize("hidden", ["draft", "held"], indirect=True)
def test_a_hidden_story_and_none_answer_alike(hidden):
    """By the answer alone nobody learns that there is something."""
    client = desk.sign_in(desk.person("radu"))
    for page in ("change/", "history/", "preview/", "compare/", "step/publish/", "delete/", ""):
        there = client.get(f"{FORM}{hidden.pk}/{page}", follow=True)
        nowhere = client.get(f"{FORM}987654/{page}", follow=True)
        assert there.status_code == nowhere.status_code == (403 if page == "delete/" else 404), page
        assert without_numbers(there) == without_numbers(nowhere), page


def without_numbers(answer: Any) -> str:
    """The page without what differs at every request."""
    changing = r"nonce=\S+|csrfmiddlewaretoken\S+ value=\S+|[0-9a-f]{12,}|[0-9]+"
    return re.sub(changing, "", answer.content.decode())


def test_an_article_is_not_filed_as_another_ones_translation(standing):
    hidden, _place = standing("draft")
    client = desk.sign_in(desk.person("radu"))
    page = client.get(f"{FORM}add/?original={hidden.pk}").content.decode()
    form = desk.fields(page, "headline")
    sent = form | {"headline": ["Mine"], "original": [str(hidden.pk)], "state": ["published"]}
    assert client.post(f"{FORM}add/", sent).status_code == 302
    filed = Article.objects.get(headline="Mine")
    assert (filed.original, filed.state, filed.created_by.username) == (None, "draft", "radu")


def test_a_credit_opens_a_story_to_who_is_credited(standing):
    article, _place = standing("draft")
    client = desk.sign_in(desk.person("radu"))
    assert client.get(f"{FORM}{article.pk}/change/").status_code == 404
    contributor = Contributor.objects.create(slug="radu", name="Radu", user=desk.user("radu"))
    Credit.objects.create(article=article, contributor=contributor, role=CreditRole.REPORTER)
    assert client.get(f"{FORM}{article.pk}/change/").status_code == 200
