"""The desk in a browser: readable by everybody, on a phone, with the keyboard and the mouse."""

import pytest
from django.conf import settings
from django.urls import reverse

from articles.media import intake
from articles.models import Picture
from tests import cast
from tests.cast import PASSWORD, user
from tests.desk.typing_in import at_desk
from tests.pictures import files

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
PAPER = ("/admin/newsroom-pages/", "/admin/articles/paper/1/change/")


@pytest.fixture
def desk(page):
    """The page, with Clara signed in at the front page."""
    user("clara")
    page.goto("/admin/")
    page.fill("input[name=login]", "clara")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/admin/")
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_front_page_is_accessible_and_fits_a_phone(desk, accessibility_faults, scheme):
    cast.submitted(headline="A headline that is long enough to be broken on the narrow screen of a telephone")
    desk.emulate_media(color_scheme=scheme)
    desk.set_viewport_size({"width": 320, "height": 700})
    desk.goto("/admin/")
    assert accessibility_faults(desk) == []
    assert desk.evaluate("document.documentElement.scrollWidth") == 320


def test_a_click_on_the_picture_sets_the_point_that_a_crop_keeps(desk):
    raw = files.encoded(files.drawing(width=1000, height=600))
    picture = intake.take_in(files.sent(raw), by=user("clara"))
    desk.goto(reverse("admin:articles_picture_change", args=[picture.pk]))
    image = desk.locator("[data-focal] img")
    box = image.bounding_box()
    image.click(position={"x": box["width"] * 0.25, "y": box["height"] * 0.75})
    desk.click("input[name=_save]")
    desk.wait_for_url("**/picture/")
    saved = Picture.objects.get()
    assert (round(saved.focal_x, 1), round(saved.focal_y, 1)) in {
        (0.2, 0.8),
        (0.3, 0.7),
        (0.2, 0.7),
        (0.3, 0.8),
    }


def test_the_fields_of_inline_rows_have_names(desk):
    person = cast.speaker()
    desk.goto(reverse("admin:articles_person_change", args=[person.pk]))
    desk.get_by_label("Form", exact=True).first.fill("Aleksandr N. Darchiev")
    assert desk.locator("#id_forms-0-form").input_value() == "Aleksandr N. Darchiev"


def test_the_paper_and_its_pages_are_accessible(browser, live_server, accessibility_faults):
    """In a context without the policy, which would stop the checker's own styles."""
    cast.draft(page="about", section=None)
    with browser.new_context(base_url=live_server.url, bypass_csp=True) as context:
        cookie = at_desk("clara").cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        page = context.new_page()
        for address in PAPER:
            page.goto(address)
            assert accessibility_faults(page, within="#content") == [], address


def test_the_paper_and_its_pages_fit_a_phone(desk):
    cast.draft(page="about", section=None)
    desk.set_viewport_size({"width": 320, "height": 700})
    for address in PAPER:
        desk.goto(address)
        assert desk.evaluate("document.documentElement.scrollWidth") == 320, address


def test_the_chief_gives_the_paper_a_name_a_logo_and_a_colour(desk):
    intake.take_in(files.sent(files.encoded(files.drawing(width=700, height=200))), by=user("clara"), title="Our logo")
    desk.goto("/admin/articles/paper/1/change/")
    desk.fill("input[name=name]", "The River Post")
    desk.fill("input[name=accent]", "#0b5e57")
    desk.click(".field-logo .select2-selection")
    desk.click(".select2-results__option >> text=Our logo")
    desk.click("input[name=_save]")
    desk.wait_for_selector("text=Saved. Readers")
    desk.goto("/en/")
    logo = desk.locator("h1 img")
    assert logo.get_attribute("alt") == "The River Post"
    assert logo.evaluate("image => image.complete && image.naturalWidth") == 640
    accent = desk.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--accent').trim()")
    assert accent == "#0b5e57"
