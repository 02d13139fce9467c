"""Plays a demo story through the workflow, step by step, as the desk would: there is no other way in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from django.db import transaction

from articles.enums import Change, PageKind
from articles.models.article import Article
from articles.models.revision import Revision
from articles.workflow import checking, filing, publishing, withdrawing
from newsroom.demo import data
from newsroom.demo.data import Data
from newsroom.demo.writing import Writer
from newsroom.models import User
from translations.drafting import begin

WITHDRAWALS = {"hold": withdrawing.hold, "retract": withdrawing.retract, "remove": withdrawing.remove}
Marker = tuple[str, str]


def played() -> set[Marker]:
    """Language and slug under which each demo story was first filed, whatever became of it since."""
    first = Revision.objects.filter(number=1, by__is_demo=True, article__original=None)
    return set(first.values_list("document__language", "document__slug"))


def marker(told: Data) -> Marker:
    language: str = told["original"]
    return language, PageKind(told["page"]).slug if "page" in told else told[language]["slug"]


@dataclass(frozen=True)
class Player:
    """The demo users, and who writes for them."""

    users: Mapping[str, User]
    writer: Writer

    @transaction.atomic
    def play(self, told: Data) -> int:
        """Plays the story in all its languages, or not at all; returns how many versions were made."""
        User.objects.select_for_update().get(pk=self.users["reporter"].pk)  # two runs at once take turns
        if marker(told) in played():
            return 0
        made: dict[str, Article] = {}
        for language, version in data.versions(told):
            article = self._file(told, language, version, made.get(told["original"]))
            made[language] = self._advance(article, version)
        for language, version in data.versions(told):
            for act in version.get("later", ()):
                made[language] = self._later(Article.objects.get(pk=made[language].pk), told, version, act)
        return len(made)

    def _file(self, told: Data, language: str, version: Data, original: Article | None) -> Article:
        by = self.users[version["filed_by"]]
        if original is None:
            article = Article(language=language, page=told.get("page", ""))
            self.writer.set_fields(article, told, version)
            return filing.file(article, by=by, write=partial(self.writer.write, article, told, version))
        article = begin(original, language=language, by=by)
        self.writer.set_fields(article, told, version)
        write = partial(self.writer.write, article, told, version)
        return filing.save(article, by=by, version=article.version, write=write)

    def _advance(self, article: Article, version: Data) -> Article:
        """Takes the draft as far as its ``until`` says."""
        until = version.get("until", "live")
        desk = self.users[version.get("desk", "editor")]
        for row in version.get("comments", ()):
            article.comments.create(by=self.users[row["by"]], text=row["text"])
        if until == "draft":
            return article
        article = filing.submit(article, by=self.users[version["filed_by"]], version=article.version)
        if until == "submitted":
            return article
        if until == "handed back":
            return filing.hand_back(article, by=desk, version=article.version, note=version["note"])
        if until == "spiked":
            by = self.users[version["spiked_by"]]
            return filing.spike(article, by=by, version=article.version, note=version["note"])
        article = filing.claim(article, by=desk, version=article.version)
        return article if until == "editing" else self._approve(article, version, desk, until)

    def _approve(self, article: Article, version: Data, desk: User, until: str) -> Article:
        if "waive" in version and article.head:
            for finding in article.head.findings.filter(rule=version["waive"]["rule"]):
                checking.waive(finding, by=desk, reason=version["waive"]["reason"])
        article = filing.approve(article, by=desk, version=article.version, alone=version.get("alone", ""))
        if until == "ready":
            return article
        at = version.get("published") or self.writer.hour(-version["hours_ago"])
        return publishing.publish(article, by=desk, version=article.version, at=at)

    def _later(self, article: Article, told: Data, version: Data, act: Data) -> Article:
        if act.get("step") in WITHDRAWALS:
            said = {name: act[name] for name in ("note", "in_languages") if name in act}
            return WITHDRAWALS[act["step"]](article, by=self.users[act["by"]], version=article.version, **said)
        if act.get("step") == "schedule":
            hour = self.writer.hour(act["hours_ahead"])
            return publishing.schedule(article, by=self.users[act["by"]], version=article.version, visible_from=hour)
        first = version.get("desk", "editor")
        article = filing.reopen(article, by=self.users[act.get("by", first)], version=article.version)
        article = self._edit(article, act, by=self.users[act.get("by", first)])
        if "change" not in act:
            return article
        second = self.users["editor2" if first == "editor" else "editor"]
        article = filing.approve(article, by=second, version=article.version)
        return publishing.publish(
            article,
            by=second,
            version=article.version,
            change=Change(act["change"]),
            note=act.get("note", ""),
        )

    def _edit(self, article: Article, act: Data, *, by: User) -> Article:
        if "old" in act:
            if act["old"] not in article.body:
                raise ValueError(f"“{act['old']}” does not stand in “{article.headline}”")
            article.body = article.body.replace(act["old"], act["new"])
        for name in ("headline", "kicker"):
            setattr(article, name, act.get(name, getattr(article, name)))
        return filing.save(article, by=by, version=article.version, write=article.save)
