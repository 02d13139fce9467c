"""From a count to an amount: which rate holds, and what it comes to. To the cent, and the same every time."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.errors import NotAllowed, Refused
from articles.permissions import roles_of
from translations.enums import CountUnit, Rounding
from translations.models.rate import RateCard
from translations.permissions import PAY, is_of

BANDS = ("context", "exact", "95", "85", "75", "repetition", "machine", "new")
"""Kinds of match: in context, whole, from so many percent on, the same sentence again, a machine's, none."""
PLACES, CENT, NOTHING, WHOLE = Decimal("0.0001"), Decimal("0.01"), Decimal(0), Decimal(1)


@dataclass(frozen=True)
class Priced:
    """How many units the whole text is, and what the contributor's share of them comes to."""

    units: Decimal
    amount: Decimal


def price(
    terms: Mapping[str, Any],
    counted: Mapping[str, int],
    *,
    bands: Mapping[str, int] | None = None,
    urgent: bool = False,
    special: bool = False,
    share: Decimal = WHOLE,
    after: Decimal = NOTHING,
) -> Priced:
    """The amount by *terms* (``terms_of``) of a text with the figures *counted* (``Count.as_columns``).

    *bands* are characters by kind of match. Units are rounded half up to four places, then as the terms say; the amount
    half up to the cent. A least amount is for the whole text, and so shared.

    *after* is what the shares of the same work come to that are reckoned before this one. The amount is that of both
    less that of those before, each to the cent: so the amounts of all shares come to that of the whole, and each is
    less than a cent from its exact part.
    """
    exact = _counted(terms, counted) * _weight(terms, bands or {}) / int(terms["unit_size"])
    units = _rounded(_half_up(exact, PLACES), terms["rounding"])
    units = max(units, Decimal(terms["minimum_units"])).quantize(PLACES)
    whole = Fraction(units) * Fraction(terms["price"]) * Fraction(terms["urgent_factor"] if urgent else 1)
    whole *= Fraction(terms.get("special_factor", 1) if special else 1)
    if Decimal(terms["price"]):
        whole = max(whole, Fraction(terms["minimum_amount"]))
    before, with_it = whole * Fraction(after), whole * Fraction(after + share)
    return Priced(units, _half_up(with_it, CENT) - _half_up(before, CENT))


def _half_up(number: Fraction, place: Decimal) -> Decimal:
    """A number from 0 on, rounded to the place: exactly, so that a half is a half."""
    return math.floor(number / Fraction(place) + Fraction(1, 2)) * place


def _counted(terms: Mapping[str, Any], counted: Mapping[str, int]) -> int:
    if terms["unit"] == CountUnit.WORD:
        return counted["words"]
    return counted["characters"] if terms["count_spaces"] else counted["characters_no_spaces"]


def _weight(terms: Mapping[str, Any], bands: Mapping[str, int]) -> Fraction:
    """What part of the text is paid, by its matches: 1 where none is paid less."""
    characters = sum(bands.values())
    if not characters or not terms["bands"]:
        return Fraction(1)
    weighed = sum((number * Fraction(terms["bands"].get(band, "1")) for band, number in bands.items()), Fraction(0))
    return weighed / characters


def _rounded(units: Decimal, rounding: str) -> Decimal:
    if rounding == Rounding.WHOLE:
        return units.to_integral_value(ROUND_CEILING)
    if rounding == Rounding.HALF:
        return (units * 2).to_integral_value(ROUND_CEILING) / 2
    return units


def terms_of(card: RateCard) -> dict[str, Any]:
    """The rate as an entry keeps it: texts, so that every database gives back the same."""
    return {
        "card": card.pk,
        "unit": str(card.unit),
        "unit_size": int(card.unit_size),
        "count_spaces": card.count_spaces,
        "captions": card.captions,
        "basis": str(card.basis),
        "price": f"{Decimal(card.price):.4f}",
        "currency": card.currency,
        "bands": {name: str(factor) for name, factor in card.bands.items()},
        "minimum_units": f"{Decimal(card.minimum_units):.4f}",
        "minimum_amount": f"{Decimal(card.minimum_amount):.2f}",
        "rounding": str(card.rounding),
        "urgent_factor": f"{Decimal(card.urgent_factor):.3f}",
        "special_factor": f"{Decimal(card.special_factor):.3f}",
    }


def card_for(contributor: Any, role: str, source: str, target: str, day: date) -> RateCard | None:
    """The rate that holds on *day*: the contributor's own before everybody's, then the one that names most languages.

    Of two that name one language the one that names the target comes first.
    """
    cards = RateCard.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=day),
        Q(contributor=None) | Q(contributor=contributor),
        role=role, source__in=["", source], target__in=["", target], valid_from__lte=day,
    )  # fmt: skip
    return max(cards, key=_particular, default=None)


def _particular(card: RateCard) -> tuple[bool, int, bool]:
    return card.contributor_id is not None, bool(card.source) + bool(card.target), bool(card.target)


def introduce(card: RateCard, *, by: Any) -> RateCard:
    """Keeps the new *card*; the one that it takes the place of ends on the day on which it begins.

    Raises ``NotAllowed``, or ``Refused`` where a card for the same begins on that day or later.
    """
    if not roles_of(by) & PAY:
        raise NotAllowed(_("Only a chief editor sets rates."))
    if card.contributor is not None and is_of(by, card.contributor):
        raise NotAllowed(_("Nobody sets a rate of their own. Ask another chief editor."))
    card.created_by = by
    with transaction.atomic():
        same = RateCard.objects.select_for_update().filter(
            contributor=card.contributor_id, role=card.role, source=card.source, target=card.target
        )
        for older in [row for row in same.order_by("valid_from") if row.valid_until is None]:
            if older.valid_from > card.valid_from:
                raise Refused(
                    _("Rate № %(number)s for the same begins on %(day)s. End it first, or begin the new one after it.")
                    % {"number": older.pk, "day": date_format(older.valid_from)}
                )
            RateCard.objects.filter(pk=older.pk).update(valid_until=card.valid_from)
        try:
            with transaction.atomic():
                card.save(force_insert=True)
        except IntegrityError as error:
            if "rate_no_overlap" not in str(error):
                raise
            raise Refused(
                _("Another rate for the same holds in that time. Begin the new one when it has ended.")
            ) from error
    return card


def end(card: RateCard, *, by: Any, day: date) -> RateCard:
    """Ends a rate: *day* is the first on which it no longer holds."""
    if not roles_of(by) & PAY:
        raise NotAllowed(_("Only a chief editor sets rates."))
    with transaction.atomic():
        row = RateCard.objects.select_for_update().get(pk=card.pk)
        if row.valid_until is not None:
            said = _("The rate has an end already: it is valid until %(day)s.")
            raise Refused(said % {"day": date_format(row.valid_until - timedelta(days=1))})
        if day < row.valid_from:
            said = _("The rate begins on %(day)s: it can end then, or later.")
            raise Refused(said % {"day": date_format(row.valid_from)})
        RateCard.objects.filter(pk=row.pk).update(valid_until=day)
        row.valid_until = day
    return row


def last_day(card: RateCard) -> date | None:
    """The last day on which the rate holds, as people say it."""
    return card.valid_until - timedelta(days=1) if card.valid_until else None
