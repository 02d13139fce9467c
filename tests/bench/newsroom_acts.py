"""What is done in a process of the newsroom: ``python -m tests.bench.newsroom_acts prepare 10000``."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from functools import partial
from itertools import count as counting
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()

from django.core.management import call_command  # noqa: E402  # apps have to be ready
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils.http import urlencode  # noqa: E402

from articles.models import Article, Publication, Section  # noqa: E402
from articles.public import listing  # noqa: E402
from articles.workflow import filing, publishing  # noqa: E402
from newsroom.models import User  # noqa: E402
from tests.bench import bulk, depths, publisher, stories, words  # noqa: E402
from tests.bench.newsroom_password import PASSWORD  # noqa: E402

IN_ADDRESS = ("language", "slug", "first_published")


def prepare(count: str) -> None:
    """Brings up the database and fills it with *count* stories."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("sync_roles", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    stories.make(int(count), lambda done: print(done, flush=True))
    for user in User.objects.all():
        user.set_password(PASSWORD)
        user.save()
    bulk.settle()


def addresses() -> dict[str, list[str]]:
    """The paths that are asked for, by kind of page."""
    language = stories.LANGUAGE
    live = Publication.objects.live().filter(language=language).order_by("first_published")
    spread = depths.spread(list(live.values_list("pk", flat=True)))
    section = Section.objects.get(slug=words.SECTIONS[0])
    newest = live.filter(section=section).newest()
    own = reverse("section", kwargs={"language": language, "section": section.slug})
    befores = [newest[before - 1] for before in depths.offsets(newest.count()) if before]
    search = reverse("search", kwargs={"language": language})
    changelist = reverse("admin:articles_article_changelist")
    asked = [f"{search}?{urlencode({'q': query})}" for query in words.queries()]
    return {
        "story": [row.get_absolute_url() for row in live.only(*IN_ADDRESS).filter(pk__in=spread)],
        "front": [reverse("front", kwargs={"language": language})],
        "section": [own],
        "deep": [f"{own}?{urlencode({'before': listing.key(row, 'first_published')})}" for row in befores],
        "newest": asked,
        "best": [f"{path}&sort=best" for path in asked],
        "admin": [changelist, f"{changelist}?state__exact=published", f"{changelist}?language__exact={language}"],
    }


def every_story() -> list[str]:
    """The path of each story, the newest first."""
    rows = Publication.objects.live().filter(language=stories.LANGUAGE).newest()
    return [row.get_absolute_url() for row in rows.only(*IN_ADDRESS).iterator()]


def articles() -> dict[str, int]:
    """The id of the newest story's article, by its path."""
    row = Publication.objects.live().newest().first()
    if row is None:
        raise SystemExit("There is no story.")
    return {row.get_absolute_url(): row.article_id}


def queries() -> dict[str, int]:
    """The most queries that a page of each kind makes, in a process that has made these pages before."""
    client = Client(SERVER_NAME="127.0.0.1")
    most = {}
    for kind in ("story", "front", "section", "deep"):
        paths = addresses()[kind][:20]
        for path in paths:  # what pages share stays in the process's memory
            client.get(path)
        most[kind] = max(_queries(partial(client.get, path)) for path in paths)
    return most


def publish(first: str) -> None:
    """Publishes new stories, numbered from *first* on: the text is approved, and one click is left."""
    registers = stories.known_registers()
    numbers = counting(int(first))

    def prepared() -> Article:
        text = words.text(next(numbers), 1)
        article = Article(**stories.columns(text, registers))
        write = partial(stories.working_copy(text, registers), article)
        article = filing.file(article, by=registers.reporter, write=write)
        article = filing.submit(article, by=registers.reporter, version=article.version)
        article = filing.claim(article, by=registers.editor, version=article.version)
        return filing.approve(article, by=registers.editor, version=article.version)

    def act(article: Article) -> None:
        publishing.publish(article, by=registers.editor, version=article.version)

    publisher.serve(prepared, act, _queries)


def _queries(act: Callable[[], Any]) -> int:
    """Savepoints are counted, the beginning and the end of a transaction are not."""
    with CaptureQueriesContext(connection) as captured:
        act()
    return sum(query["sql"] not in {"BEGIN", "COMMIT"} for query in captured)


def main(act: str, *arguments: str) -> None:
    acts: dict[str, Callable[..., Any]] = {
        "prepare": prepare, "addresses": addresses, "every_story": every_story, "articles": articles,
        "queries": queries, "publish": publish,
    }  # fmt: skip
    answer = acts[act](*arguments)
    if answer is not None:
        print(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
