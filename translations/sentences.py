"""Where a sentence ends: rules in the manner of SRX for Romanian, English, Russian and Ukrainian, and general ones.

They lean to leaving two sentences together: a translator splits a segment with one key, but one that was cut in the
middle of a sentence is never met again in the memory.
"""

import re
import unicodedata

_ENDS = re.compile(
    r"(?P<stop>[.!?…؟۔]+)(?P<after>[»”“\"’')\]]*)(?=[ \t\r\f\u2000-\u200a\u3000])"  # a hard space parts nothing
    r"|(?P<wide>[。！？]+[」』”）]*)"
    r"|(?P<line>\n+)"
)
_BEFORE_WORD = re.compile(r"[\s„“”\"«‘’'(\[—–-]*")
_LAST_WORD = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*$|\d+(?:[.,/:]\d+)*$")
_WORD = re.compile(r"[^\W\d_]+")
_DAY_AND_MONTH = re.compile(r"\d{1,2}\.\d{1,2}")
_LIST_NUMBER = re.compile(r"\s*[(\[]?(?:\d{1,3}|[ivxIVX]{1,4})")
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])+")
_SINGLE_LETTERS = re.compile(r"(?:(?<![^\W\d_])[^\W\d_]\.\s?)+$")
_SHORT = 3
_NEAR = 60  # characters before a stop in which its word is looked for

# Before these stops a sentence goes on, whatever follows.
_NEVER = {
    "ro": """
        dl dlui dna dnei dnii dra dr d-l d-na d-lui d-nei d-ra prof conf lect asist ing av acad arh ec gen col
        lt maj cpt sf sft pr pt alin lit cap str bd bld bul șos sos ap bl et jud mun com or r-nul reg tel fax
        ed red cca aprox cf vs ex î.hr d.hr î.e.n m.o n.b n.r n.red
    """,
    "en": """
        mr mrs ms mx messrs dr prof rev hon gov sen rep lt sgt capt cmdr adm maj cpl pvt st mt eds trans cf vs
        viz e.g i.e ca approx dept univ assn bros supt
    """,
    "ru": """
        т.е т.н т.к т.ч т.о т.ж г-н г-на г-ну г-ном г-не г-жа г-жи г-же г-жу г-жой гг ул пр пр-т просп пл пер
        наб бул б-р кв корп стр обл р-н пос дер ст им ген полк подп кап проф акад доц канд докт инж св пп гл
        рис табл см ср напр тел факс ред сост изд прим тов зам нач пом сокр англ фр нем рум молд укр рус лат
        греч букв
    """,
    "uk": """
        т.зв т.ч т.б т.п пп вул просп пл пров бул б-р наб буд кв корп обл р-н смт ст ім ген полк підп кап проф
        акад доц канд д-р інж св гл рис табл див пор напр тел факс ред упоряд вид прим рр заст зав нач пом
        скор англ фр нім рум молд рос лат грец букв тов
    """,
}
# After these a sentence may go on, and ends only where a capital follows.
_MAYBE = {
    "ro": """
        etc ș.a ș.a.m.d s.a s.a.m.d a.m p.m b.a s.r.l s.a
    """,
    "en": """
        etc al inc ltd co corp jr sr a.m p.m u.s u.k u.n e.u d.c ph.d b.c a.d
    """,
    "ru": """
        др т.д т.п н.э тыс млн млрд трлн руб коп долл экз чел шт
    """,
    "uk": """
        ін т.д т.п н.е тис млн млрд трлн грн коп руб дол крб шт
    """,
}
# These are words of their own, too: a sentence goes on where a number follows.
_NUMBERED = """
    no nos nr art fig sec vol ch pct tab pag p pp v c jan feb mar apr jun jul aug sept sep oct nov dec ian febr
    mart iun iul noi mon tue wed thu fri sat sun est янв февр фев мар апр июн июл авг сент сен окт нояб дек п ч
    о с д м г січ лют бер берез квіт трав черв лип серп верес жовт лист груд № ст рис табл
"""
_BEFORE_NUMBER = frozenset(_NUMBERED.split())
_NEVER_SETS = {language: frozenset(words.split()) for language, words in _NEVER.items()}
_MAYBE_SETS = {language: frozenset(words.split()) for language, words in _MAYBE.items()}
_ANY_NEVER = _NEVER_SETS["en"] | {"tel", "ing", "bd", "str"}
_ANY_MAYBE = _MAYBE_SETS["en"]
# Letters with stops between them may be a name's initials: then only a word that seldom is a name begins a sentence.
_STARTERS = frozenset(
    ["the", "it", "in", "he", "she", "they", "we", "but", "and", "this", "that", "these", "on", "at", "for", "as", "if"]
) | frozenset(
    ["when", "while", "after", "there", "a", "an", "his", "her", "its", "their", "some", "no", "according", "however"]
)


def ends(text: str, language: str) -> list[int]:
    """The offsets at which sentences end, in order; the text's own end isn't among them.

    White space after an offset belongs to no sentence. A line break always ends one, and belongs to the sentence
    before it.
    """
    begun = 0
    found = []
    for match in _ENDS.finditer(text):
        end = match.end()
        if not text[end:].strip() or not text[begun:end].strip():
            continue
        if match["line"] or match["wide"] or _is_end(text, begun, match, language):
            found.append(end)
            begun = end
    return found


def _is_end(text: str, begun: int, match: re.Match[str], language: str) -> bool:
    start = _BEFORE_WORD.match(text, match.end())
    at = start.end() if start else match.end()
    if at < len(text) and text[at].islower():
        return False
    stop = match["stop"]
    if stop in {"…", "..."}:
        return text[at : at + 2].strip() != "I"
    if stop != ".":
        return True
    return _ends_at_full_stop(text, begun, match.start(), at, language)


def _ends_at_full_stop(text: str, begun: int, stop: int, next_word: int, language: str) -> bool:
    near = unicodedata.normalize("NFC", text[max(begun, stop - _NEAR) : stop])
    before = _LAST_WORD.search(near)
    if _LIST_NUMBER.fullmatch(text[begun:stop]):
        return False
    if not before:
        return True
    word = before[0]
    if word[0].isdigit():
        return not _DAY_AND_MONTH.fullmatch(word)
    word = _spaced_abbreviation(near.removesuffix(word), word).lower()
    base = language.lower().partition("-")[0]
    if word in _BEFORE_NUMBER and text[next_word : next_word + 1].isdigit():
        return False
    if word in _MAYBE_SETS.get(base, _ANY_MAYBE):
        return _may_begin(text, next_word, word)
    if word in _NEVER_SETS.get(base, _ANY_NEVER):
        return False
    if _INITIALS.fullmatch(word):
        return _may_begin(text, next_word, word)
    return len(word) > 1


def _spaced_abbreviation(before: str, word: str) -> str:
    """ "т. д" as "т.д": the word with the single letters before it."""
    found = _SINGLE_LETTERS.search(before)
    return re.sub(r"\s", "", found[0]) + word if found and len(word) <= _SHORT else word


def _may_begin(text: str, at: int, word: str) -> bool:
    """Whether a sentence may begin at the word after an abbreviation."""
    if text[at : at + 1].isdigit():
        return False
    following = _WORD.match(text, at)
    if following and _INITIALS.fullmatch(word) and word.isascii() and word not in {"a.m", "p.m", "s.a"}:
        return following[0].lower() in _STARTERS
    return True
