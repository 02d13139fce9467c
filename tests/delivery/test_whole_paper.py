"""After each step at the desk, every page from the cache is the page that the database would make now."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.utils import timezone

from articles.delivery import counters
from articles.models import Article, Citation, Contributor, Mention, Person, PersonName, Picture, Section, Source, Tag
from articles.models import Paper as Settings
from articles.workflow import filing, publishing, withdrawing
from tests import cast
from tests.cast import edit, fresh, user
from tests.delivery.conftest import Seen, ask
from tests.factories import make_picture

pytestmark = pytest.mark.django_db
STARTS = ["/en/", "/ro/", "/sitemap.xml", "/news-sitemap.xml"]
# What a page may still show some minutes after its choice has changed.
CHOSEN = re.compile(rb'<(section|aside)[^>]*class="[^"]*related.*?</\1>', re.DOTALL)
LINK = re.compile(r'(?:href="|<loc>)(?:http://localhost)?(/[^"<#?]*(?:\?before=[^"<#]*)?)')
SKIPPED = ("/static/", "/pictures/", "/admin/", "/accounts/", "/ru/", "/uk/")
TWINS = ("feed.rss", "feed.atom", "text.md")
"""Made as another form of the same is."""


class Paper:
    """All addresses that have been met so far: from the cache, of the parts in memory, and straight from the database."""

    def __init__(self, cache: Any, committed: Callable[[Callable[[], Any]], Any]) -> None:
        self.cache, self.committed = cache, committed
        self.addresses = dict.fromkeys(STARTS)
        self.behind = WSGIHandler()
        self.compare()

    def after(self, act: Callable[[], Any]) -> Any:
        """Does something at the desk and compares all pages."""
        done = self.committed(act)
        self.compare()
        return done

    def compare(self) -> None:
        waiting = list(self.addresses)
        while waiting:
            address = waiting.pop()
            kept, made = ask(self.cache, address), self.made(address)
            of_parts = ask(self.behind, address)
            for seen in (kept, of_parts):
                assert (seen.status, _shown(seen)) == (made.status, _shown(made)), address
            for link in LINK.findall(made.body.decode()):
                path = link.replace("&amp;", "&")
                if path not in self.addresses and not path.startswith(SKIPPED) and not path.endswith(TWINS):
                    self.addresses[path] = None
                    waiting.append(path)

    def made(self, address: str) -> Seen:
        """What the database makes of it, without any memory."""
        off = counters._shared[:]
        counters._shared.clear()
        counters.settings.NEWSROOM_SHARED_MEMORY, folder = "", counters.settings.NEWSROOM_SHARED_MEMORY
        try:
            return ask(self.behind, address)
        finally:
            counters._shared[:] = off
            counters.settings.NEWSROOM_SHARED_MEMORY = folder


def _shown(seen: Seen) -> bytes:
    return CHOSEN.sub(b"", seen.body)


@pytest.fixture
def story() -> Article:
    """A live one with people, topics and a picture."""
    return cast.live(slug="timetable")


@pytest.fixture
def paper(cache, committed, story) -> Paper:
    cast.live(slug="neighbour", headline="Another story")
    return Paper(cache, committed)


def again(article: Article, change: str = "correction", **fields: Any) -> Article:
    """Edited, approved and published once more."""
    article = filing.approve(edit(article, user("elena"), **fields), by=user("emil"), version=fresh(article).version)
    return publishing.publish(
        article,
        by=user("emil"),
        version=article.version,
        change=change,
        note="" if change == "refile" else "It was wrong.",
    )


def with_all(article: Article) -> Article:
    """The article with a person, topics and another source."""
    article = fresh(article)

    def write() -> None:
        article.save()
        article.tags.add("Danube", "Ports")
        Mention.objects.create(article=article, person=cast.speaker())
        Citation.objects.create(article=article, number=2, source=cast.source("dw", "Deutsche Welle"), title="Report")

    return filing.save(article, by=user("elena"), version=article.version, write=write)


def publish(article: Article, change: str = "update") -> Article:
    article = filing.approve(fresh(article), by=user("emil"), version=fresh(article).version)
    return publishing.publish(article, by=user("emil"), version=article.version, change=change, note="More is known.")


def test_publishing_correcting_and_withdrawing(paper, story):
    paper.after(lambda: publish(with_all(story)))
    assert {"/en/tag/danube/", "/en/person/aleksandr-darchiev/", "/en/source/dw/"} <= paper.addresses.keys()
    paper.after(lambda: again(story, headline="Commission agrees on another timetable"))
    paper.after(lambda: again(story, "refile", standfirst="A comma, moved."))
    paper.after(lambda: again(story, slug="another-timetable"))
    paper.after(lambda: again(story, section=cast.section("economy")))
    paper.after(lambda: cast.live(slug="third", headline="A third one", section=cast.section("culture")))
    held = paper.after(
        lambda: withdrawing.hold(fresh(story), by=user("elena"), version=fresh(story).version, note="A doubt.")
    )
    paper.after(lambda: withdrawing.release(fresh(held), by=user("elena"), version=fresh(held).version, note="None."))
    paper.after(
        lambda: withdrawing.retract(fresh(story), by=user("clara"), version=fresh(story).version, note="Not genuine.")
    )
    paper.after(lambda: withdrawing.remove(fresh(story), by=user("clara"), version=fresh(story).version, note="Court."))


def test_language_versions(paper, story):
    paper.after(lambda: cast.live(slug="calendar", headline="Calendar convenit", original=fresh(story), language="ro"))
    paper.after(lambda: again(story, headline="Commission agrees on another timetable"))
    paper.after(lambda: withdrawing.hold(fresh(story), by=user("elena"), version=fresh(story).version, note="A doubt."))


def test_schedules(paper, story, time_machine):
    start = timezone.now()
    time_machine.move_to(start, tick=True)
    paper.after(lambda: cast.scheduled(slug="later", headline="A later story", section=cast.section("sport")))
    changed = edit(fresh(story), user("elena"), headline="A headline for the evening")
    changed = filing.approve(changed, by=user("emil"), version=changed.version)
    evening = start + timedelta(hours=3)
    again = {"version": changed.version, "visible_from": evening, "change": "update", "note": "More is known."}
    paper.after(lambda: publishing.schedule(changed, by=user("emil"), **again))
    assert b"A later story" not in ask(paper.cache, "/en/").body
    time_machine.move_to(start + timedelta(hours=2, minutes=1), tick=True)
    paper.compare()
    assert b"A later story" in ask(paper.cache, "/en/").body
    assert b"evening" not in ask(paper.cache, "/en/").body
    time_machine.move_to(start + timedelta(hours=3, minutes=1), tick=True)
    paper.compare()
    assert b"evening" in ask(paper.cache, "/en/").body


def test_a_schedule_that_is_cancelled(paper, time_machine):
    start = timezone.now()
    time_machine.move_to(start, tick=True)
    later = paper.after(lambda: cast.scheduled(slug="later", headline="A later story"))
    paper.after(lambda: publishing.unschedule(fresh(later), by=user("elena"), version=fresh(later).version))
    time_machine.move_to(start + timedelta(hours=2, minutes=1), tick=True)
    paper.compare()


def test_the_only_story_of_a_section_comes_back_to_the_menu(paper, story, time_machine):
    """The section of a scheduled story had another one when it was scheduled, and has none when it appears."""
    start = timezone.now()
    time_machine.move_to(start, tick=True)
    first = paper.after(lambda: cast.live(slug="match", headline="A match", section=cast.section("sport")))
    paper.after(lambda: cast.scheduled(slug="final", headline="The final", section=cast.section("sport")))
    paper.after(lambda: withdrawing.hold(fresh(first), by=user("elena"), version=fresh(first).version, note="A doubt."))
    time_machine.move_to(start + timedelta(hours=2, minutes=1), tick=True)
    paper.compare()
    assert b"/en/sport/" in ask(paper.cache, "/ro/").body or b"/en/sport/" in ask(paper.cache, "/en/").body


def test_midnight(paper, time_machine):
    time_machine.move_to(timezone.now() + timedelta(days=1), tick=True)
    paper.compare()


def test_the_registers(paper, story):
    paper.after(lambda: publish(with_all(story)))
    for model in (Section, Source, Person, Tag, Contributor):
        paper.after(lambda model=model: rename(model))


def rename(model: Any) -> None:
    for entry in model.objects.all():
        if isinstance(entry, Section):
            entry.names = {"en": "Renamed", "ro": "Redenumit"}
        entry.name = f"Renamed {entry.pk}"
        entry.save()


def test_names_of_people(paper, story):
    paper.after(lambda: publish(with_all(story)))
    person = cast.speaker()

    def respell() -> None:
        form = PersonName.objects.get(person=person, language="en", kind="preferred")
        form.form = "Alexander Darchiev"
        form.save()

    paper.after(respell)
    paper.after(lambda: PersonName.objects.get(person=person, language="ro").delete())


def test_a_picture_is_placed_anew(cache, committed):
    from tests.factories import make_publication

    picture = make_picture()
    make_publication(picture=picture)
    paper = Paper(cache, committed)

    def move() -> None:
        row = Picture.objects.get(pk=picture.pk)
        row.focal_x, row.focal_y = 0.1, 0.9
        row.save()

    paper.after(move)


def test_newsroom_pages(paper):
    paper.after(lambda: cast.live(page="about", section=None, headline="About us"))
    assert "/en/about/" in paper.addresses
    about = paper.after(lambda: cast.live(page="about", section=None, headline="Despre noi", language="ro"))
    paper.after(lambda: withdrawing.hold(fresh(about), by=user("elena"), version=fresh(about).version, note="A doubt."))


def test_the_papers_own_settings(paper):
    paper.after(lambda: Settings.objects.create(name="The River Post"))
    assert b"The River Post" in ask(paper.cache, "/en/").body

    def change() -> None:
        row = Settings.objects.get()
        row.languages, row.rights = ["en"], {"en": "© The River Post"}
        row.save()

    paper.after(change)
    assert ask(paper.cache, "/ro/").status == 404


def test_a_card_is_a_file_and_not_kept(paper, story):
    card = story.publications.get().card_url()
    assert [ask(paper.cache, card).how for _ in range(2)] == ["", ""]
