"""``make run``: from a fresh clone to a newsroom that answers.

Brings the database, the static files and the demo newsroom up to date, then keeps the web server and the
worker running side by side until Ctrl-C. Whatever stands in the way is told in one line.
"""

import io
import os
import secrets
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import Error as DatabaseError
from django.db import connections

from newsroom.children import CannotRun, reachable, side_by_side

ROOT = Path(__file__).resolve().parent.parent
PASSWORD_FILE = ROOT / ".demo-password"


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    os.environ.setdefault("NEWSROOM_DEBUG", "1")
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    try:
        host, port = free_address()
        prepare()
        side_by_side(host, port, once_open=lambda: announce(host, port))
    except CannotRun as reason:
        print(f"The newsroom can't run: {reason}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nThe newsroom is closed.")
    return 0


def free_address() -> tuple[str, int]:
    """HOST and PORT, when nobody listens there yet."""
    host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    if not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        raise CannotRun(f"PORT is “{port}”; it must be a number between 1 and 65535.")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        reason = f"{host} port {port}: {error.strerror}. Choose others, as in HOST=127.0.0.1 PORT=8001 make run."
        raise CannotRun(reason) from error
    return host, int(port)


def prepare() -> None:
    """Everything that must stand before the first request; what stands already is left as it is."""
    try:
        django.setup()
        refuse_bad_settings()
        if settings.DEBUG:
            os.environ["NEWSROOM_DEMO_PASSWORD"] = demo_password()
        reach_database()
        print("Bringing the newsroom up to date…", flush=True)
        call_command("check", databases=["default"], stdout=io.StringIO())
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        if settings.DEBUG:
            call_command("seed_demo", verbosity=0)
        connections.close_all()
    except (ImproperlyConfigured, CommandError, DatabaseError, ValueError) as error:
        raise CannotRun(" ".join(str(error).split())) from error


def refuse_bad_settings() -> None:
    """Told shortly here; ``manage.py check`` tells the same at length."""
    if settings.NEWSROOM_PROBLEMS:
        told = (f"{problem.variable}: {problem.message}" for problem in settings.NEWSROOM_PROBLEMS)
        raise CannotRun(" ".join(told))


def demo_password() -> str:
    """NEWSROOM_DEMO_PASSWORD, or a random one that is made once and kept where only its owner reads it."""
    if chosen := os.environ.get("NEWSROOM_DEMO_PASSWORD"):
        return chosen
    with suppress(FileExistsError):
        descriptor = os.open(PASSWORD_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        os.write(descriptor, secrets.token_urlsafe(12).encode() + b"\n")
        os.close(descriptor)
    return PASSWORD_FILE.read_text(encoding="ascii").strip()


def reach_database() -> None:
    """One try, of five seconds at most: a pool would try for half a minute."""
    database = connections["default"]
    database.settings_dict["OPTIONS"].pop("pool", None)
    if database.vendor == "postgresql":
        database.settings_dict["OPTIONS"]["connect_timeout"] = 5
    try:
        database.ensure_connection()
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        raise CannotRun(f"the database that DATABASE_URL names can't be reached: {reason}") from error


def announce(host: str, port: int) -> None:
    name = reachable(host)
    site = f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"
    print(f"\nThe newsroom is open. Ctrl-C closes it.\n  readers   {site}/\n  the desk  {site}/admin/")
    if settings.DEBUG:
        from newsroom.models import User  # only after Django is set up

        names = User.objects.filter(is_demo=True).order_by("id").values_list("username", flat=True)
        print(f"  sign in   {', '.join(names)}\n  password  {os.environ['NEWSROOM_DEMO_PASSWORD']}")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
