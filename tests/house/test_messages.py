"""Compiled translations are kept, so that a machine without gettext shows every language."""

import gettext
import io
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PO_FILES = sorted(
    path for package in ("newsroom", "articles", "translations") for path in (ROOT / package).rglob("*.po")
)


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="needs gettext: apt-get install gettext")
@pytest.mark.parametrize("po", PO_FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_compiled_file_says_what_its_source_says(po):
    done = subprocess.run(["msgfmt", "--check-format", "-o", "-", po], capture_output=True, check=True)
    fresh = gettext.GNUTranslations(io.BytesIO(done.stdout))
    with po.with_suffix(".mo").open("rb") as file:
        kept = gettext.GNUTranslations(file)
    assert kept._catalog == fresh._catalog
