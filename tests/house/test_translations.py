"""Every text that a person sees is there in every language of the interface."""

import ast
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
GATHER = ["makemessages", "--all", "--no-obsolete", "--no-wrap", "--add-location", "file"]
NOT_COPIED = shutil.ignore_patterns(".*", "__pycache__", "*.mo")
LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) )?(".*")')
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd%]|\{\w*\}|<[^>]+>")


@dataclass
class Entry:
    fuzzy: bool = False
    parts: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str]:
        return self.parts.get("msgctxt", ""), self.parts["msgid"]

    @property
    def forms(self) -> list[str]:
        return [said for name, said in self.parts.items() if name.startswith("msgstr")]


def po_file(language: str, root: Path = ROOT) -> Path:
    return root / "newsroom" / "locale" / language / "LC_MESSAGES" / "django.po"


def read(path: Path) -> dict[tuple[str, str], Entry]:
    """The file's entries by context and msgid; the header's msgid is empty. Obsolete ones are left out."""
    entries = []
    for block in path.read_text("utf-8").split("\n\n"):
        entry, name = Entry(), ""
        for line in block.splitlines():
            if line.startswith("#,"):
                entry.fuzzy = "fuzzy" in line
            elif found := LINE.fullmatch(line):
                name = found[1] or name
                entry.parts[name] = entry.parts.get(name, "") + ast.literal_eval(found[2])
        if entry.parts:
            entries.append(entry)
    return {entry.key: entry for entry in entries}


def plurals(header: Entry) -> int:
    found = re.search(r"nplurals=(\d)", header.forms[0])
    assert found, "the header says how many plural forms there are"
    return int(found[1])


def test_reading_a_file_finds_what_is_open(tmp_path):
    """Else the tests below would be content with anything."""
    path = tmp_path / "django.po"
    path.write_text(
        'msgid ""\nmsgstr "nplurals=2"\n\n'
        '#, fuzzy\nmsgctxt "quote"\nmsgid "direct"\nmsgstr "d"\n\n'
        'msgid "%(count)d row"\nmsgid_plural "%(count)d rows"\nmsgstr[0] ""\n"%(count)d r"\nmsgstr[1] ""\n\n'
        '#~ msgid "gone"\n#~ msgstr "g"\n'
    )
    header, fuzzy, counted = read(path).values()
    assert plurals(header) == 2
    assert (fuzzy.key, fuzzy.fuzzy, fuzzy.forms) == (("quote", "direct"), True, ["d"])
    assert (counted.key, counted.fuzzy, counted.forms) == (("", "%(count)d row"), False, ["%(count)d r", ""])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language):
    entries = read(po_file(language))
    wanted = plurals(entries["", ""])
    open_ = [
        key
        for key, entry in entries.items()
        if entry.fuzzy or not all(entry.forms) or len(entry.forms) != (wanted if "msgid_plural" in entry.parts else 1)
    ]
    assert not open_
    assert len(entries) > 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_and_tags_are_those_of_the_text(language):
    differing = []
    for key, entry in read(po_file(language)).items():
        asked = [sorted(PLACEHOLDER.findall(text)) for name, text in entry.parts.items() if "msgid" in name]
        if key[1] and any(sorted(PLACEHOLDER.findall(form)) not in asked for form in entry.forms):
            differing.append((key, entry.forms))
    assert not differing


@pytest.mark.skipif(not shutil.which("xgettext"), reason="needs gettext: apt-get install gettext")
def test_gathering_the_texts_finds_none_that_a_language_lacks(tmp_path):
    """Nor one that nothing says any more: `make messages` was run."""
    copy = tmp_path / "copy"
    for folder in ("articles", "newsroom", "translations", "templates", "tests"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=NOT_COPIED)
    shutil.copy(ROOT / "manage.py", copy)
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "newsroom.settings", "NEWSROOM_DEBUG": "1"}
    subprocess.run([sys.executable, "manage.py", *GATHER], cwd=copy, env=environment, check=True, capture_output=True)
    for language in LANGUAGES:
        kept, gathered = read(po_file(language)).keys(), read(po_file(language, copy)).keys()
        assert (language, gathered - kept, kept - gathered) == (language, set(), set())
