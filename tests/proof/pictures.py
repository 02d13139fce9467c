"""Takes the pictures of ``docs/pages.md`` and ``docs/screens.md`` and writes those pages.

Each kind of page, and the desk's main screens, on a desk and on a phone, light and dark.

python -m tests.proof.pictures
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, StorageState, sync_playwright

from tests.browser import CHROMIUM, FLAGS
from tests.proof.newspaper import ROOT, Newspaper, newspaper

DOCS = ROOT / "docs"
FOLDER = DOCS / "pictures" / "pages"
SCREENS_FOLDER = DOCS / "pictures" / "screens"
DESK, PHONE = (1280, 900), (390, 844)  # windows
TALLEST = {1280: 2030, 390: 1700}
WIDTH_OF_DESK, WIDTH_OF_PHONE, GAP = 880, 320, 24
SCHEMES = {"light": "#d9d5cc", "dark": "#3a3c42"}

# Name of the files → what it shows, the kind in ``tests.proof.pages``, what is put behind its address. The languages differ, so
# that all four are seen.
SHOWN = {
    "front": ("Front page", "en", "/en/", ""),
    "front-uk": ("Front page in Ukrainian", "uk", "/uk/", ""),
    "section": ("Section", "ro", "/ro/international/", ""),
    "story": ("Story, a translation", "en", "demo story", ""),
    "story-ru": ("Story in Russian", "ru", "demo story, newest", ""),
    "person": ("Person", "ro", "demo person", ""),
    "source": ("Source", "en", "demo source", ""),
    "contributor": ("Contributor", "en", "demo contributor", ""),
    "tag": ("Topic", "ro", "demo tag", ""),
    "search": ("Search", "en", "/en/search/", "?q=Moldova"),
    "archive": ("Archive", "ro", "/ro/archive/", ""),
    "corrections": ("Corrections", "en", "/en/corrections/", ""),
    "history": ("What changed", "en", "demo correction", "history/"),
    "retracted": ("Retracted story", "en", "demo retraction", ""),
    "missing": ("No such page", "uk", "/uk/nothing/here/", ""),
}
# The desk's screens: what each shows, whose it is, where one begins, and the links to follow from there.
SCREENS = {
    "front": ("What waits for an editor", "editor", "/admin/", []),
    "article": ("A story with the copy desk's findings", "editor", "/admin/", [".queue-mine a.headline"]),
    "languages": (
        "Which languages of stories are fresh, stale or missing",
        "editor",
        "/admin/translations/job/languages/",
        [],
    ),
    "translator": ("What waits for a translator", "translator", "/admin/", []),
    "job": ("A translation job", "translator", "/admin/", [".queue-translating a.headline"]),
    "workbench": (
        "The workbench",
        "translator",
        "/admin/",
        [".queue-translating a.headline", ".job-steps a.main-step"],
    ),
    "log": ("Logging a credit by hand", "translator", "/admin/translations/loggedwork/add/", []),
    "statement": ("A month's statement", "translator", "/admin/", [".queue-statements a.headline"]),
    "reports": ("Words and characters by month, pair and person", "chief", "/admin/translation-reports/", []),
}
HEAD_OF_SCREENS = """# The desk's screens

The desk of the demo newsroom, on a desk and on a phone, light and dark as the machine asks for.
`make pictures` takes the pictures anew and writes this page.
"""
HEAD = """# The readers' pages

Each kind of page of the demo newsroom, on a desk and on a phone, light and dark as the reader's machine asks for.
`make pictures` takes the pictures anew and writes this page. What stands at which address: [readers.md](readers.md).
"""


def main() -> int:
    if not CHROMIUM:
        print("The pictures need Chromium: apt-get install chromium", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.webp"):
        old.unlink()
    with (
        tempfile.TemporaryDirectory() as folder,
        newspaper(Path(folder), only_demo=True) as paper,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for name, (_title, language, kind, behind) in SHOWN.items():
            for scheme in SCHEMES:
                picture(browser, address(paper, language, kind) + behind, scheme).save(
                    FOLDER / f"{name}-{scheme}.webp", "WEBP", quality=62, method=6
                )
        cards(paper, browser)
        browser.close()
    screens()
    write()
    for folder in (FOLDER, SCREENS_FOLDER):
        files = list(folder.glob("*.webp"))
        size = sum(file.stat().st_size for file in files)
        print(f"{len(files)} pictures, {size / 1024:.0f} kB, in {folder.relative_to(ROOT)}")
    return 0


def screens() -> None:
    """The desk's screens, each as its user sees it."""
    SCREENS_FOLDER.mkdir(parents=True, exist_ok=True)
    for old in SCREENS_FOLDER.glob("*.webp"):
        old.unlink()
    with (
        tempfile.TemporaryDirectory() as folder,
        newspaper(Path(folder), only_demo=True, desk=True) as paper,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        states = {name: signed_in(browser, paper, name) for name in {who for _, who, *_ in SCREENS.values()}}
        for name, (_title, who, begin, links) in SCREENS.items():
            page = browser.new_page(storage_state=states[who])
            page.goto(paper.address + begin)
            for link in links:
                page.locator(link).first.click()
                page.wait_for_load_state()
            at = page.url
            page.close()
            for scheme in SCHEMES:
                picture(browser, at, scheme, states[who]).save(
                    SCREENS_FOLDER / f"{name}-{scheme}.webp", "WEBP", quality=62, method=6
                )
        browser.close()


def signed_in(browser: Browser, paper: Newspaper, name: str) -> StorageState:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{paper.address}/admin/")
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill(paper.password)
    page.locator("form:has([name=password]) button[type=submit]").click()
    page.wait_for_load_state()
    state = context.storage_state()
    context.close()
    return state


def address(paper: Newspaper, language: str, kind: str) -> str:
    return paper.address + (kind if kind.startswith("/") else paper.pages[kind][language])


def picture(browser: Browser, at: str, scheme: str, state: StorageState | None = None) -> Image.Image:
    """The page on a desk with the page on a phone beside it."""
    desk, phone = (taken(browser, at, scheme, *size, state) for size in (DESK, PHONE))
    both = [resized(desk, WIDTH_OF_DESK), resized(phone, WIDTH_OF_PHONE)]
    sheet = Image.new(
        "RGB", (WIDTH_OF_DESK + WIDTH_OF_PHONE + 3 * GAP, max(one.height for one in both) + 2 * GAP), SCHEMES[scheme]
    )
    sheet.paste(both[0], (GAP, GAP))
    sheet.paste(both[1], (WIDTH_OF_DESK + 2 * GAP, GAP))
    return sheet


def taken(browser: Browser, at: str, scheme: str, width: int, height: int, state: StorageState | None) -> Image.Image:
    """The page from its top, as far as it goes or as a picture may."""
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, storage_state=state)
    page = context.new_page()
    page.goto(at)
    page.wait_for_load_state("networkidle")
    whole = int(page.evaluate("document.body.scrollHeight"))
    content = page.screenshot(
        clip={"x": 0, "y": 0, "width": width, "height": min(TALLEST[width], whole)}, full_page=True
    )
    context.close()
    return Image.open(io.BytesIO(content)).convert("RGB")


def resized(image: Image.Image, width: int) -> Image.Image:
    return image.resize((width, round(image.height * width / image.width)), Image.Resampling.LANCZOS)


def cards(paper: Newspaper, browser: Browser) -> None:
    """Two cards, as sharers get them."""
    sheet = Image.new("RGB", (2 * 600 + 3 * GAP, 315 + 2 * GAP), SCHEMES["light"])
    page = browser.new_page()
    for number, (language, kind) in enumerate([("en", "demo story"), ("ru", "demo story, newest")]):
        page.goto(address(paper, language, kind))
        card = page.request.get(page.locator("meta[property='og:image']").get_attribute("content") or "").body()
        sheet.paste(resized(Image.open(io.BytesIO(card)), 600), (GAP + number * (600 + GAP), GAP))
    page.close()
    sheet.save(FOLDER / "cards.webp", "WEBP", quality=70, method=6)


def write() -> None:
    """The pages of the documentation."""
    parts = [HEAD_OF_SCREENS]
    for name, (title, *_where) in SCREENS.items():
        shots = [f"![{title}, {scheme}](pictures/screens/{name}-{scheme}.webp)" for scheme in SCHEMES]
        parts.append(f"## {title}\n\n" + "\n\n".join(shots) + "\n")
    (DOCS / "screens.md").write_text("\n".join(parts), encoding="utf-8")
    parts = [HEAD]
    for name, (title, *_where) in SHOWN.items():
        shots = [f"![{title}, {scheme}](pictures/pages/{name}-{scheme}.webp)" for scheme in SCHEMES]
        parts.append(f"## {title}\n\n" + "\n\n".join(shots) + "\n")
    parts.append("## Cards\n\nWhat others show where a story is shared.\n\n![Two cards](pictures/pages/cards.webp)\n")
    (DOCS / "pages.md").write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
