"""What readers get: the one table that public code reads.

A Publication is valid for the half-open period [visible_from, visible_until). Periods of one article never
overlap, and no two articles share a slug in one language at the same time; the database holds both
(``articles.models.rules``), and refuses every change but of a ``visible_until`` that lies ahead.
An empty period (both ends the same) is a schedule that was cancelled.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.enums import Change, CreditRole, PageKind, PublicState, QuoteKind
from articles.models.constraints import ascii_word, known, page_has_its_slug
from articles.models.fields import LanguageField


class PublicationQuerySet(models.QuerySet["Publication"]):
    def valid(self, at: datetime | None = None) -> PublicationQuerySet:
        """The rows whose period contains *at* (aware; default now): one an article at the most."""
        at = at or timezone.now()
        return self.filter(Q(visible_until=None) | Q(visible_until__gt=at), visible_from__lte=at)

    def live(self, at: datetime | None = None) -> PublicationQuerySet:
        """The valid rows whose text readers may have."""
        return self.valid(at).filter(state=PublicState.LIVE)

    def stories(self) -> PublicationQuerySet:
        """Without the newsroom pages, which no list, search or feed shows."""
        return self.filter(page="")

    def pages(self) -> PublicationQuerySet:
        """The newsroom pages alone."""
        return self.filter(page__in=PageKind.values)  # so that an index leads there

    def ever_public(self, at: datetime | None = None) -> PublicationQuerySet:
        """Rows that readers have been able to see at some moment up to *at*."""
        at = at or timezone.now()
        return self.filter(Q(visible_until=None) | Q(visible_until__gt=F("visible_from")), visible_from__lte=at)

    def ahead(self, at: datetime | None = None) -> PublicationQuerySet:
        """Schedules that stand: rows whose period begins after *at* and is not empty."""
        at = at or timezone.now()
        return self.filter(Q(visible_until=None) | Q(visible_until__gt=F("visible_from")), visible_from__gt=at)

    def to_come(self, at: datetime | None = None) -> PublicationQuerySet:
        """What readers get at *at* or will get after it: the rows of ``valid`` and of ``ahead``."""
        at = at or timezone.now()
        goes_on = Q(visible_until__gt=at) & Q(visible_until__gt=F("visible_from"))
        return self.filter(Q(visible_until=None) | goes_on)

    def as_it_was(self, at: datetime | None = None) -> PublicationQuerySet:
        """What was live at the past moment *at*, of what readers still get. Without *at*, what is live now.

        ``first_published`` lets an index begin at the moment.
        """
        if at is None:
            return self.live()
        still = Publication.objects.live().filter(article=OuterRef("article"))
        return self.live(at).filter(Exists(still), first_published__lte=at)

    def newest(self) -> PublicationQuerySet:
        """In the order of lists: by first publication, then by number, newest first."""
        return self.order_by("-first_published", "-pk")

    def for_lists(self) -> PublicationQuerySet:
        """Without what only the story's own page shows."""
        return self.defer("body", "story").select_related("section", "lead_picture")


class Publication(models.Model):
    """What readers see of an article while its period contains now.

    ``story`` holds what the page needs besides the columns, as it was at publication::

        {"own_reporting": bool, "words": int, "licence": a value of ``Licence``,
         "machine": {"engine": str}|null,      where a machine had a part in the text; which one, if that is told
         "credits": [{"contributor": id, "slug", "name", "role"}],              public ones, in order
         "unnamed": value of Unnamed,                                           only where a translator is not shown
         "citations": [{"number", "source": id, "slug", "name", "label", "reserved": bool, "title", "url", "published",
                        "accessed"}],
         "quotes": [{"number", "person": id|null, "slug", "speaker", "role", "kind", "words", "original_words",
                     "original_language", "citation": number|null, "said_on"}],
         "key_facts": [{"number", "figure", "text", "citation": number|null}],
         "people": [{"person": id, "slug", "name", "role", "quoted": bool}],
         "tags": [{"slug", "name"}],
         "pictures": [{"number", "use", "alt", "caption", "picture": id, "sha256", "width", "height", "focal": [x, y],
                       "credit", "licence"}]}

    Dates are ISO 8601. Older rows lack ``key_facts``, ``licence`` and ``machine``. A held, retracted or removed row has
    an empty body and story; only a retracted one keeps its headline.
    """

    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="publications")
    family = models.BigIntegerField(help_text="The id of the original, which all language versions share.")
    number = models.PositiveIntegerField(_("number"))
    revision = models.ForeignKey("articles.Revision", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=PublicState, default=PublicState.LIVE)
    change = models.CharField(_("kind of change"), max_length=14, choices=Change)
    note = models.TextField(_("public note"), blank=True)
    visible_from = models.DateTimeField(_("visible from"))
    visible_until = models.DateTimeField(_("visible until"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    language = LanguageField()
    original_language = LanguageField(verbose_name=_("language of the original"), blank=True)
    made_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="What readers had of the original when this translation was made; empty where nobody knows.",
    )
    page = models.CharField(max_length=20, choices=PageKind, blank=True, default="", help_text="Empty for a story.")
    section = models.ForeignKey("articles.Section", on_delete=models.PROTECT, null=True, related_name="+")
    slug = models.SlugField(max_length=80)
    kicker = models.CharField(max_length=80, blank=True)
    headline = models.CharField(max_length=200, blank=True)
    standfirst = models.TextField(blank=True)
    dateline = models.CharField(max_length=80, blank=True)
    body = models.TextField(blank=True, help_text="Rendered and sanitised HTML.")
    story = models.JSONField(default=dict, blank=True)
    lead_picture = models.ForeignKey("articles.Picture", on_delete=models.PROTECT, null=True, related_name="+")
    lead_alt = models.CharField(max_length=300, blank=True)
    byline = models.CharField(max_length=300, blank=True)
    first_published = models.DateTimeField()
    updated = models.DateTimeField(help_text="When readers were last told of a change; a refile leaves it alone.")

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["-visible_from", "-pk"]
        indexes = [
            models.Index(fields=["article", "-visible_from"], name="publication_valid"),
            models.Index(fields=["language", "slug", "-visible_from"], name="publication_address"),
            models.Index(fields=["family", "-visible_from"], name="publication_family"),
            models.Index(fields=["language", "state", "-first_published", "-id"], name="publication_list"),
            models.Index(
                fields=["language", "section", "state", "-first_published", "-id"], name="publication_section"
            ),
            models.Index(fields=["language", "change", "-visible_from", "-id"], name="publication_changes"),
            models.Index(fields=["-visible_from", "-id"], name="publication_newest"),
            models.Index(fields=["page", "language", "-visible_from"], name="publication_pages"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="publication_number_once"),
            models.CheckConstraint(
                condition=Q(visible_until=None) | Q(visible_until__gte=F("visible_from")),
                name="publication_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(state=PublicState.LIVE)
                | Q(body="", standfirst="", kicker="", lead_picture=None, byline=""),
                name="publication_withdrawn_has_no_body",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[PublicState.HELD, PublicState.REMOVED]) | Q(headline=""),
                name="publication_held_or_removed_has_no_headline",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[PublicState.LIVE, PublicState.RETRACTED]) | ~Q(headline=""),
                name="publication_has_a_headline",
            ),
            models.CheckConstraint(
                condition=~Q(change__in=[Change.UPDATE, Change.CORRECTION, Change.CLARIFICATION, Change.RETRACTION])
                | ~Q(note=""),
                name="publication_change_is_explained",
            ),
            models.CheckConstraint(
                condition=Q(state=PublicState.HELD, change=Change.HOLD)
                | Q(state=PublicState.RETRACTED, change=Change.RETRACTION)
                | Q(state=PublicState.REMOVED, change=Change.REMOVAL)
                | Q(state=PublicState.LIVE) & ~Q(change__in=[Change.HOLD, Change.RETRACTION, Change.REMOVAL]),
                name="publication_state_fits_its_change",
            ),
            known("page", PageKind, "publication_page_known", blank=True),
            page_has_its_slug("publication_page_has_its_slug"),
            models.CheckConstraint(
                condition=Q(page="", section__isnull=False) | ~Q(page="") & Q(section=None),
                name="publication_story_has_a_section",
            ),
            models.CheckConstraint(
                condition=Q(made_from=None) | ~Q(family=F("article")), name="publication_original_is_made_from_none"
            ),
            ascii_word("slug", "publication_has_a_slug"),
            ascii_word("language", "publication_language_is_a_tag"),
            known("change", Change, "publication_change_known"),
        ]

    def __str__(self) -> str:
        return f"{self.language}/{self.slug} #{self.number}"

    def get_absolute_url(self) -> str:
        """The readers' address; the day in a story's is that of the first publication in the newsroom's zone."""
        return self._address("newsroom_page" if self.page else "story")

    def history_url(self) -> str:
        """The address of the page that says what changed."""
        return self._address("newsroom_page_history" if self.page else "history")

    def card_url(self) -> str:
        """The address of the picture that is shown where the page is shared."""
        return self._address("card", number=self.number)

    def _address(self, name: str, **more: int) -> str:
        if self.page:
            return _reversed(name, language=self.language, page=self.page)
        # The zone of the environment, whatever the paper's clock says today: an address that is out stays.
        day = timezone.localtime(self.first_published, ZoneInfo(settings.TIME_ZONE))
        return _reversed(
            name, language=self.language, year=day.year, month=day.month, day=day.day, slug=self.slug, **more
        )

    @property
    def is_translation(self) -> bool:
        return self.family != self.article_id


@lru_cache(maxsize=4096)
def _reversed(name: str, **parts: str | int) -> str:
    """The address, which a list of stories asks for again and again."""
    return reverse(name, kwargs=parts)


class _Link(models.Model):
    """A row that ties a Publication to what lists are made by; carries the list's order. Immutable."""

    language = LanguageField()
    first_published = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class PublicationTag(_Link):
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="tag_links")
    tag = models.ForeignKey("articles.Tag", on_delete=models.PROTECT, related_name="publication_links")

    class Meta:
        indexes = [models.Index(fields=["tag", "language", "-first_published"], name="publication_tag_list")]
        constraints = [models.UniqueConstraint(fields=["publication", "tag"], name="publication_tag_once")]


class PublicationSource(_Link):
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="source_links")
    source = models.ForeignKey("articles.Source", on_delete=models.PROTECT, related_name="publication_links")

    class Meta:
        indexes = [models.Index(fields=["source", "language", "-first_published"], name="publication_source_list")]
        constraints = [models.UniqueConstraint(fields=["publication", "source"], name="publication_source_once")]


class PublicationPerson(_Link):
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="person_links")
    person = models.ForeignKey("articles.Person", on_delete=models.PROTECT, related_name="publication_links")
    quoted = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["person", "language", "-first_published"], name="publication_person_list")]
        constraints = [models.UniqueConstraint(fields=["publication", "person"], name="publication_person_once")]


class PublicationContributor(_Link):
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="contributor_links")
    contributor = models.ForeignKey("articles.Contributor", on_delete=models.PROTECT, related_name="publication_links")
    role = models.CharField(max_length=14, choices=CreditRole)

    class Meta:
        indexes = [
            models.Index(
                fields=["contributor", "language", "role", "-first_published"], name="publication_credit_list"
            ),
            models.Index(fields=["contributor", "-first_published", "-id"], name="publication_credit_newest"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["publication", "contributor", "role"], name="publication_credit_once")
        ]


class PublicationPicture(_Link):
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="picture_links")
    picture = models.ForeignKey("articles.Picture", on_delete=models.PROTECT, related_name="publication_links")

    class Meta:
        indexes = [models.Index(fields=["picture", "-first_published"], name="publication_picture_list")]
        constraints = [models.UniqueConstraint(fields=["publication", "picture"], name="publication_picture_once")]


class PublicationQuote(_Link):
    """What a person said, as a Publication printed it; the person's page is made of these."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="quote_links")
    person = models.ForeignKey("articles.Person", on_delete=models.PROTECT, related_name="quote_links")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=QuoteKind)
    words = models.TextField()
    original_words = models.TextField(blank=True)
    original_language = LanguageField(blank=True)
    role = models.CharField(max_length=200, blank=True)
    said_on = models.DateField(null=True)
    source = models.ForeignKey("articles.Source", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["person", "language", "-first_published"], name="publication_quote_list"),
            models.Index(fields=["language", "-first_published", "-id"], name="publication_quote_newest"),
        ]
        constraints = [models.UniqueConstraint(fields=["publication", "number"], name="publication_quote_once")]
