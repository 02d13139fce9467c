"""The workbench in Chromium: by keyboard alone, two at once, on a phone, without script."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests import cast
from tests.browser import PATIENCE
from tests.desk.typing_in import at_desk
from tests.translations import writing
from translations import saving
from translations.enums import Method, SegmentState
from translations.models import Job, Segment
from translations.workbench import beside

SAVED = re.compile(r"^saved \d\d:\d\d ")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sit_down(live_server) -> Callable[[BrowserContext, str], None]:
    """Signs a member of the cast in."""

    def sign_in(context: BrowserContext, name: str) -> None:
        cookie = at_desk(name).cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])

    return sign_in


def address(job: Job) -> str:
    return f"/admin/translations/job/{job.pk}/work/"


def field(page: Page, segment: Segment) -> Locator:
    return page.locator(f"#t-{segment.pk}")


def row(page: Page, segment: Segment) -> Locator:
    return page.locator(f"#s-{segment.pk}")


def stored(segment: Segment) -> Segment:
    return Segment.objects.get(pk=segment.pk)


def test_three_segments_by_keyboard_alone(page: Page, context, sit_down, monkeypatch) -> None:
    offered = beside.Suggestion("A convenit asupra unui <2>calendar</2>.", "It agreed on a <2>plan</2>.", 88)
    monkeypatch.setattr(beside, "providers", [lambda segment, user: [offered] if "agreed" in segment.source else []])
    job = writing.job()
    first, second, third, fourth = writing.of_body(job)
    sit_down(context, "tudor")
    page.goto(f"{address(job)}?segment={first.pk}#s-{first.pk}")
    expect(field(page, first)).to_be_focused()
    page.keyboard.type("Comisia s-a întrunit la ")
    page.keyboard.press("Alt+m")
    page.keyboard.type("Galați")
    page.keyboard.press("Control+Enter")
    expect(row(page, first).locator("[data-saved]")).to_contain_text("kept as a draft, not confirmed")
    expect(row(page, first).get_by_text("Mark 1 is missing")).to_have_count(1)
    expect(field(page, first)).to_be_focused()
    page.keyboard.press("Alt+m")
    page.keyboard.type(" luni.")
    page.keyboard.press("Control+Enter")
    expect(field(page, second)).to_be_focused()
    expect(page.locator(".suggestion")).to_be_visible()
    page.keyboard.press("Alt+1")
    page.keyboard.press("Control+Enter")
    expect(field(page, third)).to_be_focused()
    page.keyboard.press("Alt+c")
    expect(field(page, third)).to_have_value("Work begins in March.")
    page.keyboard.press("Control+a")
    page.keyboard.type("Lucrările încep în martie.")
    page.keyboard.press("Control+Enter")
    expect(row(page, fourth)).to_have_attribute("data-state", "translated")  # it says the same
    expect(field(page, fourth)).to_have_value("Lucrările încep în martie.")
    assert stored(first).target == "Comisia s-a întrunit la <1>Galați</1> luni."
    assert (stored(second).method, stored(second).match) == (Method.MEMORY, 88)
    assert {stored(each).state for each in (first, second, third, fourth)} == {SegmentState.TRANSLATED}
    page.keyboard.press("Alt+k")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_what_is_typed_is_saved_without_being_asked(page: Page, context, sit_down) -> None:
    job = writing.job()
    segment = writing.of_body(job)[2]
    sit_down(context, "tudor")
    page.goto(address(job))
    field(page, segment).fill("Lucrările")
    expect(row(page, segment).locator("[data-saved]")).to_have_text(SAVED)
    assert stored(segment).target == "Lucrările"


def test_without_a_connection_the_text_stays_and_is_sent_later(page: Page, context, sit_down) -> None:
    job = writing.job()
    segment = writing.of_body(job)[2]
    sit_down(context, "tudor")
    page.goto(address(job))
    context.set_offline(True)
    field(page, segment).fill("Lucrările încep.")
    expect(row(page, segment).locator("[data-saved]")).to_contain_text("no connection")
    context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(row(page, segment).locator("[data-saved]")).to_have_text(SAVED)
    assert stored(segment).target == "Lucrările încep."


def test_after_the_session_ended_the_text_stays_until_one_is_back(page: Page, context, sit_down) -> None:
    job = writing.job()
    segment = writing.of_body(job)[2]
    sit_down(context, "tudor")
    page.goto(address(job))
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    field(page, segment).fill("Lucrările încep.")
    expect(row(page, segment).locator("[data-saved]")).to_contain_text("signed out")
    sit_down(context, "tudor")
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(row(page, segment).locator("[data-saved]")).to_have_text(SAVED)
    assert stored(segment).target == "Lucrările încep."


def test_two_people_in_one_story(page: Page, context, browser: Browser, live_server, sit_down) -> None:
    job = writing.job()
    job.helpers.add(cast.user("elena"))
    first, _second, third, _fourth = writing.of_body(job)
    sit_down(context, "tudor")
    page.goto(address(job))
    other = browser.new_context(base_url=live_server.url, locale="en-GB")
    other.set_default_timeout(PATIENCE)
    sit_down(other, "elena")
    elena = other.new_page()
    elena.goto(address(job))
    # Tudor goes on elsewhere: what Elena wrote comes to him, and where she is.
    field(page, first).focus()
    field(elena, third).fill("Lucrările încep.")
    expect(row(elena, third).locator("[data-saved]")).to_have_text(SAVED)
    elena.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(elena.locator("[data-others]")).to_contain_text("Tudor")
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(field(page, third)).to_have_value("Lucrările încep.")
    expect(row(page, third)).to_contain_text("Elena is here")
    # Both write in one segment: the second sees both texts and chooses.
    field(elena, first).fill("Comisia s-a întrunit la <1>Galați</1>.")
    expect(row(elena, first).locator("[data-saved]")).to_have_text(SAVED)
    field(page, first).fill("Comisia s-a reunit la <1>Galați</1>.")
    expect(row(page, first)).to_contain_text("Elena changed this segment")
    expect(field(page, first)).to_have_value("Comisia s-a reunit la <1>Galați</1>.")
    assert "întrunit" in stored(first).target
    row(page, first).get_by_role("button", name="Keep mine").click()
    expect(row(page, first).locator("[data-theirs]")).to_have_count(0)
    expect(row(page, first).locator("[data-saved]")).to_have_text(SAVED)
    assert "reunit" in stored(first).target
    other.close()


def test_splitting_and_merging_lose_nothing_that_was_typed(page: Page, context, sit_down) -> None:
    job = writing.job()
    first, second, *_rest = writing.of_body(job)
    sit_down(context, "tudor")
    page.goto(address(job))
    field(page, second).fill("A convenit.")
    field(page, first).fill("Comisia")
    expect(page.locator(f"[data-beside-of='{first.pk}']")).to_be_visible()
    page.keyboard.press("Alt+x")
    page.locator("#bench-offset").select_option(label="… met in Galați on Monday.")
    page.get_by_role("button", name="Split here").click()
    expect(row(page, first).locator(".segment-source")).to_have_text("The commission")
    expect(field(page, first)).to_have_value("Comisia")
    expect(field(page, second)).to_have_value("A convenit.")
    field(page, first).focus()
    expect(page.locator(f"[data-beside-of='{first.pk}']")).to_be_visible()
    page.keyboard.press("Alt+j")
    expect(row(page, first).locator(".segment-source")).to_contain_text("on Monday.")
    expect(field(page, first)).to_have_value("Comisia")


def test_a_mark_is_one_sign(page: Page, context, sit_down) -> None:
    job = writing.job()
    segment = writing.of_body(job)[0]
    sit_down(context, "tudor")
    page.goto(address(job))
    field(page, segment).fill("la <1>Galați</1>")
    page.keyboard.press("End")
    page.keyboard.press("Backspace")
    expect(field(page, segment)).to_have_value("la <1>Galați")
    field(page, segment).evaluate("area => area.setSelectionRange(4, 4)")  # within the mark
    page.keyboard.type("X")
    expect(field(page, segment)).to_have_value("la <1>XGalați")


def test_on_a_phone(page: Page, context, sit_down, accessibility_faults) -> None:
    job = writing.job()
    segment = writing.of_body(job)[0]
    page.set_viewport_size({"width": 360, "height": 780})
    sit_down(context, "tudor")
    page.goto(address(job))
    source, target = row(page, segment).locator(".segment-source"), field(page, segment)
    target.focus()
    assert source.bounding_box()["y"] + source.bounding_box()["height"] <= target.bounding_box()["y"]
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.keyboard.type("Comisia la Galați.")
    target.evaluate("area => area.setSelectionRange(11, 17)")
    row(page, segment).locator("[data-insert='<1>']").click()
    expect(target).to_have_value("Comisia la <1>Galați</1>.")
    row(page, segment).get_by_role("button", name="Confirm").click()
    expect(row(page, segment)).to_have_attribute("data-state", "translated")
    assert accessibility_faults(page) == []


def test_without_script(browser: Browser, live_server, sit_down) -> None:
    job = writing.job()
    first, second, third, _fourth = writing.of_body(job)
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    sit_down(context, "tudor")
    page = context.new_page()
    page.goto(address(job))
    field(page, first).fill("Comisia s-a întrunit la <1>Galați</1>.")
    field(page, second).fill("A convenit.")
    page.get_by_role("button", name="Save what I changed").click()
    expect(page.locator(".messagelist")).to_contain_text("2 segments saved")
    row(page, first).get_by_role("button", name="Confirm").click()
    expect(row(page, first)).to_have_attribute("data-state", "translated")
    row(page, third).get_by_role("link", name="More…").click()
    page.get_by_label("Why it is left out").fill("Said before.")
    page.get_by_role("button", name="Leave it out").click()
    expect(row(page, third)).to_have_attribute("data-state", "omitted")
    assert stored(second).target == "A convenit."
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_it(page: Page, context, sit_down, accessibility_faults, monkeypatch, scheme) -> None:
    """With each state of a segment, suggestions, terms and checks on the page."""
    monkeypatch.setattr(
        beside, "providers", [lambda segment, user: [beside.Suggestion("Munca.", "Work.", 80, origin="A story")]]
    )
    monkeypatch.setattr(beside, "hinters", [lambda segment: [beside.Hint("work", "muncă", forbidden=True, note="No.")]])
    job = writing.job(brief="Mind the names.")
    tudor = cast.user("tudor")
    first, second, third, _fourth = writing.of_body(job)
    saving.save(first.pk, by=tudor, version=0, target="Comisia.")
    saving.omit(second.pk, by=tudor, version=0, reason="Local.")
    Segment.objects.filter(pk=third.pk).update(stale=True, old_source="Work begins in May.", target="În mai.", by=tudor)
    page.emulate_media(color_scheme=scheme)
    sit_down(context, "tudor")
    page.goto(f"{address(job)}?checks=1")
    field(page, first).focus()
    expect(page.locator(".suggestion")).to_be_visible()
    assert accessibility_faults(page) == []
    page.get_by_role("button", name="Keys").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert accessibility_faults(page) == []
