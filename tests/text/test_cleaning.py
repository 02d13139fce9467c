"""``sanitise``: what comes out is of the schema, safe, and has all the text."""

import html
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import plain, sanitise
from articles.text.schema import ATTRIBUTES, TAGS
from tests.text.hostile import HOSTILE

SAFE_ADDRESS = re.compile(r"(https?://[^/?#@\\\s]|mailto:[^/\s]|/(?![/\\])|#)[^\\\x00-\x20\x7f]*|/", re.IGNORECASE)

PIECES = [
    "<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<em>", "</em>", "<a href='/x'>", "<a href='javascript:x'>",
    "</a>", "<ul>", "<li>", "</ul>", "<blockquote data-quote=2>", "</blockquote>", "<table>", "<tr>", "<td colspan=2>",
    "</table>", "<sup data-citation=1>", "</sup>", "<figure data-picture=3>", "</figure>", "<figcaption>", "<span lang=ro>",
    "<span>", "</span>", "<h1>", "</h1>", "<h4>", "<br>", "<hr>", "<q>", "</q>", "<svg>", "<math>", "<style>", "</style>",
    "<select>", "<button>", "</button>", "<object>", "<dl>", "<dt>", "<dd>", "<caption>", "<script>", "</script>", "<!--",
    "-->", "&lt;", "&amp;", "&", "&nbsp;", "«", "»", "\u00a0", " ", "\n", "word", "слово", "1", "<", ">", '"', "<pre>", "</pre>",
]  # fmt: skip


class Checker(HTMLParser):
    """Fails for a tag, attribute or address outside the schema."""

    def handle_starttag(self, tag, attributes):
        assert tag in TAGS
        for name, value in attributes:
            assert name in ATTRIBUTES[tag]
            if name == "href":
                assert SAFE_ADDRESS.fullmatch(value), value
            else:
                assert re.fullmatch(r"[A-Za-z0-9-]{1,40}", value), value

    def handle_comment(self, data):
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def check(body):
    Checker().feed(body)
    assert sanitise(body) == body


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_html_comes_out_harmless(hostile):
    cleaned = sanitise(hostile)
    check(cleaned)
    check(sanitise(f"<div><b>{hostile}</b></div>{hostile}"))


def test_there_are_enough_hostile_strings():
    assert len(set(HOSTILE)) >= 250


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_heap_of_tags_comes_out_clean_and_stays_so(body):
    check(sanitise(body))


@given(st.text(max_size=200))
def test_any_text_comes_out_clean_and_stays_so(body):
    check(sanitise(body))


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"], max_codepoint=0xFFFF), min_size=1))
def test_text_that_is_escaped_is_never_lost(text):
    assert plain(sanitise(f"<div>{html.escape(text)}</div>")) == text


WORDS = st.sampled_from(["alpha", "beta", "gamma", "дельта", "și", "Ґ"])
WRAPPERS = [
    "div",
    "p",
    "b",
    "h1",
    "center",
    "font",
    "u",
    "pre",
    "object",
    "label",
    "ins",
    "article",
    "q",
    "kbd",
]


@given(st.lists(st.tuples(WORDS, st.sampled_from(WRAPPERS), st.booleans()), max_size=12))
def test_no_word_is_lost_whatever_stands_around_it(parts):
    body = "".join(f"<{tag}>{word}" + (f"</{tag}>" if ended else " ") for word, tag, ended in parts)
    said = re.sub(r"[\s“”]+", "", plain(sanitise(body)))
    assert said == "".join(word for word, _, _ in parts)


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        ("plain words", "<p>plain words</p>"),
        ("<h1>Head</h1>", "<h2>Head</h2>"),
        ("<h5>Small</h5>", "<h3>Small</h3>"),
        ("<div>a<div>b</div>c</div>", "<p>a</p><p>b</p><p>c</p>"),
        ("<p><b>x</b> <i>y</i></p>", "<p><strong>x</strong> <em>y</em></p>"),
        ("<p></p><p> </p><div><b></b></div><p>x</p>", "<p>x</p>"),
        ("<p><span>a</span><span lang=ro>b</span></p>", '<p>a<span lang="ro">b</span></p>'),
        ("<p>He said <q>yes</q></p>", "<p>He said “yes”</p>"),
        ("<p>a<u>b</u><font color=red>c</font></p>", "<p>abc</p>"),
        ("<p>x<sup data-citation=4>[4]</sup>.</p>", '<p>x<sup data-citation="4">4</sup>.</p>'),
        ("<p>H<sub>2</sub>O, m<sup>2</sup></p>", "<p>H<sub>2</sub>O, m<sup>2</sup></p>"),
        ("<blockquote data-quote=7>Words</blockquote>", '<blockquote data-quote="7"><p>Words</p></blockquote>'),
        ("<blockquote data-quote=x>Words</blockquote>", "<blockquote><p>Words</p></blockquote>"),
        (
            "<figure data-picture=1><img src=x><figcaption>Cap</figcaption></figure>",
            '<figure data-picture="1"></figure><p>Cap</p>',
        ),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "<ul><li>a</li><li>b</li></ul>"),
        ("<a name=x>anchor</a>", "<p>anchor</p>"),
        ("<a href='https://tass.com/a b'>x</a>", '<p><a href="https://tass.com/a%20b">x</a></p>'),
        ("<a href='/en/?a=1&b=2#c'>x</a>", '<p><a href="/en/?a=1&amp;b=2#c">x</a></p>'),
        ("<a href='mailto:desk@example.md'>x</a>", '<p><a href="mailto:desk@example.md">x</a></p>'),
        ("<a href='https://example.md/«x»'>x</a>", '<p><a href="https://example.md/«x»">x</a></p>'),
        ("<p onclick=x lang=uk dir=ltr>a</p>", '<p lang="uk" dir="ltr">a</p>'),
        ("<p>«Так» &laquo;a&raquo;&nbsp;&amp; b</p>", "<p>«Так» «a»\u00a0&amp; b</p>"),
        ("<table><tr><th rowspan=2>a<td>b</table>", '<table><tbody><tr><th rowspan="2">a</th><td>b</td></tr></tbody></table>'),
        ("a<script>alert(1)</script><style>b{}</style><!-- c -->d", "<p>ad</p>"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_is_pasted_is_mapped_to_the_schema(pasted, expected):
    assert sanitise(pasted) == expected
    assert sanitise(expected) == expected


@pytest.mark.parametrize(
    "bomb",
    [
        "<p>" + "".join(f"<b x={n}>" for n in range(7_500)) + "</p>" + "<p>x" * 7_500,
        "<div>" * 25_000 + "x",
        "<blockquote>" * 12_500 + "x",
        "<" * 125_000,
        "&" * 125_000,
        "&b" * 75_000,
        "«" * 125_000,
        "\u00a0" * 125_000,
        "&laquo;" * 25_000,
        '<b "' * 25_000,
        "<!--" * 25_000,
        "<table><tr><td>" * 7_500,
        "<p>hello <b>world</b> again</p>" * 5_000,
    ],
    ids=lambda bomb: bomb[:16],
)
def test_a_huge_body_takes_time_in_proportion(bomb):
    """A parser that goes quadratic takes minutes for one of these; this one's answer is clean and stays so."""
    clean = sanitise(bomb)
    assert len(plain(clean)) <= len(bomb)
    assert sanitise(clean) == clean


def test_html_nested_too_deep_keeps_its_text():
    assert (
        sanitise("<div>" * 1000 + "a &lt;b&gt;<script>x</script> c" + "</div>" * 1000) == "<p>a &lt;b&gt;</p><p>c</p>"
    )
