"""The page between a step's button and the step.

It says what will happen, who sees it and when, and what is against it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from articles import permissions
from articles.admin import conflict
from articles.admin.beside import findings
from articles.admin.forms import LocalMomentField, in_zones, unix_lines, zone_name
from articles.enums import Change, Role, Step
from articles.errors import NotAllowed, Refused, Stale, WrongState
from articles.models.article import Article
from articles.models.paper import Paper
from articles.models.publication import Publication, PublicationQuerySet
from articles.workflow import filing, guards, machine, publishing, withdrawing
from articles.workflow.steps import STEPS, StepRule

NOTE_MOST = 4_000
IN_LANGUAGE = "note_"  # and the language: the note for readers of another version
TAKE: dict[Step, Callable[..., Article]] = {
    Step.SUBMIT: filing.submit,
    Step.CLAIM: filing.claim,
    Step.TAKE_OVER: filing.take_over,
    Step.HAND_BACK: filing.hand_back,
    Step.APPROVE: filing.approve,
    Step.REOPEN: filing.reopen,
    Step.SPIKE: filing.spike,
    Step.UNSPIKE: filing.unspike,
    Step.PUBLISH: publishing.publish,
    Step.SCHEDULE: publishing.schedule,
    Step.UNSCHEDULE: publishing.unschedule,
    Step.HOLD: withdrawing.hold,
    Step.RELEASE: withdrawing.release,
    Step.RETRACT: withdrawing.retract,
    Step.REMOVE: withdrawing.remove,
}
DONE = {
    Step.SUBMIT: gettext_lazy("“%(headline)s” is at the desk now."),
    Step.CLAIM: gettext_lazy("You edit “%(headline)s” now."),
    Step.TAKE_OVER: gettext_lazy("You have taken over “%(headline)s”."),
    Step.HAND_BACK: gettext_lazy("“%(headline)s” is back with its author."),
    Step.APPROVE: gettext_lazy("“%(headline)s” is approved."),
    Step.REOPEN: gettext_lazy("“%(headline)s” can be edited again. Readers keep what they have."),
    Step.SPIKE: gettext_lazy("“%(headline)s” is put aside."),
    Step.UNSPIKE: gettext_lazy("“%(headline)s” is a draft again."),
    Step.PUBLISH: gettext_lazy("“%(headline)s” is published."),
    Step.SCHEDULE: gettext_lazy("“%(headline)s” is scheduled."),
    Step.UNSCHEDULE: gettext_lazy("“%(headline)s” is no longer scheduled."),
    Step.HOLD: gettext_lazy("“%(headline)s” is held: readers see a notice in its place."),
    Step.RELEASE: gettext_lazy("“%(headline)s” is released: readers see it again."),
    Step.RETRACT: gettext_lazy("“%(headline)s” is retracted."),
    Step.REMOVE: gettext_lazy("“%(headline)s” is removed."),
}
WITHDRAWING = {Step.HOLD, Step.RELEASE, Step.RETRACT, Step.REMOVE}
CHECKED = {Step.APPROVE, Step.PUBLISH, Step.SCHEDULE}


class StepForm(forms.Form):
    """What the step asks for besides a yes. The guards decide; this says beside which field."""

    def __init__(self, rule: StepRule, article: Article, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.rule = rule
        if rule.step == Step.SCHEDULE:
            self.fields["visible_from"] = LocalMomentField(
                label=_("Readers see it from"), help_text=_("Time in %(zone)s.") % {"zone": zone_name()}
            )
        if rule.step in {Step.PUBLISH, Step.SCHEDULE} and guards.has_been_public(article):
            chosen = [(kind.value, kind.label) for kind in Change.chosen()]
            self.fields["change"] = forms.ChoiceField(
                label=_("Kind of change"), choices=chosen, widget=forms.RadioSelect, help_text=_kinds()
            )
            self._note(
                _("Note for readers"),
                required=False,
                help_text=_("Says what changed. Readers see it with its time."),
            )
        if rule.step in {Step.PUBLISH, Step.SCHEDULE} and (late := publishing.missed(article)):
            self.fields["up_to_date"] = forms.BooleanField(
                label=_("It says what the original says now"),
                required=False,
                help_text=_(
                    "Readers are told that the original had a change (%(change)s, %(time)s) which is missing here."
                )
                % {"change": late.get_change_display(), "time": _times(late.visible_from)[0]},
            )
        if rule.note_label:
            self._note(str(rule.note_label).capitalize(), required=rule.note_required)
        if rule.step == Step.RETRACT:
            for version in _withdrawn(rule, article).exclude(article=article):
                said = _("Reason, for readers in %(language)s") % {"language": _language(version.language)}
                self._note(said, name=IN_LANGUAGE + version.language, required=True)
        if rule.step == Step.APPROVE and _alone(article, user):
            self.fields["alone"] = forms.CharField(
                label=_("Why you approve it alone"),
                max_length=NOTE_MOST,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text=_("What would be approved is your work alone. The reason is listed on the desk."),
            )

    def _note(self, label: str, *, name: str = "note", required: bool, help_text: str = "") -> None:
        self.fields[name] = forms.CharField(
            label=label,
            required=required,
            max_length=NOTE_MOST,
            help_text=help_text,
            widget=forms.Textarea(attrs={"rows": 4}),
        )
        self.fields[name].widget.attrs.pop("maxlength", None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        change = cleaned.get("change")
        if change and Change(change).needs_note and not cleaned.get("note") and "note" not in self.errors:
            self.add_error("note", _("Write a note for readers that says what changed."))
        lines = {name: unix_lines(value) if isinstance(value, str) else value for name, value in cleaned.items()}
        others = {name: lines.pop(name) for name in list(lines) if name.startswith(IN_LANGUAGE)}
        if others:
            lines["in_languages"] = {name.removeprefix(IN_LANGUAGE): said for name, said in others.items()}
        return lines


def confirm(request: HttpRequest, article: Article, step: str) -> HttpResponse:
    """GET asks, POST takes the step. A second POST finds a newer version and changes nothing."""
    if step not in TAKE:
        raise Http404
    rule = STEPS[Step(step)]
    user: Any = request.user
    if request.method == "POST" and conflict.posted_version(request) != article.version:
        return _page(request, rule, article, StepForm(rule, article, user, request.POST), status=409, newer=True)
    if not machine.open_steps(article, user, [rule]):
        return _page(request, rule, article, None, status=403)
    if request.method != "POST":
        drawn = request.GET.get("version", str(article.version))
        return _page(request, rule, article, StepForm(rule, article, user), newer=drawn != str(article.version))
    form = StepForm(rule, article, user, request.POST)
    if not form.is_valid():
        return _page(request, rule, article, form, status=422)
    try:
        article = TAKE[rule.step](article, by=user, version=article.version, **form.cleaned_data)
    except Stale as error:
        return _page(request, rule, error.article, form, status=409, newer=True)
    except (NotAllowed, WrongState):
        return _page(request, rule, article, None, status=403)
    except Refused as error:
        form.add_error(None, error.messages)
        return _page(request, rule, article, form, status=422)
    messages.success(request, _done(rule, article))
    seen = Article.objects.visible_to(user).filter(pk=article.pk).exists()
    return HttpResponseRedirect(article.get_absolute_url() if seen else reverse("admin:index"))


def _page(
    request: HttpRequest,
    rule: StepRule,
    article: Article,
    form: StepForm | None,
    *,
    status: int = 200,
    newer: bool = False,
) -> TemplateResponse:
    """``form`` is None where the step is not this user's now; ``newer`` where somebody changed the story."""
    user: Any = request.user
    allowed = form is not None and (status != 409 or bool(machine.open_steps(article, user, [rule])))
    obstacles = guards.standing_reasons(rule.step, article, user) if allowed else []
    if allowed and rule.step == Step.APPROVE and not _alone(article, user):
        obstacles += [why for why in guards.reasons(rule.step, article, user) if why not in obstacles]
    context = {
        **admin.site.each_context(request),
        "title": _("%(step)s: %(headline)s")
        % {"step": str(rule.step.label).capitalize(), "headline": article.headline},
        "opts": Article._meta,
        "article": article,
        "rule": rule,
        "to_state": rule.to.label if rule.to and rule.to != article.state else "",
        "form": form if allowed else None,
        "obstacles": obstacles,
        "newer": newer,
        "last": article.transitions.select_related("by").order_by("-id").first() if newer else None,
    }
    if allowed:
        context |= _audience(rule, article)
        if rule.step in CHECKED:
            context["left"] = [shown for shown in findings(article, user) if shown.row.found and not shown.row.refuses]
            context["before"] = _readers_revision(article, context["valid"])
    return TemplateResponse(request, "desk/step.html", context, status=status)


def _audience(rule: StepRule, article: Article) -> dict[str, Any]:
    """To whom it will show, and since or until when."""
    public = rule.step in WITHDRAWING or rule.step in {Step.PUBLISH, Step.SCHEDULE, Step.UNSCHEDULE}
    valid = machine.valid_publication(article)
    scheduled = article.publications.ahead().first()
    shown: dict[str, Any] = {
        "for_readers": public,
        "now": _times(timezone.now()),
        "valid": valid,
        "language": _language(article.language),
        "scheduled": _times(scheduled.visible_from) if scheduled else [],
        "embargo": _times(article.embargo_until) if article.embargo_until else [],
        "since": _times(valid.visible_from) if valid else [],
    }
    if rule.step in WITHDRAWING:
        shown["versions"] = list(_withdrawn(rule, article))
        shown["called_off"] = [
            (row.get_language_display(), _times(row.visible_from))
            for row in Publication.objects.ahead().filter(family=article.family_id).order_by("language", "visible_from")
        ]
    return shown


def _readers_revision(article: Article, valid: Publication | None) -> int | None:
    """The number of the revision that readers have now, if it is an older one than the newest."""
    number = valid.revision.number if valid else None
    return number if article.head and number != article.head.number else None


def _withdrawn(rule: StepRule, article: Article) -> PublicationQuerySet:
    """What readers get of the story's versions now, and would not after the step."""
    rows = Publication.objects.valid().filter(family=article.family_id, state__in=rule.public or [])
    return rows.order_by("language").defer("body", "story")


def _language(code: str) -> str:
    """Its name in the language of whoever looks."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:  # a language that Django has no record of
        return str(dict(settings.LANGUAGES).get(code, code))


def _times(moment: datetime) -> list[str]:
    return in_zones(moment, Paper.objects.current().zone.key, zone_name())


def _alone(article: Article, user: Any) -> bool:
    """Whether a chief would be the only one to have had this text in hand."""
    return Role.CHIEF in permissions.roles_of(user) and len(guards.cycle_authors(article) | {user.pk}) < 2


def _kinds() -> str:
    return _("Readers are told of an update, a correction and a clarification; a refile changes no fact.")


def _done(rule: StepRule, article: Article) -> str:
    said = str(DONE[rule.step] % {"headline": article.headline})
    if rule.step == Step.SCHEDULE and (scheduled := article.publications.ahead().first()):
        said += " " + _("Readers see it from %(times)s.") % {"times": " · ".join(_times(scheduled.visible_from))}
    return said
