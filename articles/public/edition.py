"""A story's text edition: all that its page tells, without HTML, for slow lines, old devices and machines."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles.enums import PublicState
from articles.models.publication import Publication
from articles.public.body import with_dateline
from articles.public.page import own_name
from articles.public.prose import Markdown, Plain, Prose
from articles.public.rights import rights_of
from articles.public.site import PICTURE, Site, sized
from articles.public.telling import change_name
from articles.public.times import day_text, moment_text

FORMS: Mapping[str, Plain] = {"txt": Plain(), "md": Markdown()}
"""By the ending of the address."""


def edition(publication: Publication, facts: Mapping[str, Any], site: Site, form: Plain) -> str:
    """A live story, with the facts of ``telling.facts``, in a form. The story's language must be active."""
    return _document(
        form.paragraph(form.text(" · ".join(filter(None, (site.name, str(publication.section), publication.kicker))))),
        form.heading(form.text(publication.headline), 1),
        form.paragraph(form.text(publication.standfirst)),
        _lines(form, _credits(publication, facts)),
        _picture(facts["lead"], site, form),
        form.paragraph(form.text(facts["behind"].said)) if facts["behind"] else "",
        _body(publication, site, form),
        _titled(form, _("Figures and dates"), [_key_fact(fact) for fact in facts["key_facts"]]),
        _titled(form, _("Corrections and updates"), [_note(note) for note in facts["notes"]]),
        _titled(form, _("Their words in the original"), [_original(quote) for quote in facts["originals"]]),
        _sources(facts, form),
        _titled(
            form, _("This story in other languages"), [_version(v, site, form) for v in facts["versions"]], raw=True
        ),
        _rights(publication, site, form),
        form.link("", site.whole(publication.get_absolute_url())),
        form.paragraph(form.text(site.rights)) if site.rights else "",
    )


def notice(publication: Publication, site: Site, form: Plain) -> str:
    """What is said in place of a story that was withdrawn: what its page says, and no more."""
    match publication.state:
        case PublicState.RETRACTED:
            told = [
                form.heading(form.text(f"{_('Retracted')}: {publication.headline}"), 1),
                form.paragraph(form.text(_("We have retracted this story. Its text is no longer shown."))),
                _lines(form, publication.note.splitlines()),
                _lines(form, _dated(publication, (_("Retracted"), publication.visible_from))),
            ]
        case PublicState.REMOVED:
            told = [
                form.heading(form.text(_("This story has been removed")), 1),
                form.paragraph(form.text(_("It is no longer available at this address or at any other."))),
            ]
        case _:
            told = [
                form.heading(form.text(_("This story is being checked")), 1),
                form.paragraph(
                    form.text(_("We have taken it down while we make sure of what it says. Please come back later."))
                ),
            ]
    return _document(form.paragraph(form.text(site.name)), *told)


def _document(*blocks: str) -> str:
    return "\n\n".join(block for block in blocks if block) + "\n"


def _lines(form: Plain, lines: Iterable[str]) -> str:
    """Lines of plain words as one paragraph."""
    return form.paragraph(form.line_break.join(form.text(line) for line in lines))


def _titled(form: Plain, title: str, paragraphs: Iterable[str], *, raw: bool = False) -> str:
    """A part with its heading; nothing where it has no paragraphs. *raw* ones are in the form already."""
    made = [told if raw else _lines(form, told.splitlines()) for told in paragraphs]
    return "\n\n".join([form.heading(form.text(title), 2), *made]) if made else ""


def _credits(publication: Publication, facts: Mapping[str, Any]) -> list[str]:
    """Who made the story and when, a line each."""
    lines = [f"{line['role']} {_names(line['credits'])}" for line in facts["byline"]]
    if translation := facts["translation"]:
        by = pgettext("translation", "by")
        names = _names(translation["translators"])
        lines.append(
            " ".join(filter(None, [translation["made"], f"{by} {names}" if names else translation["unnamed"]]))
        )
        if translation["post_editors"]:
            lines.append(f"{_('Machine translation edited by')} {_names(translation['post_editors'])}")
        if translation["revisers"]:
            lines.append(f"{_('Translation revised by')} {_names(translation['revisers'])}")
    if facts["machine"]:
        lines.append(facts["machine"])
    updated = (_("Updated"), publication.updated) if publication.updated > publication.first_published else None
    lines += _dated(publication, updated)
    if corrected := facts["corrected"]:
        lines.append(f"{change_name(corrected.change)}, {moment_text(corrected.visible_from)}")
    return lines


def _names(credits_: Iterable[Mapping[str, Any]]) -> str:
    return ", ".join(credit["name"] for credit in credits_)


def _dated(publication: Publication, second: tuple[str, Any] | None) -> list[str]:
    dates = [(_("Published"), publication.first_published), *([second] if second else [])]
    return [f"{did} {moment_text(at)}" for did, at in dates]


def _picture(shot: Mapping[str, Any] | None, site: Site, form: Plain) -> str:
    return form.picture(shot, site.whole(sized(shot, PICTURE).path)) if shot else ""


def _body(publication: Publication, site: Site, form: Plain) -> str:
    shots = {int(shot["number"]): shot for shot in publication.story.get("pictures", [])}
    prose = Prose(form, site.whole, lambda number: _picture(shots.get(number), site, form))
    return prose.write(with_dateline(publication.body, publication.dateline))


def _key_fact(fact: Mapping[str, Any]) -> str:
    mark = f" [{fact['citation']}]" if fact["mark"] else ""
    return f"{fact['figure']}: {fact['text']}{mark}"


def _note(note: Publication) -> str:
    return f"{change_name(note.change)}, {moment_text(note.visible_from)}\n{note.note}"


def _original(quote: Mapping[str, Any]) -> str:
    said_on = day_text(quote["said_on"]) if quote["said_on"] else ""
    return f"{quote['original_words']}\n— {', '.join(filter(None, (quote['speaker'], said_on)))}"


def _sources(facts: Mapping[str, Any], form: Plain) -> str:
    """Whom the story rests on, numbered as in the text."""
    own = [_lines(form, [_("This story rests on our own reporting.")])] if facts["own_reporting"] else []
    return _titled(form, _("Sources"), [*own, *(_source(cited, form) for cited in facts["sources"])], raw=True)


def _source(cited: Mapping[str, Any], form: Plain) -> str:
    name = ", ".join(filter(None, (cited["name"], str(cited["label"]))))
    dates = [
        f"{did} {day_text(day)}"
        for did, day in (
            (pgettext("source", "Published"), cited["published"]),
            (pgettext("source", "Accessed"), cited["accessed"]),
        )
        if day
    ]
    title = form.text(cited["title"] or "")
    found = form.link(title, cited["url"]) if cited["url"] else title
    line = form.text(f"[{cited['number']}] {name}") + (f": {found}" if found else "")
    return form.line_break.join([line, *([form.text(", ".join(dates))] if dates else [])])


def _rights(publication: Publication, site: Site, form: Plain) -> str:
    rights = rights_of(publication, site.name)
    licence = form.link(form.text(rights.name), rights.address) if rights.address else form.text(f"{rights.name}.")
    notes = [form.text(note) for note in rights.notes]
    return form.line_break.join([f"{form.text(f'{rights.owner}.')} {licence}", *notes])


def _version(version: Publication, site: Site, form: Plain) -> str:
    told = f"{own_name(version.language)}: "
    return form.text(told) + form.link(form.text(version.headline), site.whole(version.get_absolute_url()))
