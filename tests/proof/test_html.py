"""The HTML of every kind of page in every language, by two checkers that agree on little else."""

import json
import re
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

import pytest

pytestmark = pytest.mark.proof
WANTED = {"missing": 404, "removed": 410}


@pytest.fixture(scope="module")
def folder(paper, tmp_path_factory) -> Path:
    """Every page as a file that is named after its kind and language."""
    folder = tmp_path_factory.mktemp("pages")
    for kind, language, address in paper.every_page():
        try:
            with urllib.request.urlopen(address, timeout=30) as response:
                status, html = response.status, response.read()
        except urllib.error.HTTPError as error:
            status, html = error.code, error.read()
        assert status == WANTED.get(kind, 200), address
        (folder / f"{re.sub('[^a-z]+', '-', kind)}.{language}.html").write_bytes(html)
    return folder


def test_nu_finds_neither_error_nor_warning(folder, checker, tmp_path):
    files, told = sorted(map(str, folder.glob("*.html"))), tmp_path / "told.json"
    with told.open("wb") as out:  # a pipe would lose the end of a long answer
        command = [checker("java"), "-jar", checker("nu"), "--format", "json", "--stdout", *files]
        done = subprocess.run(command, stdout=out)
    messages = json.loads(told.read_text(encoding="utf-8"))["messages"]
    found = [f"{Path(m['url']).name}:{m.get('lastLine')}: {m['message']}" for m in messages]
    print(f"\nNu: {len(files)} pages, {len(found)} messages")
    assert (found, done.returncode) == ([], 0)


def test_html_validate_finds_nothing(folder, checker, tmp_path):
    config, told = Path(__file__).with_name("html-validate.json"), tmp_path / "told.json"
    command = [
        checker("html-validate"),
        "--config",
        str(config),
        "--formatter",
        f"json={told}",
        "--ext",
        "html",
        str(folder),
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    assert told.exists(), done.stdout + done.stderr
    found = [
        f"{Path(file['filePath']).name}:{message['line']}: {message['ruleId']}: {message['message']}"
        for file in json.loads(told.read_text(encoding="utf-8"))
        for message in file["messages"]
    ]
    print(f"\nhtml-validate: {len(list(folder.glob('*.html')))} pages, {len(found)} messages")
    assert (found, done.returncode) == ([], 0)
