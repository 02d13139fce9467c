"""What the proofs share: the newspaper that they look at, and where the checkers are."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.proof.newspaper import Newspaper, newspaper

HERE = Path(__file__).resolve().parent
PROGRAMS = HERE / "node_modules" / ".bin"
NU = HERE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


@pytest.fixture(scope="session")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newspaper]:
    with newspaper(tmp_path_factory.mktemp("newspaper")) as served:
        yield served


@pytest.fixture(scope="session")
def checker():
    """The path of one of the checkers; where it is not installed the test says so and is left out."""

    def path(name: str) -> str:
        found = {"nu": NU, "java": Path(shutil.which("java") or "/nowhere/java")}.get(name, PROGRAMS / name)
        if not found.exists():
            pytest.skip(f"{name} is not installed here: see tests/proof/run")
        return str(found)

    return path
