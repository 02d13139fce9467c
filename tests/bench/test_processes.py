"""However a run ends, nothing of it is left: no process, no cluster, no folder."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from tests.bench.processes import ROOT, Ended, act, running
from tests.postgres import NoPostgres, programs


def living(mark: str) -> list[str]:
    """The processes that have *mark* in their environment."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (place / "environ").read_text(errors="replace"):
                found.append((place / "cmdline").read_text().replace("\0", " "))
        except OSError:  # ended meanwhile, or another user's
            continue
    return found


def await_number(mark: str, number: int) -> bool:
    """Whether there are so many processes before long."""
    deadline = time.monotonic() + 30
    while (there := len(living(mark))) != number and time.monotonic() < deadline:
        time.sleep(0.05)
    return there == number


def test_children_of_a_process_end_with_it(tmp_path):
    mark = f"BENCH_MARK={tmp_path}"
    with running(
        ["sh", "-c", "sleep 600 & sleep 600"],
        core=None,
        environment={"PATH": os.environ["PATH"], "BENCH_MARK": str(tmp_path)},
        log=tmp_path / "log",
    ):
        assert await_number(mark, 3)
    assert await_number(mark, 0)


def test_last_line_is_the_answer_and_each_line_is_told(tmp_path):
    told = []
    answer = act(
        [sys.executable, "-c", "print(1000); print('{\"a\": [1]}')"],
        core=None, environment={}, log=tmp_path / "log", told=told.append,
    )  # fmt: skip
    assert answer == {"a": [1]}
    assert told == ["1000", '{"a": [1]}']


def test_a_process_that_fails_is_told_with_what_it_said(tmp_path):
    with pytest.raises(Ended, match="no such story"):
        act(
            [sys.executable, "-c", "raise SystemExit('no such story')"], core=None, environment={}, log=tmp_path / "log"
        )


@pytest.fixture
def temporary():
    """A folder that the database's own user may enter too."""
    folder = Path(tempfile.mkdtemp(prefix="bench-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_nothing(temporary, number):
    try:
        programs()
    except NoPostgres as reason:
        pytest.skip(str(reason))
    if len(os.sched_getaffinity(0)) < 2 or not shutil.which("taskset"):
        pytest.skip("the benchmarks need two cores and taskset")
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench", "--quick", "--only", "cached"],
        cwd=ROOT, env=os.environ | {"TMPDIR": str(temporary)}, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stderr
    assert "Filling newsroom" in process.stderr.readline()
    process.send_signal(number)
    _nothing, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert "nothing is left running" in said
    assert await_number(f"TMPDIR={temporary}", 0)
    assert list(temporary.iterdir()) == []
