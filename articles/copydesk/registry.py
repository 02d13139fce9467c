"""The rules that the copy desk knows, and running them."""

import logging
import traceback
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext_noop

from articles.copydesk.base import SUGGESTION_LENGTH, Finding, Place, Rule
from articles.copydesk.reading import Reading
from articles.copydesk.rules.credits import Credits
from articles.copydesk.rules.figures import Figures
from articles.copydesk.rules.leftovers import Leftovers
from articles.copydesk.rules.names import Names
from articles.copydesk.rules.parts import Parts
from articles.copydesk.rules.pictures import Pictures
from articles.copydesk.rules.quotes import Quotes
from articles.copydesk.rules.sources import Sources
from articles.copydesk.rules.spellings import Spellings
from articles.copydesk.rules.untranslated import Untranslated
from articles.enums import Severity

logger = logging.getLogger(__name__)

_MOST_OF_A_RULE = 200

_RULES: tuple[Rule, ...] = (
    Parts(),
    Untranslated(),
    Sources(),
    Names(),
    Spellings(),
    Quotes(),
    Figures(),
    Leftovers(),
    Pictures(),
    Credits(),
)

OF_STORIES = {"sources", "quotes", "credits"}
"""Rules that a newsroom page is not held to: it rests on no source, quotes nobody and has no byline."""


def rules() -> tuple[Rule, ...]:
    """The rules in the order in which their findings are shown."""
    return _RULES


def examine(reading: Reading, *, by: Iterable[Rule] | None = None) -> list[Finding]:
    """Everything that the rules find, in a fixed order, each with its fingerprint.

    A rule that breaks hides none of the others: it becomes a blocking finding itself and is logged (without
    the article's words), since a story that could not be examined must not be approved.
    """
    found: list[Finding] = []
    for rule in _RULES if by is None else by:
        if reading.page and rule.id in OF_STORIES:
            continue
        try:
            found.extend(_gravest(list(rule.examine(reading))))
        except Exception as error:  # noqa: BLE001 - whatever breaks in one rule, the others still run
            found.append(_broken(rule, error))
    return _numbered(found)


def _gravest(found: list[Finding]) -> list[Finding]:
    """At most 200 of a rule's findings, in their order; the lighter ones give way."""
    if len(found) <= _MOST_OF_A_RULE:
        return found
    gravity = list(Severity)
    kept = sorted(range(len(found)), key=lambda place: (gravity.index(found[place].severity), place))
    return [found[place] for place in sorted(kept[:_MOST_OF_A_RULE])]


def _broken(rule: Rule, error: Exception) -> Finding:
    where = traceback.extract_tb(error.__traceback__)[-1]
    logger.error("copy desk rule %s failed: %s in %s line %s", rule.id, type(error).__name__, where.name, where.lineno)
    return Finding(
        rule=rule.id,
        severity=Severity.BLOCKING,
        message=gettext_noop("The check “%(rule)s” failed, so the story can't be approved. Tell the administrator."),
        params={"rule": rule.id},
        place=Place("headline"),
    )


def _numbered(found: Iterable[Finding]) -> list[Finding]:
    """With fingerprints: the same words at fault twice are two findings."""
    seen: Counter[str] = Counter()
    numbered = []
    for finding in found:
        first = finding.print_of(0)
        numbered.append(
            replace(
                finding,
                suggestion=finding.suggestion[:SUGGESTION_LENGTH] if finding.suggestion else None,
                fingerprint=finding.print_of(seen[first]),
            )
        )
        seen[first] += 1
    return numbered
