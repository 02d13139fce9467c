"""What WCAG 2.2 AA asks for beyond what axe-core can see, and what a page may weigh."""

import gzip
from datetime import UTC, datetime, timedelta

import pytest
from django.utils.html import strip_tags

from newsroom.demo import data
from newsroom.demo.pictures import draw
from tests.factories import make_contributor, make_person, make_picture, make_publication, make_section, make_source

AT = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)
STORY, PLAIN = "/en/2026/04/10/talks/", "/en/2026/04/10/plain/"
# Some 900 words in Cyrillic, which weighs the most, out of the demo's stories.
WORDS = " ".join(strip_tags(told["ru"]["body"]) for told in map(data.story, data.story_names()) if "ru" in told)[:6500]
BODY = (
    '<p>They met.<sup class="citation"><a href="#source-1">1</a></sup> <a href="https://example.org/">The record</a>.</p>'
    '<blockquote class="quote"><p>We go on.</p><footer><cite>Ana Rusu, minister</cite></footer></blockquote><h2>A table</h2>'
    "<table><tbody><tr><th>Round</th><td>" + "Istanbulistanbulistanbul</td><td>" * 3 + "</td></tr></tbody></table>"
    f"<p>{WORDS}</p><p>Here it ends.</p>"
)

# Styles put in this way stand beside the content security policy: they are not in the page.
RESTYLE = """style => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
BEYOND = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Elements that hide a part of their own text; what is hidden on purpose is one pixel wide.
CLIPPED = """[...document.querySelectorAll('main *, header *, footer *')].filter(one => {
    const style = getComputedStyle(one);
    return style.overflow !== 'visible' && style.overflowX !== 'auto' && one.clientWidth > 1 && one.tagName !== 'INPUT'
        && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
}).map(one => one.outerHTML.slice(0, 120))"""


@pytest.fixture
def paper(live_server):
    """A story in two languages that has everything, and its neighbours."""
    make_section("culture", en="Culture")
    person, source, writer = make_person(), make_source(label="state-controlled"), make_contributor()
    quote = {
        "person": person,
        "words": "We go on.",
        "original_words": "Continuăm.",
        "original_language": "ro",
        "citation": 1,
    }
    fields = {
        "tags": ["Talks"], "quotes": [quote], "sources": [source], "credited": [(writer, "author"), (writer, "translator")],
        "body": BODY, "dateline": "ISTANBUL", "kicker": "Consultations",
    }  # fmt: skip
    picture = make_picture(width=1600, height=1067, with_file=True)
    picture.file.storage.delete(picture.file.name)
    with picture.file.storage.open(picture.file.name, "wb") as file:
        file.write(draw("city"))
    original = make_publication(language="ro", at=AT, picture=picture, headline="Tratative", **fields)
    until = AT + timedelta(hours=2)
    first = make_publication(original=original, at=AT, until=until, slug="talks", picture=picture, **fields)
    make_publication(article=first.article, at=until, change="correction", picture=picture, **fields)
    make_publication(at=AT, slug="plain", **fields)
    for number in range(6):
        make_publication(at=AT - timedelta(days=1), headline=f"Story {number}", section=make_section("culture"))
    long = {"language": "ru", "headline": "Самодостопримечательностями", "picture": picture}
    for _number in range(5):
        make_publication(at=AT, section=make_section("culture"), **long)


def goto(page, live_server, address: str, width: int = 1280, height: int = 800):
    page.set_viewport_size({"width": width, "height": height})
    page.goto(live_server.url + address)


class TestReadable:
    @pytest.mark.parametrize("address", [STORY, "/en/"])
    def test_spaced_and_doubled_text_is_neither_cut_nor_wider_than_the_screen(self, page, paper, live_server, address):
        """1.4.12 and 1.4.4: spaces between lines, letters, words; then text of twice the size."""
        spaced = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
        for width, style in (
            (320, spaced + " p { margin-bottom: 2em !important }"),
            (1280, "html { font-size: 200% }"),
        ):
            goto(page, live_server, address, width)
            page.evaluate(RESTYLE, style)
            assert (page.evaluate(BEYOND), page.evaluate(CLIPPED)) == (0, [])

    @pytest.mark.parametrize("address", ["/ru/", "/ru/culture/"])
    def test_long_word_beside_a_picture_is_not_wider_than_the_screen(self, page, paper, live_server, address):
        """1.4.10"""
        goto(page, live_server, address, 320)
        assert page.evaluate(BEYOND) == 0

    @pytest.mark.parametrize("address", [STORY, "/en/"])
    def test_nothing_moves_by_itself(self, page, paper, live_server, address):
        """2.3.3, 2.2.2: there is no motion that a setting would have to reduce."""
        goto(page, live_server, address)
        moving = """[...document.querySelectorAll('*')].filter(one => {
            const style = getComputedStyle(one);
            return style.transitionDuration !== '0s' || style.animationName !== 'none';
        }).length"""
        assert (page.evaluate(moving), page.evaluate("document.getAnimations().length")) == (0, 0)

    def test_words_in_another_language_say_so(self, page, paper, live_server):
        """3.1.2: a voice reads each part in its language."""
        goto(page, live_server, STORY)
        parts = page.eval_on_selector_all("body [lang]", "all => all.map(one => [one.lang, one.textContent.trim()])")
        assert ["ro", "Continuăm."] in parts
        assert ["uk", "Українська"] in parts
        assert [text for language, text in parts if "Tratative" in text and language == "ro"] != []


class TestByKeyboard:
    @pytest.mark.parametrize("address", [STORY, "/en/search/?q=story"])
    def test_focus_goes_through_the_page_in_its_order_and_is_seen(self, page, paper, live_server, address):
        """2.1.2, 2.4.3, 2.4.7, 2.4.11: no trap, nothing out of order, a ring around it, nothing in front of it."""
        goto(page, live_server, address)
        order = page.evaluate("""() => {
            window.seen = [];
            document.addEventListener('focusin', event => {
                const one = event.target, box = one.getBoundingClientRect();
                const ringed = one.closest('.card') || one, style = getComputedStyle(one), around = getComputedStyle(ringed);
                const middle = document.elementFromPoint(box.left + Math.min(box.width / 2, 20), box.top + Math.min(box.height, 20) / 2);
                window.seen.push({
                    place: [...document.querySelectorAll('*')].indexOf(one), name: one.outerHTML.slice(0, 100),
                    ring: [style, around].some(s => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2),
                    clear: !!middle && (one.contains(middle) || middle.contains(one)),
                });
            });
            return [...document.querySelectorAll('a[href], button:enabled, input:not([type=hidden]), select, summary')]
                .filter(one => one.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true})).length;
        }""")
        for _key in range(order + 5):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement === document.body"):
                break
        seen = page.evaluate("window.seen")
        assert len({one["place"] for one in seen}) >= order
        assert [one["name"] for one in seen if not (one["ring"] and one["clear"])] == []
        places = [one["place"] for one in seen][:order]
        assert places == sorted(places)

    @pytest.mark.parametrize("address", [STORY, "/en/", "/en/search/"])
    def test_what_is_pressed_is_large_enough(self, page, paper, live_server, address):
        """2.5.8: 24 pixels each way, but for links in a running sentence."""
        goto(page, live_server, address, 320)
        small = page.evaluate("""[...document.querySelectorAll('a, button, input, select, summary')].filter(one => {
            if (one.closest('p, figcaption, li span, .skip') && !one.closest('nav, .card')) return false;
            const box = (one.closest('.card') || one).getBoundingClientRect();  // a card is pressed anywhere
            return box.width > 1 && (box.height < 24 || box.width < 24);
        }).map(one => one.outerHTML.slice(0, 120) + one.getBoundingClientRect().height)""")
        assert small == []


class TestOtherways:
    def test_forced_colours_leave_nothing_that_is_told_by_colour_alone(self, page, paper, live_server):
        page.emulate_media(forced_colors="active")
        goto(page, live_server, "/en/international/")
        edge = "parseFloat(getComputedStyle(document.querySelector('.sections [aria-current]')).borderBlockEndWidth)"
        assert page.evaluate(edge) == 2
        page.locator(".search-field button").focus()
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        assert page.evaluate("parseFloat(getComputedStyle(document.activeElement).borderTopWidth)") == 1

    def test_paper_shows_the_story_with_its_sources_and_no_way_to_go_on(self, page, paper, live_server):
        page.emulate_media(media="print", color_scheme="dark")
        goto(page, live_server, STORY)
        for shown in (".story .headline", ".credits", ".body", ".changes", ".sources", ".people", ".site-name"):
            assert page.locator(shown).first.is_visible(), shown
        for hidden in (".languages", ".sections", ".search-field", ".read-more", ".tags", ".colophon nav"):
            assert not page.locator(hidden).first.is_visible(), hidden
        ink = "getComputedStyle(document.querySelector('.body')).color + getComputedStyle(document.documentElement).backgroundColor"
        assert page.evaluate(ink) == "rgb(0, 0, 0)rgb(255, 255, 255)"
        after = "getComputedStyle(document.querySelector('.body a[href^=http]'), '::after').content"
        assert "https://example.org/" in page.evaluate(after)


class TestBudget:
    """Bytes are counted as they travel: text packed as by ``gzip -6``, pictures as they are."""

    @pytest.mark.parametrize(("address", "kilobytes"), [(STORY, 120), (PLAIN, 25)])
    def test_a_story_on_a_phone_weighs_little_and_asks_for_little(
        self, browser, live_server, paper, address, kilobytes
    ):
        phone = browser.new_context(
            viewport={"width": 390, "height": 844}, device_scale_factor=2, is_mobile=True, java_script_enabled=False
        )
        page, answers = phone.new_page(), []
        page.on("response", lambda answer: answers.append(answer))
        page.goto(live_server.url + address)
        page.wait_for_load_state("networkidle")
        weights = {}
        for answer in answers:
            body, kind = answer.body(), answer.headers["content-type"]
            weights[answer.url] = len(body if kind.startswith("image/webp") else gzip.compress(body, 6))
        story = weights[live_server.url + address]
        print(f"\n{address}: HTML {story}, all {sum(weights.values())} bytes in {len(weights)} requests")
        assert story <= 14 * 1024
        assert sum(weights.values()) <= kilobytes * 1024
        assert len(answers) <= 5 - 1, "browsers with windows ask for the icon too"
        assert all(url.startswith(live_server.url) for url in weights)
        assert not any("font" in answer.headers["content-type"] for answer in answers)
        assert phone.cookies() == []
        assert page.get_by_text("Here it ends.").count() == 1, "it is all there without a script"
        phone.close()
