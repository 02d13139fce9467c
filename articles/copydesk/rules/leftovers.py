"""What other sites' pages and our own drafts leave in a body."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from articles.copydesk.base import Finding, Place, excerpt
from articles.copydesk.reading import Reading
from articles.enums import Severity

_LONGEST_LINE = 160
_CAPITAL = r"[^\W\d_a-zăâîșşțţа-яёіїєґ]"
_NAME = _CAPITAL + r"[\w.'’ʼ-]*(?:\s+" + _CAPITAL + r"[\w.'’ʼ-]*){1,3}"
_NAMES = _NAME + r"(?:(?:\s*,|\s+(?:and|&|și|şi|si|и|та|і|й))\s+" + _NAME + r")*"
_END = r"\s*[.)\]]?\s*$"
_START = r"(?:^|(?<=[.!?…”\"»]\s))\s*[(\[]?\s*"


@dataclass(frozen=True)
class _Leftover:
    pattern: re.Pattern[str]
    message: str


def _leftover(pattern: str, message: str, *, ignore_case: bool = True) -> _Leftover:
    return _Leftover(re.compile(pattern, re.IGNORECASE if ignore_case else 0), message)


_CREDIT_TRANSLATOR = gettext_noop("“%(line)s” is typed in the story. Remove it and add the translator to the credits.")
_NO_TRANSLATION = gettext_noop(
    "“%(line)s” is typed in the story. Remove it. If the story is a translation, add the translator to the "
    "credits, and cite its original."
)
_CREDIT_AUTHOR = gettext_noop("“%(line)s” is typed in the story. Remove it and add the author to the credits.")
_CREDIT_PICTURE = gettext_noop(
    "“%(line)s” is typed in the story. Remove it and write the credit in the picture's record."
)
_CITE = gettext_noop("“%(line)s” is typed in the story. Remove it and add the source to the citations.")
_NOT_TEXT = gettext_noop("“%(line)s” is no part of the story. Remove it: the page makes its own links to read on.")
_FROM_A_PAGE = gettext_noop("“%(line)s” is no part of the story: it is left over from another site's page. Remove it.")
_UNFINISHED = gettext_noop("“%(line)s” marks something that is still to be written. Write it.")

# From which language: "from the Romanian", "din limba engleză", "с румынского языка", "з румунської мови".
_FROM = (
    r"(?:\s+from\s+(?:the\s+)?\w+|\s+din\s+(?:limba\s+)?\w+"
    r"|\s+(?:с|со|з|із|зі)\s+\w+(?:-\w+)?(?:\s+(?:языка|мови))?)?"
)
_TRANSLATION_BY_NAME = (
    _START
    + rf"(?i:translat(?:ion|ed){_FROM}\s*(?:by|:)|translators?\s*:|traducere(?:a)?{_FROM}\s*(?:de|:)"
    + rf"|tradus{_FROM}\s*(?:de|:)|traducător(?:i|ii|ul)?\s*:"
    + rf"|перевод{_FROM}\s*:?|перев[её]л[аи]?{_FROM}\s*:?|переводчи(?:к|ца|ки)\s*:"
    + rf"|пере(?:клад|клав|клала|клали){_FROM}\s*:?|перекладач(?:ка|і)?\s*:)\s*"
    + _NAMES
    + _END
)
_TRANSLATION_LINE = rf"^\s*[(\[]?(?:translat(?:ed|ion){_FROM}\s+by|traducere(?:a)?{_FROM}\s+de)\b.*$"
_BYLINE = r"^\s*(?:By|BY|De|Autor(?:i|ul)?\s*:|Author\s*:|Автор(?:ы|и)?\s*:?)\s+" + _NAME + _END
_PICTURE_LINE = r"^\s*[(\[]?(?:photos?|foto|fotografie|фото)(?:\s+(?:by|de))?\s*:\s*\S.*$"
_SOURCE_LINE = r"^\s*[(\[]?(?:sources?|sursa|surse|sursă|источники?|джерел[оа])\s*:\s*\S.*$"
_READ_ON_WORDS = (
    r"(?:(?:read|see)\s+(?:more|also|further)|continue\s+reading"
    r"|read\s+(?:the\s+)?full\s+(?:story|article)"
    r"|(?:cite[sșş]te|citi[tțţ]i)\s+(?:[sșş]i|mai\s+mult|mai\s+departe|continuarea|integral)"
    r"|(?:vezi|vede[tțţ]i)\s+[sșş]i"
    r"|читайте\s+(?:также|ещ[её]|далее|також|ще|далі)|читать\s+(?:далее|полностью|также|ещ[её])"
    r"|читати\s+(?:далі|також|повністю)|подробнее|детальніше|смотрите\s+также|дивіться\s+також)"
)
_READ_ON = (
    r"^\s*[(\[]?" + _READ_ON_WORDS + r"(?:\s*$|\s*[:.…>»→)\]\-–—].*$|\s+(?:on|at|here|aici|pe|на|тут|здесь)\b.*$)"
)
_READ_ON_AT_THE_END = _START + _READ_ON_WORDS + r"\s*[:.…>»→)\]]*\s*$"
# Where other sites offer to share, to subscribe and to read on; each has to be a whole line.
_NETWORK = (
    r"(?:facebook|twitter|x|telegram|viber|whatsapp|linkedin|instagram|threads|tiktok|youtube|e-?mail|vk|вк|вконтакте"
    r"|фейсбук[еу]?|телеграмм?[еі]?|телеграм|social\s+media|rețelele\s+sociale|соцсетях|соцмережах)"
)
_SHARE = (
    r"share\s+(?:this|the)\s+(?:story|article|post|page|news)|share|distribui(?:e|[tțţ]i)(?:\s+(?:acest\s+articol"
    r"|articolul|(?:această\s+)?știrea?))?|поделиться(?:\s+(?:статьей|статьёй|новостью))?|поделитесь(?:\s+(?:этой\s+)?"
    r"(?:статьей|статьёй|новостью))?|поділитися(?:\s+(?:статтею|новиною))?|поділіться(?:\s+(?:цією\s+)?(?:статтею|новиною))?"
)
_SHARE_WITH = (
    r"(?:on|via|by|to|pe|prin|в|у|через)\s+" + _NETWORK + r"(?:\s*(?:,|/|\||and|or|și|и|та)\s*" + _NETWORK + r")*"
    r"|with\s+(?:your\s+)?(?:friends|others)|cu\s+prietenii|с\s+друзьями|з\s+друзями"
)
_SHARE_LINE = (
    rf"^\s*[(\[]?(?:(?:{_SHARE})\s+(?:{_SHARE_WITH})|share\s+this(?:\s+(?:story|article|post|page|news))?"
    r"|distribui(?:e|[tțţ]i)\s+(?:acest\s+articol|articolul)|поделиться(?:\s+(?:статьей|статьёй|новостью))?"
    r"|поділитися(?:\s+(?:статтею|новиною))?)\s*[:!.…>»→)\]]*\s*$"
)
_RELATED_LINE = (
    r"^\s*[(\[]?(?:(?:related|similar|recommended|more)\s+(?:articles?|stories|story|news|posts?|coverage|reading|topics)"
    r"|more\s+on\s+this\s+(?:story|topic)|you\s+(?:may|might)\s+also\s+like"
    r"|(?:articole|[sșş]tiri|materiale)\s+(?:similare|asemănătoare|recomandate|conexe|înrudite|pe\s+aceea[sșş]i\s+temă)"
    r"|pe\s+aceea[sșş]i\s+temă|s-ar\s+putea\s+să\s+(?:te|vă)\s+intereseze"
    r"|(?:похожие|связанные|рекомендуемые)\s+(?:статьи|материалы|новости|публикации)"
    r"|(?:(?:статьи|материалы|новости|публикации|ещ[её])\s+)?по\s+теме|вам\s+может\s+быть\s+интересно"
    r"|(?:схожі|пов['’ʼ]язані|рекомендовані)\s+(?:статті|матеріали|новини|публікації)"
    r"|(?:(?:статті|матеріали|новини|публікації|ще)\s+)?(?:за\s+темою|по\s+темі)|вам\s+може\s+бути\s+цікаво)"
    r"\s*(?:[.…>»→)\]]*\s*$|:.*$)"
)
_OFFER_LINE = (
    r"^\s*[(\[]?(?:click\s+here(?:\s+(?:to|for)\s+[^,;:“”\"«»]{1,80})?"
    r"|(?:click|d[aă]\s+click|da[tțţ]i\s+click|ap[aă]s(?:[aă]|a[tțţ]i))\s+aici(?:\s+(?:pentru|ca)\s+[^,;:„”«»]{1,80})?"
    r"|(?:нажмите|кликните|жмите)\s+(?:здесь|сюда)(?:[,\s]+чтобы\s+[^,;:«»]{1,80})?"
    r"|(?:натисніть|клікніть|тисніть)\s+(?:тут|сюди)(?:[,\s]+щоб\s+[^,;:«»]{1,80})?"
    r"|(?:subscribe|sign\s+up)\s+(?:to|for)\s+our\s+[^,;:“”\"«»]{1,80}"
    rf"|(?:follow|find|join)\s+us\s+on\s+{_NETWORK}\b[^.;:“”\"«»]{{0,80}}"
    r"|(?:abonea(?:z[aă]-te)|abona[tțţ]i-v[aă])\s+la\s+[^,;:„”«»]{1,80}"
    rf"|urm[aă]r(?:e[sșş]te|i[tțţ]i)-ne\s+(?:și\s+)?pe\s+{_NETWORK}\b[^.;:„”«»]{{0,80}}"
    r"|подпи(?:шитесь|сывайтесь)\s+на\s+(?:наш|рассылк|канал)[^,;:«»]{0,80}"
    r"|следите\s+за\s+нами\s+(?:в|на)\s+[^,;:«»]{1,80}"
    r"|підпи(?:шіться|суйтесь|суйтеся)\s+на\s+(?:наш|розсилк|канал)[^,;:«»]{0,80}"
    r"|(?:стежте|слідкуйте)\s+за\s+нами\s+(?:в|у|на)\s+[^,;:«»]{1,80})\s*[!.…>»→)\]]*\s*$"
)
_ADVERTISEMENT = (
    r"^[\s(\[*—–-]*(?:advertisement|advertising|sponsored(?:\s+content)?|publicitate|reclamă|articol\s+publicitar"
    r"|реклама|на\s+правах\s+реклам[ыи])[\s:.)\]*—–-]*$"
)
_PLACEHOLDER = r"\b(?:TK(?:TK)*|XXX+|TODO|FIXME)\b|\?\?\?+|\b(?i:lorem ipsum)\b"

_LEFTOVERS = (
    _leftover(_TRANSLATION_BY_NAME, _CREDIT_TRANSLATOR, ignore_case=False),
    _leftover(_TRANSLATION_LINE, _CREDIT_TRANSLATOR),
    _leftover(_BYLINE, _CREDIT_AUTHOR, ignore_case=False),
    _leftover(_PICTURE_LINE, _CREDIT_PICTURE),
    _leftover(_SOURCE_LINE, _CITE),
    _leftover(_READ_ON, _NOT_TEXT),
    _leftover(_READ_ON_AT_THE_END, _NOT_TEXT),
    _leftover(_SHARE_LINE, _FROM_A_PAGE),
    _leftover(_RELATED_LINE, _FROM_A_PAGE),
    _leftover(_OFFER_LINE, _FROM_A_PAGE),
    _leftover(_ADVERTISEMENT, _FROM_A_PAGE),
    _leftover(_PLACEHOLDER, _UNFINISHED, ignore_case=False),
)


class Leftovers:
    id = "leftovers"
    title = _("Leftovers")
    help = _("Credits, source lines, links to read on and reminders don't stand in the story itself.")

    def examine(self, reading: Reading) -> Iterator[Finding]:
        other_words = {} if reading.original else {_CREDIT_TRANSLATOR: _NO_TRANSLATION}
        yield from self._lines("standfirst", reading.standfirst, 0, other_words)
        for block in reading.blocks:
            yield from self._lines("body", block.text, block.start, other_words)

    def _lines(self, field: str, text: str, offset: int, other_words: Mapping[str, str]) -> Iterator[Finding]:
        start = 0
        for line in text.split("\n"):
            found = _first(line)
            if found:
                message, begin, end = found
                at = offset + start
                words = excerpt(line, begin, end)
                place = Place(field, start=at + begin, end=at + end, excerpt=words)
                yield Finding(self.id, Severity.ERROR, other_words.get(message, message), place, {"line": words})
            start += len(line) + 1


def _first(line: str) -> tuple[str, int, int] | None:
    """The first leftover of a line as (message, start, end). Of a long line only the end counts."""
    skipped = max(0, len(line) - _LONGEST_LINE)
    for leftover in _LEFTOVERS:
        begins_line = leftover.pattern.pattern.startswith("^")
        if begins_line and skipped:
            continue
        match = leftover.pattern.search(line, 0 if leftover.message == _UNFINISHED else skipped)
        if match:
            return leftover.message, match.start(), match.end()
    return None
