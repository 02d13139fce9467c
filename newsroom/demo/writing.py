"""Writes one language version of a demo story into its working copy: the row, its tags, its inlines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from articles import text
from articles.enums import PictureUse
from articles.models.article import Article
from articles.models.article_picture import ArticlePicture
from articles.models.citation import Citation
from articles.models.contributor import Contributor
from articles.models.credit import Credit
from articles.models.key_fact import KeyFact
from articles.models.person import Person
from articles.models.picture import Picture
from articles.models.quote import Mention, Quote
from articles.models.section import Section
from articles.models.source import Source
from newsroom.demo.data import Data

TEXTS = ("kicker", "headline", "standfirst", "slug", "dateline")


@dataclass(frozen=True)
class Writer:
    """Knows the registers; ``now`` is what a story's hours are counted from."""

    now: datetime
    pictures: dict[str, Picture]

    @cached_property
    def sections(self) -> dict[str, Section]:
        return {row.slug: row for row in Section.objects.all()}

    @cached_property
    def sources(self) -> dict[str, Source]:
        return {row.slug: row for row in Source.objects.all()}

    @cached_property
    def people(self) -> dict[str, Person]:
        return {row.slug: row for row in Person.objects.all()}

    @cached_property
    def contributors(self) -> dict[str, Contributor]:
        return {row.slug: row for row in Contributor.objects.all()}

    def set_fields(self, article: Article, told: Data, version: Data) -> None:
        """Puts the texts on the row; saves nothing."""
        for name in TEXTS:
            setattr(article, name, version.get(name, ""))
        article.body = text.sanitise(version["body"])
        article.section = self.sections[told["section"]] if "section" in told else None
        article.own_reporting = told.get("own_reporting", False)
        article.embargo_open = version.get("embargo_open", False)
        if "embargo_hours" in version:
            article.embargo_until = self.hour(version["embargo_hours"])

    def hour(self, ahead: float) -> datetime:
        """The full quarter of an hour that lies *ahead* hours from now, or behind where that is negative."""
        moment = self.now + timedelta(hours=ahead)
        return moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)

    def write(self, article: Article, told: Data, version: Data) -> None:
        """Saves the row and makes its tags and inlines anew."""
        article.save()
        article.tags.set(version.get("tags", ()))
        for kept in ("quotes", "key_facts", "citations", "mentions", "credits", "pictures"):
            getattr(article, kept).all().delete()
        cited = {row["number"]: self._cite(article, row) for row in told.get("citations", ())}
        quoted = {self._quote(article, row, cited) for row in version.get("quotes", ())}
        for number, row in enumerate(version.get("key_facts", ()), start=1):
            citation = cited.get(row.get("citation", 0))
            KeyFact.objects.create(article=article, number=number, **{**row, "citation": citation})
        for slug in [*told.get("mentions", ()), *version.get("mentions", ())]:
            if slug not in quoted:
                Mention.objects.create(article=article, person=self.people[slug])
        for position, row in enumerate(version.get("credits", ()), start=1):
            credited = self.contributors[row["contributor"]]
            Credit.objects.create(article=article, contributor=credited, role=row["role"], position=position)
        if "picture" in told:
            ArticlePicture.objects.create(
                article=article, number=1, picture=self.pictures[told["picture"]], use=PictureUse.LEAD,
                alt=version.get("alt", ""), caption=version.get("caption", ""),
            )  # fmt: skip

    def _cite(self, article: Article, row: Data) -> Citation:
        source = self.sources[row["source"]]
        return Citation.objects.create(article=article, **{**row, "source": source})

    def _quote(self, article: Article, row: Data, cited: dict[int, Citation]) -> str | None:
        """Makes the quote; returns the speaker's slug."""
        slug: str | None = row.get("person")
        person = self.people[slug] if slug else None
        citation = cited.get(row.get("citation", 0))
        Quote.objects.create(article=article, **{**row, "person": person, "citation": citation})
        return slug
