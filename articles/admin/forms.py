"""The form of an article: its fields as an editor meets them, and what is refused beside which field."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import permissions, text
from articles.admin.body import BodyField
from articles.admin.choices import ChooseRows, is_number
from articles.enums import Licence, PageKind
from articles.models.article import Article, TaggedArticle
from articles.models.tag import Tag
from articles.workflow import guards

BODY_MOST = 400_000  # characters of HTML
COMMENT_MOST = 4_000
FIRST_YEAR, LAST_YEAR = 1990, 2200

# In the order in which an editor works; the rows of the inlines stand after the first part.
PARTS: list[tuple[Any, dict[str, Any]]] = [
    (None, {"fields": [("section", "language"), "kicker", "headline", "standfirst", "body"]}),
    (
        gettext_lazy("About the story"),
        {"fields": ["tags", ("dateline", "slug"), ("own_reporting", "licence")], "classes": ["about"]},
    ),
    (gettext_lazy("Times"), {"fields": [("due", "embargo_until", "embargo_open")], "classes": ["times"]}),
    (None, {"fields": ["comment", "version", "filing_key"], "classes": ["comment"]}),
]

PARTS_OF_A_PAGE: list[tuple[Any, dict[str, Any]]] = [
    (None, {"fields": ["language", "headline", "standfirst", "body"]}),
    *PARTS[2:],
]

PARTS_TO_READ: list[tuple[Any, dict[str, Any]]] = [
    (None, {"fields": [("section", "language"), "kicker", "headline", "standfirst", "body_to_read"]}),
    *PARTS[1:-1],
]

PARTS_OF_A_PAGE_TO_READ: list[tuple[Any, dict[str, Any]]] = [
    (None, {"fields": ["language", "headline", "standfirst", "body_to_read"]}),
    *PARTS[2:-1],
]


class LocalMomentField(forms.DateTimeField):
    """A moment as the wall clock of the user's zone shows it, with the zone named below.

    A time that the clocks skip or show twice, when they are put forward or back, is refused with the way out.
    """

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **kwargs)

    def to_python(self, value: Any) -> datetime | None:
        typed = str(value or "").strip()
        if not typed:
            return None
        try:
            wall = None if "\0" in typed else datetime.fromisoformat(typed)
        except ValueError:
            wall = None
        if wall is None or wall.tzinfo is not None:  # the zone is the one that the field names
            raise ValidationError(_("Give a date and a time, such as 2027-03-31 18:30."), code="invalid")
        if not FIRST_YEAR <= wall.year <= LAST_YEAR:
            raise ValidationError(
                _("Give a year between %(first)s and %(last)s.") % {"first": FIRST_YEAR, "last": LAST_YEAR},
                code="year",
            )
        zone = timezone.get_current_timezone()
        earlier, later = wall.replace(tzinfo=zone, fold=0), wall.replace(tzinfo=zone, fold=1)
        if earlier.utcoffset() == later.utcoffset():
            return earlier
        if earlier.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != wall:
            said = _("There is no %(time)s in %(zone)s on that day: the clocks go forward. Choose a later one.")
        else:
            said = _("%(time)s comes twice in %(zone)s on that day: the clocks go back. Choose another hour.")
        raise ValidationError(said % {"time": f"{wall:%H:%M}", "zone": zone_name(zone)}, code="clocks")

    def prepare_value(self, value: Any) -> Any:
        return timezone.localtime(value).strftime("%Y-%m-%dT%H:%M") if isinstance(value, datetime) else value


def zone_name(zone: Any = None) -> str:
    """Such as ``Europe/Chisinau``."""
    return str(getattr(zone or timezone.get_current_timezone(), "key", zone or timezone.get_current_timezone_name()))


def in_zones(moment: datetime, *zones: str) -> list[str]:
    """The moment in each zone, once, with its name: ``31 March 2027, 18:30 EEST (Europe/Chisinau)``."""
    shown = []
    for name in dict.fromkeys(zones):
        local = timezone.localtime(moment, ZoneInfo(name))
        shown.append(f"{date_format(local, 'DATETIME_FORMAT')} ({name})")
    return shown


class TagsField(forms.ModelMultipleChoiceField[Tag]):
    """Tags out of the register, found as one types; a new one is added beside it."""

    def __init__(self) -> None:
        super().__init__(Tag.objects.all(), required=False, label=gettext_lazy("tags"))
        relation = TaggedArticle._meta.get_field("tag")
        self.widget = ChooseRows(relation, admin.site)
        self.widget.choices = self.choices

    def clean(self, value: Any) -> Any:
        wrong = [one for one in value or () if not is_number(one)]
        if wrong:
            raise ValidationError(
                self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": wrong[0]}
            )
        return super().clean(value)

    def with_add(self, request: HttpRequest) -> None:
        """Puts the "add" button beside the field where the user may add tags."""
        relation = TaggedArticle._meta.get_field("tag").remote_field
        self.widget = RelatedFieldWidgetWrapper(
            self.widget,
            relation,
            admin.site,
            can_add_related=permissions.may_register(request.user, "tag", "add"),
            can_change_related=False,
            can_delete_related=False,
            can_view_related=False,
        )


class ArticleForm(forms.ModelForm[Article]):
    """What is typed of a story. ``version`` is the one that the form was drawn for."""

    request: ClassVar[HttpRequest]
    stale: ClassVar[bool] = False  # drawn for an older version: the form comes back, nothing is saved
    page: ClassVar[str] = ""  # the kind of newsroom page that is filed; empty for a story
    refusals: ClassVar[list[str]] = []  # why the workflow refused what the form itself found right

    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    filing_key = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)
    slug = forms.CharField(
        required=False, label=gettext_lazy("slug"), help_text=gettext_lazy("Empty: made from the headline.")
    )
    body = BodyField(required=False, max_length=BODY_MOST, label=gettext_lazy("body"))
    due = LocalMomentField(required=False, label=gettext_lazy("due"))
    embargo_until = LocalMomentField(required=False, label=gettext_lazy("embargo until"))
    comment = forms.CharField(
        required=False,
        max_length=COMMENT_MOST,
        label=gettext_lazy("comment for the desk"),
        help_text=gettext_lazy("Kept with the story when you save; readers never see it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Article
        fields = [
            "language", "section", "kicker", "headline", "standfirst", "body", "tags", "dateline", "slug",
            "own_reporting", "licence", "due", "embargo_until", "embargo_open",
        ]  # fmt: skip
        widgets = {
            "kicker": forms.TextInput,
            "headline": forms.Textarea(attrs={"rows": 2}),
            "standfirst": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.instance.page = self.page
        self.initial["version"] = self.instance.version
        if "tags" in self.fields:
            tags = TagsField()
            tags.with_add(self.request)
            self.fields["tags"] = tags
        if "licence" in self.fields:
            default = Licence(settings.NEWSROOM_LICENCE).label
            usual = ("", _("The newsroom's own (%(licence)s)") % {"licence": default})
            self.fields["licence"].widget.choices = [usual, *Licence.choices]
        for name in ("due", "embargo_until"):
            if name in self.fields:
                self.fields[name].help_text = _("Time in %(zone)s.") % {"zone": zone_name()}
        if self.instance.pk and "body" in self.fields:
            self.fields["body"].widget.attrs["lang"] = self.instance.language
        settle_fields(self)

    def clean_headline(self) -> str:
        """One line, however it was pasted."""
        return " ".join(str(self.cleaned_data["headline"]).split())

    def clean_standfirst(self) -> str:
        return unix_lines(self.cleaned_data["standfirst"])

    def clean_comment(self) -> str:
        return unix_lines(self.cleaned_data["comment"])

    def clean_slug(self) -> str:
        typed = self.cleaned_data["slug"]
        slug = text.slugify(typed)
        if typed and not slug:
            raise ValidationError(_("A slug needs letters or digits."), code="slug")
        return slug

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"]
        if len(body) > BODY_MOST:
            raise ValidationError(_("The body is too long."), code="max_length")
        return body

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.stale:
            raise ValidationError(
                _(
                    "Somebody saved this story while you had it open. Nothing of yours is saved yet, and"
                    " nothing is lost: compare both texts below, then save again to put yours in the place"
                    " of the newer one."
                ),
                code="stale",
            )
        if self.refusals:
            raise ValidationError(self.refusals, code="refused")
        cleaned["slug"] = self._slug(cleaned)
        return cleaned

    def _slug(self, cleaned: dict[str, Any]) -> str:
        """As typed; made from the headline where empty, and anew while readers have not seen it. A page's is fixed."""
        if self.instance.page:
            return PageKind(self.instance.page).slug
        slug, headline = cleaned.get("slug", ""), cleaned.get("headline", "")
        follows = slug and slug == text.slugify(self.initial.get("headline") or "")
        if slug and not (follows and "headline" in self.changed_data):
            return str(slug)
        if slug and self.instance.pk and self.instance.publications.exists():
            return str(slug)
        return text.slugify(headline)

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # not in the stubs
        embargo = {"embargo_until", "embargo_open"} & set(self.changed_data)
        if self.instance.pk and embargo and not self.errors:
            before = Article.objects.get(pk=self.instance.pk)
            for reason in guards.embargo_reasons(before, self.instance):
                self.add_error("embargo_open" if self.instance.embargo_open else "embargo_until", reason)


def settle_fields(form: forms.BaseForm) -> None:
    """Lets an input take more than may be stored: a paste isn't cut in silence but refused with a message.

    Labels begin with a capital, whether the field is the model's or the form's own.
    """
    for field in form.fields.values():
        field.widget.attrs.pop("maxlength", None)
        field.label = capfirst(field.label)


def labels(form: type[ArticleForm], rows: Iterable[type[Model]]) -> dict[str, str]:
    """What the fields of the form and of its rows are called: name → label."""
    found = {name: str(field.label or name) for name, field in form.base_fields.items()}
    for model in rows:
        found |= {field.name: str(getattr(field, "verbose_name", field.name)) for field in model._meta.get_fields()}
    return found


def unix_lines(typed: str) -> str:
    """As the text was, whichever line ends the browser sent."""
    return typed.replace("\r\n", "\n").replace("\r", "\n").strip()
