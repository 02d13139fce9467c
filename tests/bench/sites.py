"""What is measured and what it is measured against: the newsroom, Wagtail, an application that says one thing, nginx."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.bench import Bench
from tests.bench.processes import ROOT, Ended, act, await_answer, running
from tests.postgres import free_port

OURS = "tests.bench.newsroom_acts"
THEIRS = "tests.bench.wagtail_site.acts"
# As `make run` starts the web server.
GRANIAN = ("--interface", "wsgi", "--no-ws", "--blocking-threads", "4", "--log-level", "warning")
WITH_CACHE_MB = 256


@dataclass(frozen=True)
class Server:
    """Something that answers. ``pid`` is the process that holds the workers."""

    address: str
    pid: int


class Publisher:
    """A process that publishes when it is told to."""

    def __init__(self, process: subprocess.Popen[str], log: Path) -> None:
        self._process, self._log = process, log

    def publish(self, stories: int) -> tuple[list[float], int]:
        """The seconds of each story's publication, and the queries of one."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{stories}\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise Ended(f"The publisher ended: {self._log.read_text(errors='replace')[-3000:]}")
        told = json.loads(line)
        return told["seconds"], told["queries"]


@dataclass(frozen=True)
class Site:
    """A site with its stories in a database: how its processes are started."""

    bench: Bench
    name: str
    python: str
    acts: str
    application: str
    environment: Mapping[str, str]

    def told(self, act_name: str, *arguments: str, core: int | None = None, **environment: str) -> Any:
        """What a process of the site answers."""
        command = [self.python, "-m", self.acts, act_name, *arguments]
        return act(
            command, core=core, environment={**self.environment, **environment}, log=self.bench.log(self.name),
            told=self.bench.progress(f"{self.name}, stories"),
        )  # fmt: skip

    @contextmanager
    def server(self, *, workers: int = 1, **environment: str) -> Iterator[Server]:
        port = environment.pop("port", "") or str(free_port())
        own = {**self.environment, "NEWSROOM_BASE_URL": f"http://127.0.0.1:{port}", **environment}
        with served(self.bench, self.name, self.python, self.application, own, int(port), workers) as server:
            yield server

    @contextmanager
    def publisher(self, first: int, **environment: str) -> Iterator[Publisher]:
        """Its stories are numbered from *first* on: no two publishers on one database may write the same."""
        log = self.bench.log(self.name)
        command = [self.python, "-m", self.acts, "publish", str(first)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        own = {**self.environment, **environment}
        with running(command, core=self.bench.server_core, environment=own, log=log, **pipes) as process:
            yield Publisher(process, log)


@contextmanager
def served(
    bench: Bench, name: str, python: str, application: str, environment: Mapping[str, str], port: int, workers: int = 1
) -> Iterator[Server]:
    """Granian on the servers' core."""
    log, address = bench.log(f"{name}-server"), f"http://127.0.0.1:{port}"
    command = [python, "-m", "granian", *GRANIAN, "--workers", str(workers), "--host", "127.0.0.1", "--port", str(port)]
    with running([*command, application], core=bench.server_core, environment=environment, log=log) as process:
        await_answer(address, "/", process, log)
        yield Server(address, process.pid)


def newsroom(bench: Bench, stories: int) -> Site:
    """The newsroom with so many stories, in the settings of production; TLS is left to what stands in front."""
    return _filled(bench, "newsroom", stories, sys.executable, OURS, "newsroom.wsgi:application", _production(bench))


def settings_of(bench: Bench) -> dict[str, str]:
    """The environment of a process of the newsroom; the database is missing."""
    return _clean() | _production(bench)


def _production(bench: Bench) -> dict[str, str]:
    folder = bench.folder / "newsroom"
    return {
        "NEWSROOM_ALLOWED_HOSTS": "127.0.0.1",
        "NEWSROOM_BASE_URL": "http://127.0.0.1",
        "NEWSROOM_HTTPS": "0",
        "NEWSROOM_MEDIA_ROOT": str(folder / "media"),
        "NEWSROOM_PAGE_CACHE_MB": "0",
        "NEWSROOM_REQUIRE_MFA": "0",
        "NEWSROOM_SECRET_KEY": bench.secret,
        "NEWSROOM_SHARED_MEMORY": str(bench.memory),
        "NEWSROOM_STATIC_ROOT": str(folder / "static"),
    }


def wagtail(bench: Bench, stories: int) -> Site:
    """The Wagtail site with the same stories."""
    settings = {"BENCH_SECRET_KEY": bench.secret, "BENCH_MEDIA_ROOT": str(bench.folder / "wagtail-media")}
    python = str(ROOT / ".venv-bench" / "bin" / "python")
    application = "tests.bench.wagtail_site.wsgi:application"
    return _filled(bench, "wagtail", stories, python, THEIRS, application, settings)


def _filled(
    bench: Bench, kind: str, stories: int, python: str, acts: str, application: str, settings: Mapping[str, str]
) -> Site:
    """The site on its database, which is filled when it is asked for first."""
    new = (kind, stories) not in bench.filled
    if new:
        bench.filled[kind, stories] = bench.database(f"{kind}_{stories}")
    environment = _clean() | {"DATABASE_URL": bench.filled[kind, stories], **settings}
    site = Site(bench, f"{kind}_{stories}", python, acts, application, environment)
    if new:
        bench.say(f"Filling {kind} with {stories:,} stories…")
        site.told("prepare", str(stories))
        bench.say(f"  {bench.size(bench.filled[kind, stories]):,.0f} MB")
    return site


@contextmanager
def hello(bench: Bench, page: Path) -> Iterator[Server]:
    """An application that answers with the bytes of the file, served as the newsroom is."""
    environment = _clean() | {"HELLO_FILE": str(page)}
    with served(bench, "hello", sys.executable, "tests.bench.hello:application", environment, free_port()) as server:
        yield server


@contextmanager
def nginx(bench: Bench, page: Path) -> Iterator[Server]:
    """nginx with one worker, serving the folder of the file."""
    home, port, log = bench.folder / "nginx", free_port(), bench.log("nginx")
    home.mkdir()
    places = " ".join(
        f"{kind}_temp_path {home}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    configuration = home / "nginx.conf"
    configuration.write_text(
        f"{'user root; ' if os.geteuid() == 0 else ''}worker_processes 1; daemon off; pid {home}/pid; error_log stderr;\n"
        "events { worker_connections 1024; }\n"
        f"http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; {places}\n"
        f"types {{ text/html html; }} server {{ listen 127.0.0.1:{port}; root {page.parent}; }} }}\n"
    )
    command, address = ["nginx", "-c", str(configuration), "-p", str(home)], f"http://127.0.0.1:{port}"
    with running(command, core=bench.server_core, environment=_clean(), log=log) as process:
        await_answer(address, "/", process, log)
        yield Server(address, process.pid)


def _clean() -> dict[str, str]:
    """The environment without what is set for a newsroom that runs here."""
    path = f"{os.environ.get('PATH', '')}:/usr/sbin"  # nginx
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEWSROOM_", "DJANGO_"))}
    return kept | {"PATH": path}
