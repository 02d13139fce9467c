"""What each check says, and what to do about it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from translations.proofing.base import Fault

MESSAGES: dict[str, str | Promise] = {
    "untranslated": _("This segment isn't translated. Translate it, or leave it out and say why."),
    "unconfirmed": _("This translation isn't confirmed yet. Read it again and confirm it."),
    "raw_machine": _("This is what the machine wrote. Edit or confirm it; nothing is delivered as a machine left it."),
    "untouched": _("The original still stands here. Translate it, or leave the segment out and say why."),
    "number_lost": _("“%(printed)s” of the original is missing or differs. Compare the numbers and dates."),
    "number_added": _("“%(printed)s” doesn't stand in the original. Compare the numbers and dates."),
    "percent": _("The original speaks of per cent and the translation doesn't, or the other way round."),
    "currency": _("The currencies differ: %(printed)s. Compare the amounts."),
    "link": _("The link of mark %(number)s is missing, doubled, or crosses another mark. Put it where it belongs."),
    "citation": _("Citation mark %(number)s is missing or doubled. Put it behind the words that it proves."),
    "mark": _("Mark %(number)s is missing, doubled or unknown, or crosses another. Put it around the same words."),
    "broken": _("There is a stray <, > or & in the text. Open the segment and save it anew."),
    "address": _("The address %(printed)s of the original is missing. Write it as it stands there."),
    "name_missing": _("The original names %(name)s, the translation doesn't. Name them as the register spells it."),
    "name_unknown": _("The register has no form of %(name)s in this language. Add it, or check the spelling twice."),
    "name_misspelled": _("“%(printed)s” is a misspelling: in this language the name is %(name)s."),
    "name_deprecated": _("“%(printed)s” is no longer how this name is spelled. Write %(name)s."),
    "name_foreign": _("“%(printed)s” is the form of another language. Here the name is %(name)s."),
    "quotation_marks": _("“%(printed)s” is not a quotation mark of this language. Write %(wanted)s."),
    "unbalanced": _("A quotation in this paragraph is opened and not closed, or closed and not opened."),
    "headline_long": _("The headline has %(length)s characters. At most %(most)s are allowed: shorten it."),
    "headline_longer": _("The headline is much longer than the original's. Shorter ones are read more."),
    "cedilla": _("“%(printed)s” is written with a cedilla. In Romanian ș and ț have a comma below."),
    "double_blank": _("There are two blanks in a row. Take one out."),
    "final_sign": _("The original ends with “%(source)s”, the translation with “%(target)s”. Compare the ends."),
    "no_final_sign": _("One of the two ends without a full stop or other sign. Compare the ends."),
    "quotation_lost": _(
        "The original quotes: “%(words)s”. The translation quotes nobody here. Quote the words, or compare."
    ),
    "round_trip": _("These words were said in this language: “%(words)s”. Write them so; don't translate them back."),
}


def message(fault: Fault) -> str:
    """What a fault says, in the language that is active."""
    text = str(MESSAGES[fault.check])
    return text % fault.args if fault.args else text
