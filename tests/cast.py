"""The named cast: who works at the desk in the tests, and stories in any state, made through the workflow.

Rita reports, Tudor translates, Elena and Emil edit, Clara is the chief, Adam administers, Sam is a superuser
without a role, Nora has signed in and has no role at all.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.utils import timezone

from articles.enums import Change, CreditRole, Role
from articles.models import Article, Citation, Contributor, Credit, Person, PersonName, Quote, Section, Source
from articles.workflow import filing, publishing, withdrawing
from newsroom.models import User

PASSWORD = "correct horse battery staple"
ROLES: dict[str, Role | None] = {
    "rita": Role.REPORTER,
    "tudor": Role.TRANSLATOR,
    "elena": Role.EDITOR,
    "emil": Role.EDITOR,
    "clara": Role.CHIEF,
    "adam": Role.ADMINISTRATOR,
    "sam": None,
    "nora": None,
}
BODY = (
    "<p>The river commission met in Galați on Monday and agreed on a timetable.</p>"
    '<blockquote data-quote="1"><p>“The dredging of the lower channel begins in March.”</p></blockquote>'
    '<p>The ministry confirmed the plan.<sup data-citation="1">1</sup></p>'
)


TRANSLATED = {
    "headline": "Comisia a convenit un calendar",
    "body": BODY.replace("<p>", "<p>Ro ").replace("Ro “", "“Ro "),
}
"""What a translation says unless it is said otherwise; nobody has to know the language."""


def user(name: str) -> User:
    """A member of the cast by name; the same row each time, read anew: roles are read once for each object."""
    if found := User.objects.filter(username=name).first():
        return found
    person = User.objects.create(
        username=name,
        first_name=name.title(),
        email=f"{name}@example.org",
        password=make_password(PASSWORD),
        is_staff=True,
        is_superuser=name == "sam",
    )
    if role := ROLES[name]:
        person.groups.add(Group.objects.get_or_create(name=role)[0])
    return person


def section(slug: str = "international") -> Section:
    return Section.objects.get_or_create(slug=slug, defaults={"names": {"en": slug.title(), "ro": f"{slug} (ro)"}})[0]


def source(slug: str = "tass", name: str = "TASS") -> Source:
    return Source.objects.get_or_create(slug=slug, defaults={"name": name, "label": "state-controlled"})[0]


def speaker() -> Person:
    """Somebody with name forms, one of them a misspelling."""
    person, made = Person.objects.get_or_create(slug="aleksandr-darchiev", defaults={"name": "Aleksandr Darchiev"})
    if made:
        for language, kind, form in (
            ("en", "preferred", "Aleksandr Darchiev"),
            ("ro", "preferred", "Aleksandr Darciev"),
            ("ru", "preferred", "Александр Дарчиев"),
            ("en", "misspelling", "Aleksandr Darcheev"),
        ):
            PersonName.objects.create(person=person, language=language, kind=kind, form=form)
    return person


def contributor(name: str) -> Contributor:
    return Contributor.objects.get_or_create(
        slug=name, defaults={"name": f"{name.title()} Byline", "user": user(name)}
    )[0]


def draft(by: User | None = None, **fields: Any) -> Article:
    """A draft that the copy desk has nothing against, filed by Rita unless said otherwise."""
    by = by or user("rita")
    values = {
        "language": "en",
        "section": None if fields.get("page") else section(),
        "headline": "Commission agrees on a timetable",
        "standfirst": "Work on the lower channel begins in spring.",
        "body": BODY,
        **(TRANSLATED if fields.get("original") else {}),
        **fields,
    }
    article = Article(**values)

    def write() -> None:
        article.save()
        citation = Citation.objects.create(article=article, number=1, source=source(), title="Statement")
        Quote.objects.create(
            article=article, number=1, description="A commission spokesperson", citation=citation,
            words=("Ro " if article.original_id else "") + "The dredging of the lower channel begins in March.",
        )  # fmt: skip
        Credit.objects.create(article=article, contributor=contributor("rita"), role=CreditRole.AUTHOR)
        if article.original_id:
            Credit.objects.create(article=article, contributor=contributor("tudor"), role=CreditRole.TRANSLATOR)

    return filing.file(article, by=by, write=write)


def fresh(article: Article) -> Article:
    return Article.objects.get(pk=article.pk)


def edit(article: Article, by: User, **fields: Any) -> Article:
    """Saves the article with other values, as *by*."""
    article = fresh(article)
    for name, value in fields.items():
        setattr(article, name, value)
    return filing.save(article, by=by, version=article.version, write=article.save)


def submitted(**fields: Any) -> Article:
    article = draft(**fields)
    return filing.submit(article, by=user("rita"), version=article.version)


def editing(by: str = "elena", **fields: Any) -> Article:
    article = submitted(**fields)
    return filing.claim(article, by=user(by), version=article.version)


def ready(**fields: Any) -> Article:
    article = editing(**fields)
    return filing.approve(article, by=user("elena"), version=article.version)


def live(**fields: Any) -> Article:
    article = ready(**fields)
    return publishing.publish(article, by=user("elena"), version=article.version)


def scheduled(hours: int = 2, **fields: Any) -> Article:
    article = ready(**fields)
    return publishing.schedule(
        article,
        by=user("elena"),
        version=article.version,
        visible_from=timezone.now() + timedelta(hours=hours),
    )


def corrected(**fields: Any) -> Article:
    """Live, then changed and published again with a correction."""
    return corrected_again(live(**fields))


def corrected_again(article: Article, standfirst: str = "Work on the lower channel begins in autumn.") -> Article:
    """A live story with another standfirst, approved by Emil and published as a correction."""
    article = edit(article, user("elena"), standfirst=standfirst)
    article = filing.approve(article, by=user("emil"), version=article.version)
    return publishing.publish(
        article,
        by=user("emil"),
        version=article.version,
        change=Change.CORRECTION,
        note="The season was wrong.",
    )


def held(**fields: Any) -> Article:
    article = live(**fields)
    return withdrawing.hold(article, by=user("elena"), version=article.version, note="A doubt about the date.")


def retracted(**fields: Any) -> Article:
    article = live(**fields)
    return withdrawing.retract(article, by=user("clara"), version=article.version, note="The document was not genuine.")


def removed(**fields: Any) -> Article:
    article = live(**fields)
    return withdrawing.remove(article, by=user("clara"), version=article.version, note="Court order 12/2026.")


def spiked(**fields: Any) -> Article:
    article = draft(**fields)
    return filing.spike(article, by=user("elena"), version=article.version, note="Overtaken by events.")


STATES: dict[str, Callable[..., Article]] = {
    "draft": draft,
    "submitted": submitted,
    "editing": editing,
    "ready": ready,
    "scheduled": scheduled,
    "live": live,
    "corrected": corrected,
    "held": held,
    "retracted": retracted,
    "removed": removed,
    "spiked": spiked,
}
