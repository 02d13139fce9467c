"""The journey of a file in Chromium: download, translate outside, send back, look, take."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from openpyxl import load_workbook
from playwright.sync_api import BrowserContext, Page, expect

from tests import cast
from tests.desk.typing_in import at_desk
from tests.translations import writing
from translations import saving
from translations.models import Segment

pytestmark = pytest.mark.django_db(transaction=True)
PICTURES = os.environ.get("PICTURES")  # a folder: then each screen is kept there


@pytest.fixture
def sit_down(context: BrowserContext, live_server) -> Callable[[str], None]:
    def sign_in(name: str) -> None:
        cookie = at_desk(name).cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])

    return sign_in


def looks(page: Page, name: str, faults: Callable[[Page], list[str]]) -> None:
    """No fault, and no sideways scrolling on a phone."""
    assert faults(page) == []
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_sheet_goes_out_and_comes_back(page: Page, sit_down, accessibility_faults, tmp_path: Path, scheme) -> None:
    page.emulate_media(color_scheme=scheme)
    job = writing.job()
    one, two, three, four = writing.of_body(job)
    saving.save(two.pk, by=cast.user("tudor"), version=two.version, target="S-a convenit un <2>calendar</2>.")
    sit_down("tudor")
    page.goto(f"/admin/translations/job/{job.pk}/change/")
    page.get_by_role("link", name="Files to work outside").click()
    looks(page, f"files-{scheme}", accessibility_faults)
    with page.expect_download() as download:
        page.get_by_role("link", name="XLSX").click()
    sheet = tmp_path / "back.xlsx"
    download.value.save_as(sheet)
    book = load_workbook(sheet)
    for cells in book.active.iter_rows(min_row=3):
        if "Galați" in cells[2].value:
            cells[3].value = "Comisia s-a întrunit luni la <1>Galați</1>."
        if "timetable" in cells[2].value:
            cells[3].value = "A convenit un <2>orar</2>."
        if "March" in cells[2].value and cells[0].value.startswith(f"s{three.pk}."):
            cells[4].value = "stands there twice"
        if cells[0].value.startswith(f"s{four.pk}."):
            cells[3].value = "Lucrările <1>încep</1> în martie."
    book.save(sheet)
    page.get_by_label("File").set_input_files(sheet)
    page.get_by_role("button", name="Show the changes").click()
    expect(page.get_by_role("heading", name="What the file would change")).to_be_visible()
    expect(page.get_by_text("Mark 1 is not in the original")).to_be_visible()
    looks(page, f"preview-{scheme}", accessibility_faults)
    page.get_by_role("button", name="Save what is ticked").click()
    expect(page.get_by_text("3 segments were saved.")).to_be_visible()
    said = [Segment.objects.get(pk=segment.pk).target for segment in (one, two, three, four)]
    assert said == ["Comisia s-a întrunit luni la <1>Galați</1>.", "A convenit un <2>orar</2>.", "", ""]
    assert Segment.objects.get(pk=three.pk).omitted == "stands there twice"


def test_the_page_of_the_memorys_file_is_for_everybody(page: Page, sit_down, accessibility_faults) -> None:
    page.emulate_media(color_scheme="dark")
    sit_down("elena")
    page.goto("/admin/translations/memoryentry/tmx/")
    looks(page, "tmx", accessibility_faults)
