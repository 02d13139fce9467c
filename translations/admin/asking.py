"""Asking for translations of a story: the languages it has, the form for more of them, and taking it oneself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import permissions as desk
from articles.admin.articles import ArticleAdmin
from articles.admin.forms import LocalMomentField, unix_lines, zone_name
from articles.enums import DeskState
from articles.errors import DeskError, NotAllowed
from articles.models.article import Article
from translations import jobs, permissions
from translations.admin import begin
from translations.admin.people import TranslatorField
from translations.enums import JobState
from translations.models.job import Job

BRIEF_MOST = 2_000


class DueField(LocalMomentField):
    """Until when; a time that is over already is refused."""

    def __init__(self, **kwargs: Any) -> None:
        said = _("Time in %(zone)s.") % {"zone": zone_name()}
        super().__init__(required=False, label=_("Due"), help_text=said, **kwargs)

    def validate(self, value: datetime | None) -> None:
        super().validate(value)
        if value is not None and value <= timezone.now():
            raise forms.ValidationError(_("That time is over. Give one that lies ahead, or none."), code="over")


class WorkForm(forms.Form):
    """For whom, until when, and what they should know."""

    brief = forms.CharField(required=False, max_length=BRIEF_MOST, widget=forms.Textarea(attrs={"rows": 4}))
    urgent = forms.BooleanField(required=False)
    special = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["translator"] = TranslatorField()
        self.fields["due"] = DueField()
        self.order_fields(("translator", "due", "brief", "urgent", "special"))
        self.fields["brief"].label = _("Brief")
        self.fields["brief"].help_text = _("What the translator should know: names, tone, what must not be missed.")
        self.fields["urgent"].label = _("Urgent")
        self.fields["special"].label = _("Specialised text")
        self.fields["special"].help_text = _("Law, medicine, science: it is paid by the rate's factor for such text.")
        self.fields["brief"].widget.attrs.pop("maxlength", None)

    def clean_brief(self) -> str:
        return unix_lines(self.cleaned_data["brief"])


class RequestForm(WorkForm):
    """The languages besides."""

    field_order = ("languages", "translator", "due", "brief", "urgent", "special")

    def __init__(self, article: Article, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["languages"] = forms.MultipleChoiceField(
            label=_("Languages"), choices=jobs.languages_left(article), widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Choose at least one language.")},
        )  # fmt: skip
        self.order_fields(self.field_order)


class TakeForm(forms.Form):
    """The one language in which a translator takes the story; offered are those that they know."""

    def __init__(self, article: Article, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        known = permissions.languages_of(user)
        left = [(code, name) for code, name in jobs.languages_left(article) if code in known]
        self.fields["language"] = forms.ChoiceField(label=_("Language"), choices=left, widget=forms.RadioSelect)


def translate(request: HttpRequest, article: Article) -> HttpResponse:
    """The story's languages; an editor asks for more, a translator takes one. A newsroom page is begun as a draft."""
    if article.page:
        return begin.translate(request, article)
    user: Any = request.user
    asks, takes = permissions.may_request(user), permissions.may_take(user)
    posted = request.POST if request.method == "POST" else None
    took = posted is not None and ("take" in posted or "language" in posted)
    asking = RequestForm(article, None if took else posted) if asks else None
    taking = TakeForm(article, user, posted if took else None) if takes else None
    status = 200
    if posted is not None:
        form = taking if took else asking
        if form is None:
            return _page(request, article, asking, taking, status=403)
        status = 422
        if form.is_valid():
            try:
                return _done(request, article, form.cleaned_data, user)
            except NotAllowed as error:
                form.add_error(None, error.messages)
                status = 403
            except DeskError as error:
                form.add_error(None, error.messages)
    return _page(request, article, asking, taking, status=status)


def _done(request: HttpRequest, article: Article, said: dict[str, Any], user: Any) -> HttpResponse:
    if "language" in said:
        job = jobs.take(article, language=said["language"], by=user)
        messages.success(request, _("The translation is yours."))
        return HttpResponseRedirect(reverse("admin:translations_job_change", args=[job.pk]))
    made = jobs.request(article, by=user, **said)
    names = ", ".join(job.get_language_display() for job in made)
    messages.success(request, _("Asked for: %(languages)s.") % {"languages": names})
    return HttpResponseRedirect(reverse("admin:articles_article_translate", args=[article.pk]))


def _page(request: HttpRequest, article: Article, asking: Any, taking: Any, *, status: int = 200) -> TemplateResponse:
    source = article.original or article
    known = permissions.visible_jobs(request.user).filter(original=source).exclude(state=JobState.CANCELLED)
    left = jobs.languages_left(article)
    obstacle = ""
    try:
        jobs.newest(source)
    except DeskError as error:
        obstacle = str(error)
    context = {
        **admin.site.each_context(request),
        "title": _("Translations: %(headline)s") % {"headline": article.headline},
        "opts": Article._meta,
        "article": article,
        "source": source,
        "jobs": list(known.select_related("translator", "reviser", "article").order_by("language")),
        "versions": list(_without_job(source, request.user)),
        "left": left,
        "obstacle": obstacle,
        "asking": asking if left and not obstacle else None,
        "taking": taking if taking and taking.fields["language"].choices and not obstacle else None,
    }
    return TemplateResponse(request, "desk/translations/story.html", context, status=status)


def _without_job(source: Article, user: Any) -> Iterable[Article]:
    """The story's other languages that no job made, as the user may see them."""
    made = Job.objects.filter(original=source, article__isnull=False).exclude(state=JobState.CANCELLED)
    rows = Article.objects.visible_to(user).filter(original=source).exclude(state=DeskState.SPIKED)
    return rows.exclude(pk__in=made.values("article")).defer("body", "standfirst").order_by("language")


def tool(article: Article, user: Any) -> tuple[str, str] | None:
    """The link beside the story's other pages."""
    if article.page:
        return begin.tool(article, user)
    if not desk.may_file(user):
        return None
    return _("Translations"), reverse("admin:articles_article_translate", args=[article.pk])


def job_tool(article: Article, user: Any) -> tuple[str, str] | None:
    """From a translation to the job that it comes from."""
    if article.original_id is None:
        return None
    job = permissions.visible_jobs(user).filter(article=article).only("pk").first()
    return (_("Translation job"), reverse("admin:translations_job_change", args=[job.pk])) if job else None


def address(article_admin: ArticleAdmin) -> URLPattern:
    return article_admin.page("translate/", translate, "translate")


ArticleAdmin.tools += [tool, job_tool]
ArticleAdmin.tool_urls.append(address)
