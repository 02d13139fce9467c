"""Reading the environment: a bad value becomes a sentence for the system check, never a traceback."""

import ipaddress
import os
import re
import secrets
import tempfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from zoneinfo import available_timezones

import environ
from django.core.exceptions import ImproperlyConfigured

_CONTACT = re.compile(r"mailto:[^\s@:/]+@[^\s@:/]+|https://[^\s/]+(?:/\S*)?", re.ASCII)
ON = {"1", "true", "yes", "on"}
OFF = {"0", "false", "no", "off"}
# Lets the system checks run to the sentence that explains, and keeps nothing.
NO_DATABASE: dict[str, Any] = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}


@dataclass(frozen=True)
class Problem:
    """A variable that cannot be used as it is, and what to do about it."""

    variable: str
    message: str


class Environment:
    """Typed reading of variables.

    Every reader answers the default where the variable is unset or empty, and also, after noting a
    problem, where its value cannot be used. ``names`` holds what was asked for, ``problems`` what was wrong.
    A value is never part of a message, since it may be a secret.
    """

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        self.names: list[str] = []
        self.problems: list[Problem] = []

    def refuse(self, variable: str, message: str) -> None:
        self.problems.append(Problem(variable, message))

    def text(self, name: str, default: str = "") -> str:
        if name not in self.names:
            self.names.append(name)
        return self._variables.get(name, "").strip() or default

    def words(self, name: str) -> list[str]:
        """A list, separated by commas."""
        return [word.strip() for word in self.text(name).split(",") if word.strip()]

    def flag(self, name: str, default: bool) -> bool:
        value = self.text(name).lower()
        if not value:
            return default
        if value not in ON | OFF:
            self.refuse(name, "Write 1 (on) or 0 (off).")
            return default
        return value in ON

    def number(self, name: str, default: int, *, least: int, most: int) -> int:
        value = self.text(name)
        if not value:
            return default
        if not (value.isascii() and value.isdigit()) or not least <= int(value) <= most:
            self.refuse(name, f"Write a whole number from {least} to {most}.")
            return default
        return int(value)

    def choice(self, name: str, default: str, among: Collection[str]) -> str:
        value = self.text(name, default)
        if value not in among:
            self.refuse(name, f"Write one of: {', '.join(sorted(among))}.")
            return default
        return value

    def zone(self, name: str, default: str) -> str:
        value = self.text(name, default)
        if value not in available_timezones():
            self.refuse(name, "Write the name of a time zone, such as Europe/Chisinau.")
            return "UTC"
        return value

    def address(self, name: str) -> str:
        """An http or https address without a path, such as ``https://news.example``; no slash at its end."""
        value = self.text(name).rstrip("/")
        if value and (not _is_web(value) or any(urlsplit(value)[2:])):
            self.refuse(name, "Write the address as https://news.example, without a path.")
            return ""
        return value

    def web_address(self, name: str) -> str:
        """An http or https address, with a path where it has one."""
        value = self.text(name)
        if value and not _is_web(value):
            self.refuse(name, "Write the address as https://cdn.example/purge.")
            return ""
        return value

    def contact(self, name: str) -> str:
        """A ``mailto:`` or ``https:`` address; a bare e-mail address is taken for the former."""
        value = self.text(name)
        if value and ":" not in value:
            value = f"mailto:{value}"
        if value and not _CONTACT.fullmatch(value):
            self.refuse(name, "Write an e-mail address, or the https address of a page.")
            return ""
        return value

    def database(self, name: str, default: str) -> dict[str, Any]:
        value = self.text(name, default)
        config: dict[str, Any] = {}
        if value.startswith(("postgres://", "postgresql://", "sqlite:///")):
            try:
                config = dict(environ.Env.db_url_config(value))
            except (ImproperlyConfigured, KeyError, ValueError):
                config = {}
        if config.get("NAME") in {None, "", ":memory:"}:
            self.refuse(name, "Write postgres://user:password@host:5432/name, or sqlite:////path/to/file.sqlite3.")
            return dict(NO_DATABASE)
        return config | {"HOST": unquote(config["HOST"])}  # a socket's folder is written with %2F

    def mail(self, name: str, default: str) -> dict[str, Any]:
        """The EMAIL_… settings of an address such as ``smtp+tls://user:password@host:587``."""
        try:
            return dict(environ.Env.email_url_config(self.text(name, default)))
        except (ImproperlyConfigured, KeyError, ValueError):
            self.refuse(name, "Write smtp+tls://user:password@host:587, or consolemail:// to print mail.")
            return dict(environ.Env.email_url_config(default))


def _is_web(value: str) -> bool:
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc


def folder_in_memory() -> str:
    """Where processes of one host may share a file: in memory, where there is such a folder."""
    memory = "/dev/shm"  # noqa: S108  # our one file there has a name of its own and is readable by us alone
    return memory if os.access(memory, os.W_OK) else tempfile.gettempdir()


def is_local(host: str) -> bool:
    """Whether a host name can only mean this machine or its own network."""
    if host == "localhost" or host.endswith((".localhost", ".local", ".test")):
        return True
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return False


def kept_secret(path: Path) -> str:
    """The key in the file, made at the first call; processes that start at once agree on one."""
    if not path.exists():
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(name, path)
        except FileExistsError:
            pass
        finally:
            Path(name).unlink()
    return path.read_text(encoding="ascii").strip()
