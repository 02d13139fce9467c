"""Logs: one JSON line an event, without secrets and without anything that somebody typed.

An exception is logged as its type and the places it came through. Its message is left out, since it may
quote a row ("Failing row contains …") or a field; for the database, the name of the constraint is given.
With NEWSROOM_DEBUG on, messages are logged too.
"""

import json
import logging
import re
import traceback
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

request_id: ContextVar[str] = ContextVar("request_id", default="")
GIVEN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
# What an event may carry besides its sentence: ``logger.info("…", extra={"step": "publish"})``
EXTRAS = (
    "article", "attempts", "language", "publication", "revision", "seconds", "status_code", "step", "task",
    "user", "worker",
)  # fmt: skip


class JsonFormatter(logging.Formatter):
    """One object a line: time (UTC), level, logger, event, request, and what is known of the rest."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__()
        self.debug = debug

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            "request": request_id.get(),
        }
        request = getattr(record, "request", None)
        line["request"] = line["request"] or getattr(request, "request_id", "")  # Django logs 4xx when all is over
        if isinstance(request, HttpRequest):
            line |= {"method": request.method, "path": request.path}
        line |= {name: getattr(record, name) for name in EXTRAS if hasattr(record, name)}
        if record.exc_info and record.exc_info[1] is not None:
            line["exception"] = self.exception(record.exc_info[1])
        return json.dumps({key: value for key, value in line.items() if value not in ("", None)}, default=str)

    def exception(self, error: BaseException) -> dict[str, Any]:
        frames = traceback.extract_tb(error.__traceback__)
        told: dict[str, Any] = {
            "type": f"{type(error).__module__}.{type(error).__qualname__}",
            "trace": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
        }
        diagnosis = getattr(error.__cause__, "diag", None)
        if diagnosis is not None:
            told |= {"sqlstate": diagnosis.sqlstate, "constraint": diagnosis.constraint_name}
        if self.debug:
            told["message"] = str(error)
        return told


class RequestIdMiddleware:
    """Gives each request an id: the proxy's, where one is trusted, else a new one.

    The desk and every error answer with it as ``X-Request-ID``; a reader's page does not, so that it is the
    same for everybody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "") if settings.NEWSROOM_TRUSTED_PROXIES else ""
        own = given if GIVEN_ID.fullmatch(given) else uuid.uuid4().hex
        request.request_id = own  # type: ignore[attr-defined]  # read by the formatter
        token = request_id.set(own)
        try:
            response = self.get_response(request)
            if response.status_code >= 500 or request.path_info.startswith(("/admin/", "/accounts/")):
                response.headers["X-Request-ID"] = request_id.get()
            return response
        finally:
            request_id.reset(token)


def logging_settings(*, level: str, debug: bool) -> dict[str, Any]:
    """Everything to standard error, where whoever runs the processes collects it."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "newsroom.logs.JsonFormatter", "debug": debug}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Django's own handlers would print a second time, or mail a report with the form in it.
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "django.server": {"handlers": [], "level": "INFO", "propagate": True},
            # Their lines hold statements, values and addresses of mail.
            "django.db.backends": {"level": "WARNING"},
            "django.template": {"level": "INFO"},
            "PIL": {"level": "INFO"},
        },
    }
