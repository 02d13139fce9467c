"""Files lose nothing on their way out and back, and hostile ones do no harm."""

import io
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook

from translations.coded import code, repair
from translations.exchange import safe, tmx, workbook, xliff
from translations.exchange.sheet import Line, Sheet, Unreadable

SCHEMAS = Path("/work/shared/data")
NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
MARKS = {
    "1": ["a", {"href": '/x?a=1&b="2"<>'}],
    "2": ["sup", {"data-citation": "4"}],
    "3": ["em", {}],
    "4": ["br", {}],
    "5": ["span", {"lang": "ru", "dir": "ltr"}],
}
PIECES = st.one_of(
    st.sampled_from(["<1>", "</1>", "<2/>", "<3>", "</3>", "<4/>", "<5>", "</5>", "<7>", "</7>", "a ", "&amp;", "&lt;1&gt;", "=SUM(1)", "„da”", "\\"]),
    st.text(max_size=6).map(lambda text: code(NOT_XML.sub("", text))),
)  # fmt: skip
CODED = st.lists(PIECES, max_size=10).map("".join).map(repair)
STATES = st.sampled_from(["initial", "translated", "reviewed", "final"])
REASONS = st.text(max_size=30).map(lambda text: " ".join(NOT_XML.sub("", text).split()))
LINES = st.builds(
    Line, segment=st.integers(1, 10**9), version=st.integers(0, 10**6), source=CODED, target=CODED, state=STATES, omitted=REASONS,
    field=st.sampled_from(["body", "headline", "picture-2-alt"]), paragraph=st.integers(0, 3), marks=st.just(MARKS), stale=st.booleans(), old_source=CODED,
)  # fmt: skip
SHEETS = st.builds(
    Sheet, job=st.integers(1, 10**6), source_language=st.just("en"), target_language=st.sampled_from(["ro", "uk"]),
    headline=CODED, lines=st.lists(LINES, min_size=1, max_size=5, unique_by=lambda line: line.segment).map(tuple), brief=REASONS,
)  # fmt: skip


def schema():
    """The official schema, with its import found beside it."""
    if not (SCHEMAS / "xliff21-xliff_core_2.0.xsd").exists():
        pytest.skip("needs the official XLIFF schema")
    text = (SCHEMAS / "xliff21-xliff_core_2.0.xsd").read_text()
    text = text.replace("informativeCopiesOf3rdPartySchemas/w3c/xml.xsd", (SCHEMAS / "xml.xsd").as_uri())
    return etree.XMLSchema(etree.fromstring(text.encode(), base_url=SCHEMAS.as_uri() + "/"))


def one(source="a", target="b", **more):
    return Sheet(7, "en", "ro", "Head", (Line(12, 3, source, target, marks=MARKS, **more),))


class TestXliff:
    @given(SHEETS)
    def test_nothing_is_lost_on_the_way(self, sheet):
        back = xliff.read(xliff.write(sheet))
        assert (back.job, back.source_language, back.target_language) == (sheet.job, "en", sheet.target_language)
        for line, row in zip(sheet.lines, back.rows, strict=True):
            assert (row.segment, row.version, row.source, row.target) == (
                line.segment,
                line.version,
                line.source,
                line.target,
            )
            assert (row.state, row.omitted) == (line.state, line.omitted)

    @given(SHEETS)
    @settings(max_examples=40)
    def test_what_is_written_is_valid(self, sheet):
        validator = schema()
        root = etree.fromstring(xliff.write(sheet))
        assert validator.validate(root), validator.error_log

    def test_marks_are_protected_codes(self):
        content = xliff.write(one("See <1>it</1><2/>.", "Vezi <1>asta</1><2/>.", state="translated")).decode()
        assert (
            '<pc id="1" canCopy="no" canDelete="no" type="link" dataRefStart="d1" dataRefEnd="d1e">asta</pc>' in content
        )
        assert '<ph id="2" canCopy="no" canDelete="no" type="fmt" dataRef="d2"/>' in content
        assert '<segment state="translated">' in content

    def test_a_segment_left_out_says_why(self):
        content = xliff.write(one(target="", state="translated", omitted="cut for length")).decode()
        assert '<note category="omitted">cut for length</note>' in content
        assert xliff.read(content.encode()).rows[0].omitted == "cut for length"

    def test_a_tool_may_split_a_unit_and_mark_terms(self):
        content = (
            '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="ro"><file id="job-7"><unit id="s12.v3">'
            '<segment state="final"><source>One.</source><target>Un<mrk id="m1" type="term">u</mrk>.</target></segment>'
            "<ignorable><source> </source></ignorable>"
            '<segment state="translated"><source>Two<ph id="2"/>.</source><target>Doi<ph id="9" copyOf="2"/><cp hex="0007"/>.</target></segment>'
            "</unit></file></xliff>"
        )
        (row,) = xliff.read(content.encode()).rows
        assert (row.source, row.target, row.state) == ("One. Two<2/>.", "Unu. Doi<2/>.", "translated")

    @pytest.mark.parametrize(
        "content",
        [
            b"", b"no xml", b"<html/>", b'<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"/>',
            b'<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en"><file id="f1"/></xliff>',
            b'<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0"><file id="job-1"><unit id="u1"><segment><source/></segment></unit></file></xliff>',
            b'<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0"><file id="job-1"><unit id="s1.v1"/></file></xliff>',
            b'<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0"><file id="job-1"><unit id="s1.v1"><segment state="odd"><source/></segment></unit></file></xliff>',
            b'<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0"><file id="job-1"><unit id="s1.v1"><segment><source><b/></source></segment></unit></file></xliff>',
            b'<!DOCTYPE x [<!ENTITY a "aaaa">]><xliff>&a;</xliff>',
            b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xliff>&a;</xliff>',
            b"<a>" * 100_000,
            b" " * (safe.MOST_BYTES + 1),
            "<xliff/>".encode("utf-16"),
        ],
    )  # fmt: skip
    def test_what_is_no_file_of_ours_is_told_so(self, content):
        with pytest.raises(Unreadable) as told:
            xliff.read(content)
        assert len(str(told.value)) > 30


ENTRIES = st.builds(
    tmx.Entry, source_language=st.just("en"), target_language=st.sampled_from(["ro", "ru"]), source=CODED.filter(str.strip), target=CODED.filter(str.strip), by=REASONS,
    at=st.none() | st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)).map(lambda at: at.replace(microsecond=0, tzinfo=UTC)),  # noqa: DTZ001
    origin=REASONS, before=REASONS, after=REASONS, field=REASONS, method=REASONS, engine=REASONS,
)  # fmt: skip


class TestTmx:
    @given(st.lists(ENTRIES, max_size=5))
    def test_nothing_is_lost_on_the_way(self, entries):
        content = b"".join(tmx.write(entries, "en"))
        assert list(tmx.read(content)) == entries
        assert list(tmx.read(io.BytesIO(content))) == entries

    def test_what_another_program_wrote_is_read(self):
        content = (
            '<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4"><header srclang="EN" creationtool="x" creationtoolversion="1"'
            ' segtype="sentence" o-tmf="x" adminlang="en" datatype="html"/><body>'
            '<tu><tuv xml:lang="ro"><seg>Unu <bpt i="1">&lt;b></bpt>doi<ept i="1">&lt;/b></ept><ph>&lt;br></ph></seg></tuv>'
            '<tuv xml:lang="en"><seg>One <bpt i="1">&lt;b></bpt>two<ept i="1">&lt;/b></ept><ph>&lt;br></ph></seg></tuv>'
            '<tuv xml:lang="ru"><seg>Один <hi>два</hi></seg></tuv></tu>'
            '<tu><tuv xml:lang="en"><seg>alone</seg></tuv></tu></body></tmx>'
        )
        first, second = tmx.read(content.encode())
        assert (first.source, first.target, first.target_language) == ("One <1>two</1><2/>", "Unu <1>doi</1><2/>", "ro")
        assert (second.target, second.target_language) == ("Один два", "ru")

    @pytest.mark.parametrize(
        "content",
        [
            b"", b"<html/>", b"<tmx><body><tu>", b'<tmx><body><tu><tuv xml:lang="en"><seg>a<b/></seg></tuv></tu></body></tmx>',
            b'<!DOCTYPE tmx [<!ENTITY a "aaaa">]><tmx><body><tu><tuv xml:lang="en"><seg>&a;</seg></tuv></tu></body></tmx>',
            b'<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/passwd">]><tmx><body><tu><tuv xml:lang="en"><seg>&a;</seg></tuv></tu></body></tmx>',
        ],
    )  # fmt: skip
    def test_what_is_no_memory_is_told_so(self, content):
        with pytest.raises(Unreadable):
            list(tmx.read(content))

    def test_a_huge_file_is_read_no_further_than_allowed(self, monkeypatch):
        monkeypatch.setattr(tmx, "MOST_BYTES", 10_000)
        many = b"".join(tmx.write([tmx.Entry("en", "ro", "a" * 100, "b" * 100)] * 500))
        with pytest.raises(Unreadable, match="too large"):
            list(tmx.read(many))


class TestWorkbook:
    @given(SHEETS)
    @settings(max_examples=40, deadline=None)
    def test_nothing_is_lost_on_the_way(self, sheet):
        back = workbook.read(workbook.write(sheet))
        assert (back.job, back.source_language, back.target_language) == (sheet.job, "en", sheet.target_language)
        for line, row in zip(sheet.lines, back.rows, strict=True):
            assert (row.segment, row.version) == (line.segment, line.version)
            assert (row.source, row.target) == (line.source, line.target)
            assert (row.omitted, row.state) == (line.omitted, None)

    def test_texts_are_no_formulas(self):
        page = load_workbook(io.BytesIO(workbook.write(one("=1+1", "=SUM(A1)")))).active
        assert page["D3"].value == "=SUM(A1)"
        assert page["D3"].data_type == "s"

    def test_marks_and_signs_stand_as_they_are_read(self):
        page = load_workbook(io.BytesIO(workbook.write(one("AT&amp;T <1>x</1>")))).active
        assert page["C3"].value == "AT&T <1>x</1>"

    def test_bombs_and_other_files_are_told_so(self, monkeypatch):
        monkeypatch.setattr(safe, "MOST_UNPACKED", 1_000_000)
        for content in (
            b"",
            b"PK\x03\x04junk",
            packed({"a.txt": "x"}),
            packed({"xl/workbook.xml": "0" * 2_000_000}),
            packed({"xl/a.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"}),
        ):
            with pytest.raises(Unreadable):
                workbook.read(content)

    def test_a_sheet_that_lost_its_keys_is_told_so(self):
        book = load_workbook(io.BytesIO(workbook.write(one())))
        book.active["A3"].value = "twelve"
        out = io.BytesIO()
        book.save(out)
        with pytest.raises(Unreadable, match="twelve"):
            workbook.read(out.getvalue())


def packed(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()
