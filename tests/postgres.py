"""Runs a command beside a PostgreSQL cluster that lives no longer than the command.

    python tests/postgres.py .venv/bin/pytest tests/house

The command finds the cluster in DATABASE_URL. The cluster belongs to an unprivileged user, listens on a free
port of this machine alone, never waits for the disk, and is removed however the command ends.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

NO_WAITING = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "autovacuum": "off",  # it lives for minutes
    "jit": "off",
}


class NoPostgres(Exception):
    """No server can be started here; the message says why."""


def programs() -> Path:
    """The folder of initdb and pg_ctl: the newest that Debian keeps apart, else that of the search path."""
    kept_apart = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = kept_apart[-1] if kept_apart else shutil.which("initdb")
    if not found:
        raise NoPostgres("PostgreSQL's programs are not installed: apt-get install postgresql")
    return Path(found).parent


def owner() -> dict[str, object]:
    """Root may not run PostgreSQL: its own user does, or nobody."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    entry = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def cluster(settings: Mapping[str, str] = NO_WAITING) -> Iterator[str]:
    """The address of a fresh cluster with these settings, as DATABASE_URL has it."""
    bin_folder, who, password, port = programs(), owner(), secrets.token_urlsafe(16), free_port()
    home = Path(tempfile.mkdtemp(prefix="newsroom-postgres-"))
    data, log, password_file = home / "data", home / "log", home / "password"

    def call(program: str, *arguments: str) -> None:
        command = [str(bin_folder / program), "-D", str(data), *arguments]
        done = subprocess.run(command, cwd=home, capture_output=True, text=True, **who)
        if done.returncode:
            raise NoPostgres(f"{program}: {done.stderr.strip()} {log.read_text() if log.exists() else ''}")

    try:
        password_file.write_text(password)
        if who:
            for path in (home, password_file):
                os.chown(path, who["user"], who["group"])
        call("initdb", "-U", "newsroom", "-A", "scram-sha-256", f"--pwfile={password_file}",
             "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")  # fmt: skip
        options = {
            **settings,
            "port": str(port),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": str(home),
        }
        with (data / "postgresql.conf").open("a") as kept:  # so that a cluster that is started again has them, too
            kept.writelines(f"{name} = '{value}'\n" for name, value in options.items())
        call("pg_ctl", "start", "-w", "-s", "-l", str(log))
        yield f"postgres://newsroom:{password}@127.0.0.1:{port}/postgres"
    finally:
        if (data / "postmaster.pid").exists():
            call("pg_ctl", "stop", "-m", "immediate")
        shutil.rmtree(home, ignore_errors=True)


def main(command: list[str]) -> int:
    try:
        with cluster() as address:
            child = subprocess.Popen(command, env=os.environ | {"DATABASE_URL": address})
            # Ctrl-C reaches the command by itself; the cluster then outlives it by a moment, as always.
            signal.signal(signal.SIGINT, lambda *_: None)
            signal.signal(signal.SIGTERM, lambda *_: child.terminate())
            return child.wait()
    except NoPostgres as reason:
        print(f"PostgreSQL: {reason}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
