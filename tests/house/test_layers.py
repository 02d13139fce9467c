"""The layers hold, and the contracts that say so bite."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("newsroom", "articles", "translations")
LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")

# What a reader's page is made from, besides the Publication: the registers, which hold no working copy.
READERS_MAY = {
    "asking", "colours", "constraints", "contributor", "fields", "paper", "person", "picture", "publication", "rules", "search_entry", "section", "source", "tag",
}  # fmt: skip


def contracts(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [LINT_IMPORTS, "--no-logo", "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The three packages apart, where a test may spoil them."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("*.pyc", "*.po", "*.mo"))
    return tmp_path


def test_contracts_hold():
    done = contracts(ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("path", "line", "broken"),
    [
        ("articles/enums.py", "import articles.models.section", "articles: from its surface"),
        ("articles/permissions.py", "import newsroom.models", "The newsroom stands on"),
        ("articles/models/section.py", "import translations.apps", "The newsroom stands on"),
        ("articles/copydesk/base.py", "import articles.models.section", "Text, names, the"),
        ("articles/public/urls.py", "import articles.models.article", "Readers' code never imports"),
        ("articles/public/urls.py", "import articles.workflow.machine", "Readers' code never imports"),
        ("articles/utils.py", "", "articles: from its surface"),
        ("translations/helpers.py", "", "translations: from its surface"),
        ("articles/workflow/revisions.py", "import articles.workflow.filing", "articles.workflow: from"),
        ("articles/workflow/helpers.py", "", "articles.workflow: from"),
        ("articles/public/common.py", "", "articles.public: from"),
        ("articles/admin/misc.py", "", "articles.admin: from"),
        ("newsroom/utils.py", "", "newsroom: from"),
        ("newsroom/desk/extra.py", "", "newsroom.desk: from"),
    ],
)
def test_a_file_out_of_its_place_fails(copy, path, line, broken):
    file = copy / path
    file.write_text((file.read_text() if file.exists() else "") + f"\n{line}\n")
    done = contracts(copy)
    assert done.returncode == 1
    assert any(row.startswith(broken) and row.endswith("BROKEN") for row in done.stdout.splitlines()), done.stdout


def test_each_model_file_is_placed_for_readers():
    """A new file in articles/models is either a readers' one or forbidden to them."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())
    forbidden = {
        module.rpartition(".")[2]
        for contract in config["tool"]["importlinter"]["contracts"]
        if contract["id"] == "readers"
        for module in contract["forbidden_modules"]
        if module.startswith("articles.models.")
    }
    files = {path.stem for path in (ROOT / "articles" / "models").glob("*.py")} - {"__init__"}
    assert files == forbidden | READERS_MAY
