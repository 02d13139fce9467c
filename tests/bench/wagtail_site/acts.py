"""What is done in a process of the Wagtail site: ``python -m tests.bench.wagtail_site.acts prepare 10000``."""

from __future__ import annotations

import io
import json
import math
import os
import sys
import uuid
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count as counting
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.wagtail_site.settings")
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402  # apps have to be ready
from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.core.files.base import ContentFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.management.color import no_style  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from PIL import Image as Drawing  # noqa: E402
from taggit.models import Tag  # noqa: E402
from wagtail.images.models import Image  # noqa: E402
from wagtail.models import Locale, Page, Site  # noqa: E402

from tests.bench import depths, publisher, words  # noqa: E402
from tests.bench.wagtail_site.models import (  # noqa: E402
    PAGE,
    Author,
    FrontPage,
    RelatedStory,
    SectionPage,
    StoryPage,
    StoryTag,
)

BATCH = 2_000
RELATED = 4


def prepare(count: str) -> None:
    """Brings up the database and fills it with *count* stories."""
    call_command("migrate", verbosity=0, interactive=False)
    registers()
    fill(int(count))
    call_command("rebuild_references_index", verbosity=0)
    call_command("update_index", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")


def registers() -> None:
    get_user_model().objects.create(username="editor", is_staff=True, is_superuser=True)
    for number in range(words.CONTRIBUTORS):
        Author.objects.create(name=words.person(number + 500))
    for number in range(words.TAGS):
        Tag.objects.create(name=f"{words.KIND[number % 20]} {words.WHAT[number // 20]}", slug=f"tag-{number}")
    for number in range(words.PICTURES):
        content = io.BytesIO()
        Drawing.new("RGB", (1600, 1000), (number * 6, 120, 160)).save(content, "JPEG")
        Image.objects.create(
            title=f"Picture {number}", file=ContentFile(content.getvalue(), f"{number}.jpg"), width=1600, height=1000
        )
    Site.objects.all().delete()
    Page.objects.filter(depth=2).delete()
    root = Page.objects.get(depth=1)
    front = root.add_child(instance=FrontPage(title="News", slug="news"))
    Site.objects.create(hostname="localhost", root_page=front, is_default_site=True)
    for slug in words.SECTIONS:
        front.add_child(instance=SectionPage(title=slug.capitalize(), slug=slug, show_in_menus=True))


def fill(count: int) -> None:
    """Stories straight as rows, each where ``add_child`` would have put it."""
    sections = list(SectionPage.objects.order_by("path"))
    first = Page.objects.order_by("-pk").values_list("pk", flat=True)[0] + 1
    children = [0] * len(sections)
    for start in range(0, count, BATCH):
        texts = [words.text(number, count) for number in range(start + 1, min(start + BATCH, count) + 1)]
        pages = []
        for text in texts:
            children[text.section] += 1
            pages.append(_page(text, sections[text.section], children[text.section], first + text.number))
        Page.objects.bulk_create(pages)
        _copy(StoryPage, list(_stories(texts, first)))
        _copy(StoryTag, list(_tags(texts, first)))
        _copy(RelatedStory, list(_related(texts, first)))
        print(start + len(texts), flush=True)
    for section, number in zip(sections, children, strict=True):
        Page.objects.filter(pk=section.pk).update(numchild=number)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Page, StoryTag, RelatedStory]):
            cursor.execute(statement)


def _page(text: words.Text, section: SectionPage, place: int, pk: int) -> Page:
    return Page(
        pk=pk,
        path=Page._get_path(section.path, section.depth + 1, place),
        depth=section.depth + 1,
        title=text.headline,
        draft_title=text.headline,
        slug=text.slug,
        url_path=f"{section.url_path}{text.slug}/",
        content_type=ContentType.objects.get_for_model(StoryPage),
        live=True,
        locale=Locale.get_default(),
        translation_key=uuid.uuid5(uuid.NAMESPACE_URL, text.slug),
        first_published_at=text.moment,
        last_published_at=text.moment,
        latest_revision_created_at=text.moment,
    )


def _stories(texts: list[words.Text], first: int) -> Iterator[dict[str, Any]]:
    pictures, authors = _ids(Image), _ids(Author)
    for text in texts:
        yield {
            "page_ptr_id": first + text.number, "moment": text.moment, "standfirst": text.standfirst,
            "body": body(text), "picture_id": pictures[text.picture], "author_id": authors[text.contributor],
        }  # fmt: skip


def _tags(texts: list[words.Text], first: int) -> Iterator[dict[str, Any]]:
    tags = _ids(Tag)
    for text in texts:
        for number in set(text.tags):
            yield {"content_object_id": first + text.number, "tag_id": tags[number]}


def _related(texts: list[words.Text], first: int) -> Iterator[dict[str, Any]]:
    """The four stories of the section before this one."""
    for text in texts:
        for place in range(RELATED):
            number = text.number - len(words.SECTIONS) * (place + 1)
            if number > 0:
                yield {"page_id": first + text.number, "story_id": first + number, "sort_order": place}


def _ids(model: Any) -> list[int]:
    return list(model.objects.order_by("pk").values_list("pk", flat=True))


def _copy(model: Any, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    columns = ", ".join(rows[0])
    with connection.cursor() as cursor, cursor.copy(f"COPY {model._meta.db_table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(list(row.values()))


def body(text: words.Text) -> str:
    parts = [f"<p>{part}</p>" for part in text.paragraphs]
    parts.insert(2, f"<blockquote>“{text.quote}”</blockquote>")
    return "".join(parts)


def addresses() -> dict[str, list[str]]:
    """The paths that are asked for, by kind of page."""
    stories = StoryPage.objects.live().order_by("moment").values_list("url_path", flat=True)
    section = SectionPage.objects.order_by("path")[0]
    number = section.get_children().count()
    pages = [1 + depth // PAGE for depth in depths.offsets(number)]
    top = len("/news")
    return {
        "story": [path[top:] for path in depths.spread(list(stories))],
        "front": ["/"],
        "section": [section.url_path[top:]],
        "deep": [f"{section.url_path[top:]}?page={min(page, math.ceil(number / PAGE))}" for page in pages],
    }


def queries() -> dict[str, int]:
    """The most queries that a page of each kind makes."""
    client, paths = Client(SERVER_NAME="127.0.0.1"), addresses()
    most = {}
    for kind in paths:
        client.get(paths[kind][0])  # what a process reads once is read
        most[kind] = max(_queries(partial(client.get, path)) for path in paths[kind][:20])
    return most


def publish(first: str) -> None:
    """Publishes new stories, numbered from *first* on: the revision is there, and goes live with all that Wagtail does then."""
    user = get_user_model().objects.get(username="editor")
    sections = list(SectionPage.objects.order_by("path"))
    pictures, authors, tags = _ids(Image), _ids(Author), _ids(Tag)
    related = list(StoryPage.objects.order_by("-moment")[:RELATED])
    numbers = counting(int(first))

    def prepared() -> Any:
        text = words.text(next(numbers), 1)
        story = StoryPage(
            title=text.headline, slug=text.slug, live=False, moment=words.NEWEST, standfirst=text.standfirst,
            body=body(text), picture_id=pictures[text.picture], author_id=authors[text.contributor],
        )  # fmt: skip
        sections[text.section].refresh_from_db()
        sections[text.section].add_child(instance=story)
        story.tags.add(*Tag.objects.filter(pk__in=[tags[number] for number in text.tags]))
        story.related = [RelatedStory(story=other, sort_order=place) for place, other in enumerate(related)]
        return story.save_revision(user=user)

    publisher.serve(prepared, lambda revision: revision.publish(user=user), _queries)


def _queries(act: Callable[[], None]) -> int:
    """Savepoints are counted, the beginning and the end of a transaction are not."""
    with CaptureQueriesContext(connection) as captured:
        act()
    return sum(query["sql"] not in {"BEGIN", "COMMIT"} for query in captured)


def main(act: str, *arguments: str) -> None:
    Path(os.environ["BENCH_MEDIA_ROOT"]).mkdir(parents=True, exist_ok=True)
    acts: dict[str, Callable[..., Any]] = {
        "prepare": prepare, "addresses": addresses, "queries": queries, "publish": publish,
    }  # fmt: skip
    answer = acts[act](*arguments)
    if answer is not None:
        print(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
