"""Whether this process is alive (/healthz), and whether the newsroom can work (/readyz)."""

from collections.abc import Callable
from datetime import timedelta
from functools import cache

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from newsroom.models import User, WorkerBeat


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Asks nothing of the database, so that a broken database does not restart the web processes."""
    return JsonResponse({"status": "alive"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 if every part is in order, else 503; each part says "ok" or what is wrong, and no more."""
    parts = dict.fromkeys(PARTS, "not asked")
    for name, check in PARTS.items():
        parts[name] = _told(check)
        if name == "database" and parts[name] != "ok":
            break  # the others ask it too, and would wait as long
    ready = set(parts.values()) == {"ok"}
    return JsonResponse({"status": "ready" if ready else "not ready", **parts}, status=200 if ready else 503)


def _told(check: Callable[[], str]) -> str:
    try:
        return check()
    except DatabaseError:
        return "the database does not answer"


def database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def migrations() -> str:
    applied = MigrationRecorder(connection).applied_migrations()
    return "ok" if _newest_migrations() <= set(applied) else "migrations are missing: run migrate"


@cache
def _newest_migrations() -> set[tuple[str, str]]:
    """The last migration of each app, as the software on disk has it."""
    return set(MigrationLoader(None).graph.leaf_nodes())


def worker() -> str:
    """The worker is taken for dead when it gave no sign of life for NEWSROOM_WORKER_SILENCE seconds."""
    since = timezone.now() - timedelta(seconds=settings.NEWSROOM_WORKER_SILENCE)
    return "ok" if WorkerBeat.objects.filter(seen__gte=since).exists() else "no sign of life: start run_worker"


def demo_users() -> str:
    if settings.NEWSROOM_DEBUG or not User.objects.filter(is_demo=True).exists():
        return "ok"
    return "demo users exist: delete them"


PARTS: dict[str, Callable[[], str]] = {
    "database": database,
    "migrations": migrations,
    "worker": worker,
    "demo_users": demo_users,
}
