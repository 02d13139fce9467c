"""What all measurements share: sizes, cores, a folder, one PostgreSQL with its databases, and a voice."""

from __future__ import annotations

import secrets
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests import postgres
from tests.bench import load, machine
from tests.bench.load import Load

POSTGRESQL = postgres.NO_WAITING | {
    "shared_buffers": "512MB",
    "maintenance_work_mem": "512MB",
    "effective_cache_size": "2GB",
    "random_page_cost": "1.1",
    "max_wal_size": "4GB",
}
IN_MEMORY = Path("/dev/shm")


@dataclass(frozen=True)
class Sizes:
    """How much is measured. ``seconds`` is the length of one measurement, ``hour`` a number of requests."""

    stories: int = 10_000
    entries: int = 1_000_000
    paid: int = 100_000
    few: int = 1_000
    many: int = 1_000_000
    rounds: int = 5
    seconds: float = 3
    samples: int = 300
    requests: int = 10_000
    hour: int = 360_000
    cache_mb: int = 64


QUICK = Sizes(
    stories=1_000,
    entries=20_000,
    paid=2_000,
    few=1_000,
    many=5_000,
    rounds=3,
    seconds=1,
    samples=120,
    requests=3_000,
    hour=20_000,
    cache_mb=16,
)


@dataclass
class Bench:
    """One run. ``filled`` holds the addresses of the databases that have their stories already.

    ``memory`` is a folder for what the processes of one site share; it lies in memory where the machine has such a place.
    """

    sizes: Sizes
    folder: Path
    memory: Path
    server_core: int
    load_core: int
    cluster: str
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(64))
    began: float = field(default_factory=time.monotonic)
    filled: dict[tuple[str, int], str] = field(default_factory=dict)

    def say(self, line: str) -> None:
        print(f"{time.monotonic() - self.began:6.0f} s  {line}", file=sys.stderr, flush=True)

    def progress(self, what: str) -> Progress:
        return Progress(self, what)

    def database(self, name: str) -> str:
        """A new, empty database; its address."""
        with psycopg.connect(self.cluster, autocommit=True) as connection:
            connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))
        parts = urlsplit(self.cluster)
        return urlunsplit(parts._replace(path=f"/{name}"))

    def size(self, address: str) -> float:
        """Megabytes of a database."""
        with psycopg.connect(address) as connection:
            row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
        return row[0] / 2**20 if row else 0.0

    def log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def rounds(self, loads: Mapping[str, Load]) -> dict[str, list[float]]:
        """Answers a second, by name: each is measured once in every round, so that a slow minute hits all of them."""
        found: dict[str, list[float]] = {name: [] for name in loads}
        for one in loads.values():
            load.check(one)
            load.ask_on(one, 1, self.load_core, self.folder)
        for number in range(self.sizes.rounds):
            for name, one in loads.items():
                asked = load.ask_on(one, self.sizes.seconds, self.load_core, self.folder)
                found[name].append(asked.per_second)
            told = ", ".join(f"{name} {values[-1]:,.0f}" for name, values in found.items())
            self.say(f"  round {number + 1} of {self.sizes.rounds}, answers a second: {told}")
        for one in loads.values():
            load.check(one)  # wrk knows an error from an answer, not a 304 from a 200
        return found


@dataclass
class Progress:
    """Tells of a long count now and then. It is called with each line that the counting process prints."""

    bench: Bench
    what: str
    next: float = 0.0

    def __call__(self, line: str) -> None:
        if line.isdecimal() and time.monotonic() >= self.next:
            self.bench.say(f"  {self.what}: {int(line):,}")
            self.next = time.monotonic() + 15


@contextmanager
def opened(sizes: Sizes) -> Iterator[Bench]:
    """A run with its folder and its PostgreSQL on the servers' core; nothing of it is left afterwards."""
    server_core, load_core = machine.cores()
    with ExitStack() as stack:
        folder = stack.enter_context(_temporary(None))
        folder.chmod(0o755)  # nginx reads as another user
        memory = stack.enter_context(_temporary(IN_MEMORY if IN_MEMORY.is_dir() else None))
        cluster = stack.enter_context(_pinned_cluster(server_core))
        yield Bench(sizes, folder, memory, server_core, load_core, cluster)


@contextmanager
def _temporary(below: Path | None) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-", dir=below) as name:
        yield Path(name)


@contextmanager
def _pinned_cluster(core: int) -> Iterator[str]:
    """What is started on a core stays there with all its children."""
    with ExitStack() as stack:
        with machine.pinned(core):
            address = stack.enter_context(postgres.cluster(POSTGRESQL))
        yield address
