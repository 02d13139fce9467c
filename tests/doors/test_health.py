"""Alive, and ready."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from newsroom import health
from newsroom.models import WorkerBeat
from newsroom.worker import beat


@pytest.fixture
def living_worker(db):
    beat("worker-1")


def test_alive_asks_nothing_of_the_database(client):
    answer = client.get("/healthz")
    assert answer.json() == {"status": "alive"}
    assert "no-store" in answer.headers["Cache-Control"]


def test_ready_when_every_part_is(client, living_worker):
    answer = client.get("/readyz")
    assert answer.json() == {
        "status": "ready",
        "database": "ok",
        "migrations": "ok",
        "worker": "ok",
        "demo_users": "ok",
    }
    assert answer.status_code == 200


def test_not_ready_without_a_worker(client, db):
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["worker"] == "no sign of life: start run_worker"


def test_not_ready_when_the_worker_fell_silent(client, living_worker, settings):
    silent = timezone.now() - timedelta(seconds=settings.NEWSROOM_WORKER_SILENCE + 1)
    WorkerBeat.objects.update(seen=silent)
    assert client.get("/readyz").status_code == 503


def test_not_ready_when_a_migration_is_missing(client, living_worker):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'newsroom' AND name = '0002_worker_and_cache'")
    answer = client.get("/readyz")
    assert answer.json()["migrations"] == "migrations are missing: run migrate"
    assert answer.status_code == 503


def test_not_ready_without_the_database_and_silent_about_where_it_is(client, living_worker, monkeypatch):
    def fail() -> str:
        raise DatabaseError("connection to server at 10.1.2.3 failed for user newsroom")

    monkeypatch.setitem(health.PARTS, "database", fail)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["database"] == "the database does not answer"
    assert answer.json()["worker"] == "not asked"
    assert "10.1.2.3" not in answer.content.decode()


def test_not_ready_while_demo_users_exist_outside_debug(client, living_worker, elena, settings):
    type(elena).objects.update(is_demo=True)
    assert client.get("/readyz").status_code == 200
    settings.NEWSROOM_DEBUG = False
    assert client.get("/readyz").json()["demo_users"] == "demo users exist: delete them"


def test_probes_need_no_tls(client, db, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/healthz").status_code == 200
    assert client.get("/accounts/login/").url == "https://testserver/accounts/login/"
