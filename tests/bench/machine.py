"""The machine: what it is, and which of its cores does what."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Unfit(Exception):
    """Nothing can be measured here; the message says why."""


def cores() -> tuple[int, int]:
    """The core of the servers, the database's among them, and the core of the load."""
    usable = sorted(os.sched_getaffinity(0))
    if len(usable) < 2:
        raise Unfit("Servers and load need a core each, and this machine has one.")
    return usable[0], usable[-1]


@contextmanager
def pinned(core: int) -> Iterator[None]:
    """Keeps what this thread does, and what it starts, on the core."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def described() -> str:
    """One line: processor, cores, memory, system, Python."""
    try:
        found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
        memory = int(re.findall(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text())[0]) / 2**20
    except (OSError, IndexError):
        found, memory = None, 0.0
    processor = found[1] if found else platform.machine()
    return (
        f"{processor}, {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}"
    )


def load_average() -> float:
    """Of the last minute: how busy the machine is with other things."""
    return os.getloadavg()[0]


def memory_of(pid: int) -> float:
    """Megabytes that a process and its children hold; what they share is counted once."""
    total = 0
    for process in [pid, *_children(pid)]:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
        total += int(re.findall(r"^Pss:\s*(\d+)", rollup, re.MULTILINE)[0])
    return total / 1024


def _children(pid: int) -> list[int]:
    told = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True)
    children = [int(line) for line in told.stdout.split()]
    return children + [grandchild for child in children for grandchild in _children(child)]
