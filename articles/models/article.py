"""The working copy: one language version of one story, as the desk edits it. Readers' code never reads it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from articles import permissions, text
from articles.enums import DeskState, Licence, PageKind, Role
from articles.models.asking import there_is
from articles.models.constraints import ascii_word, known, page_has_its_slug
from articles.models.credit import Credit
from articles.models.fields import BodyField, LanguageField
from articles.models.publication import Publication
from articles.models.tag import Tag


class ArticleQuerySet(models.QuerySet["Article"]):
    def visible_to(self, user: Any) -> ArticleQuerySet:
        """What *user* may see at the desk at all; everything else answers as if it did not exist.

        Editors see all. Reporters and translators see what they filed or are credited on, and what readers see
        as it stands; translators also what is ready, to work ahead. Administrators and superusers see nothing.
        """
        roles = permissions.roles_of(user)
        if roles & permissions.EDITORS:
            return self
        if not roles & permissions.WRITERS:
            return self.none()
        own = Q(created_by=user.pk) | there_is(Credit.objects.of_user(user).filter(article=OuterRef("pk")))
        public = Q(state=DeskState.PUBLISHED) & there_is(
            Publication.objects.live().filter(article=OuterRef("pk"), revision=OuterRef("head"))
        )
        ready = Q(state=DeskState.READY) if Role.TRANSLATOR in roles else Q(pk__in=[])
        return self.filter(own | public | ready)


class TaggedArticle(ItemBase):
    """An article's tag."""

    content_object = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="+")
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="tagged_articles")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="article_tag_once")]


class Article(models.Model):
    """A language version of a story on the desk, or of a newsroom page: ``page`` says of which kind.

    ``version`` rises with every save and step; what a screen sends must carry the version it was drawn for.
    ``head`` is the newest Revision; an approval holds for that Revision alone.
    """

    language = LanguageField()
    original = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="translations",
        verbose_name=_("translation of"),
        help_text=_("Empty for an original."),
    )
    page = models.CharField(
        _("newsroom page"),
        max_length=20,
        choices=PageKind,
        blank=True,
        default="",
        editable=False,
        help_text="Empty for a story.",
    )
    section = models.ForeignKey(
        "articles.Section",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("section"),
    )
    kicker = models.CharField(_("kicker"), max_length=80, blank=True)
    headline = models.CharField(_("headline"), max_length=200, db_index=True)
    standfirst = models.TextField(_("standfirst"), max_length=1000, blank=True)
    slug = models.SlugField(_("slug"), max_length=80, blank=True, help_text=_("Empty: made from the headline."))
    dateline = models.CharField(_("dateline"), max_length=80, blank=True, help_text=_("Such as CHIȘINĂU."))
    body = BodyField(_("body"), blank=True)
    tags = TaggableManager(through=TaggedArticle, blank=True, verbose_name=_("tags"))
    own_reporting = models.BooleanField(
        _("own reporting"),
        default=False,
        help_text=_("The story rests on what the newsroom itself saw and asked."),
    )
    licence = models.CharField(
        _("licence"),
        max_length=20,
        choices=Licence,
        blank=True,
        help_text=_("Under what terms readers may hand the story on."),
    )
    machine_help = models.CharField(
        _("machine translation"),
        max_length=200,
        blank=True,
        editable=False,
        help_text="The engines that had a part in the translation, by name and version; empty for none.",
    )

    state = models.CharField(_("state"), max_length=10, choices=DeskState, default=DeskState.DRAFT, editable=False)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="claimed",
        verbose_name=_("claimed by"),
    )
    # Its text is with the translation desk (workflow.lending): the article's own form can't change it.
    in_translation = models.BooleanField(default=False, editable=False)
    # The text of the original that this translation's text was made from; empty where nobody kept account of it.
    made_from = models.ForeignKey(
        "articles.Revision", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    due = models.DateTimeField(_("due"), null=True, blank=True)
    embargo_until = models.DateTimeField(_("embargo until"), null=True, blank=True)
    embargo_open = models.BooleanField(_("embargo until lifted"), default=False)

    # Of the form that filed the story: sent twice, it files once. Empty where no form did.
    filing_key = models.UUIDField(null=True, unique=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    head = models.ForeignKey("articles.Revision", on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    approved = models.ForeignKey(
        "articles.Revision", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, editable=False)
    approved_alone = models.TextField(_("reason for approving alone"), blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        editable=False,
        related_name="filed",
        verbose_name=_("filed by"),
    )
    created_at = models.DateTimeField(_("filed"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["state", "-changed_at"], name="article_desk"),
            models.Index(fields=["claimed_by", "-changed_at"], name="article_claims"),
            models.Index(fields=["created_by", "-changed_at"], name="article_filed"),
            models.Index(fields=["-changed_at", "-id"], name="article_changed"),
            models.Index(fields=["language", "-changed_at", "-id"], name="article_language"),
            models.Index(fields=["language", "state", "-changed_at", "-id"], name="article_language_desk"),
        ]
        constraints = [
            known("state", DeskState, "article_state_known"),
            known("licence", Licence, "article_licence_known", blank=True),
            ascii_word("language", "article_language_is_a_tag"),
            ascii_word("slug", "article_slug_is_ascii", blank=True),
            known("page", PageKind, "article_page_known", blank=True),
            page_has_its_slug("article_page_has_its_slug"),
            models.CheckConstraint(condition=Q(page="") | Q(section=None), name="article_page_has_no_section"),
            models.UniqueConstraint(
                fields=["page", "language"],
                condition=~Q(page="") & ~Q(state=DeskState.SPIKED),
                name="article_one_page_of_a_kind",
                violation_error_message=_("There is such a page in that language already."),
            ),
            models.CheckConstraint(
                condition=Q(state=DeskState.EDITING, claimed_by__isnull=False)
                | (~Q(state=DeskState.EDITING) & Q(claimed_by__isnull=True)),
                name="article_claimed_while_editing",
            ),
            models.CheckConstraint(
                condition=Q(approved=None, approved_by=None, approved_at=None, approved_alone="")
                | Q(approved__isnull=False, approved_by__isnull=False, approved_at__isnull=False),
                name="article_approval_whole",
            ),
            models.CheckConstraint(
                condition=Q(approved=None) | Q(approved=F("head")), name="article_approval_is_of_the_head"
            ),
            models.CheckConstraint(
                condition=~Q(state=DeskState.READY) | Q(approved__isnull=False),
                name="article_ready_is_approved",
            ),
            models.CheckConstraint(
                condition=Q(embargo_until=None) | Q(embargo_open=False),
                name="article_one_kind_of_embargo",
                violation_error_message=_("An embargo ends at a time or when it is lifted, not both."),
            ),
            models.CheckConstraint(condition=~Q(original=F("id")), name="article_not_its_own_original"),
            models.CheckConstraint(
                condition=Q(in_translation=False) | Q(state=DeskState.DRAFT, original__isnull=False),
                name="article_in_translation_is_a_draft",
            ),
            models.CheckConstraint(
                condition=Q(made_from=None) | Q(original__isnull=False), name="article_made_from_an_original"
            ),
            models.UniqueConstraint(
                fields=["original", "language"],
                condition=Q(original__isnull=False) & ~Q(state=DeskState.SPIKED),
                name="article_one_translation_per_language",
                violation_error_message=_("There is a translation of this story into that language already."),
            ),
        ]

    def __str__(self) -> str:
        return self.headline

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.page:
            self.slug = PageKind(self.page).slug
        elif not self.slug:
            self.slug = text.slugify(self.headline, max_length=80) or "story"
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The desk's form; the page for readers belongs to the Publication."""
        return reverse("admin:articles_article_change", args=[self.pk])

    @property
    def family_id(self) -> int:
        """The id of the original, which all language versions share."""
        return self.original_id or self.pk
