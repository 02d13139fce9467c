"""Each role, each step, each state of a job, through the addresses that the buttons lead to: as the documented table."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client

from newsroom.models import User
from tests import cast
from tests.translations import making
from tests.translations.test_documented import rows, words
from translations import jobs
from translations.models import Job, JobEvent, Segment

pytestmark = pytest.mark.django_db
ROLES = {
    "rita": "reporter", "tudor": "translator", "tanya": "translator", "elena": "editor", "emil": "editor",
    "clara": "chief", "adam": "administrator", "sam": "", "nora": "",
}  # fmt: skip
STATES = {
    "offered to Tudor": lambda: making.asked(),
    "offered to all": lambda: making.asked(to=""),
    "accepted": lambda: making.accepted(),
    "translating": lambda: _translating(),
    "delivered": lambda: making.delivered(),
    "revised by Emil": lambda: making.revising(),
    "revised by Tanya": lambda: making.revising(by="tanya"),
    "done": lambda: _done(),
    "cancelled": lambda: jobs.cancel(job := making.accepted(), by=cast.user("elena"), version=job.version, note="No."),
}
SENT = {"note": "A reason.", "translator": "", "due": "", "read": "on"}


def _translating() -> Job:
    job = making.accepted()
    making.fill(job)
    Job.objects.filter(pk=job.pk).update(state="translating")
    return making.fresh(job)


def _done() -> Job:
    job = making.done()
    Job.objects.filter(pk=job.pk).update(freshness="minor")
    return making.fresh(job)


@pytest.fixture(autouse=True)
def everybody():
    for name in cast.ROLES:
        cast.user(name)
    tanya = User.objects.create(username="tanya", first_name="Tanya", email="tanya@example.org", is_staff=True)
    tanya.groups.add(Group.objects.get_or_create(name="translator")[0])
    for name in ("tudor", "tanya", "elena", "emil", "clara"):
        making.byline(name)


def covers(whose: str, name: str, job: Job) -> bool:
    translator = job.translator.username if job.translator else ""
    reviser = job.reviser.username if job.reviser else ""
    wrote = {translator, *Segment.objects.filter(job=job, by__isnull=False).values_list("by__username", flat=True)}
    return {
        "any": True,
        "offered to all who know the language": not translator,
        "offered to them": translator == name,
        "theirs to translate": translator == name,
        "theirs to revise": reviser == name,
        "nothing in it is theirs": name not in wrote and reviser != name,
        "nothing in it is theirs, and they know the language": name not in wrote,
    }[whose]


def allows(name: str, step: str, job: Job) -> bool:
    if step == "cancel" and job.state == "done":
        return False  # the story is no longer the desk's to put aside
    return any(
        row[0] == step and job.state in words(row[1]) and ROLES[name] in words(row[3]) and covers(row[4], name, job)
        for row in rows("Steps")
    )


def sees(name: str, job: Job) -> bool:
    if ROLES[name] in {"editor", "chief"}:
        return True
    if ROLES[name] != "translator":
        return False
    theirs = name in {one.username for one in (job.translator, job.reviser) if one}
    return theirs or (job.state == "requested" and job.translator is None) or job.state == "delivered"


def record() -> list[object]:
    return [
        list(Job.objects.order_by("pk").values_list("pk", "state", "version", "translator", "reviser")),
        JobEvent.objects.count(),
    ]


def refusal(name: str, job: Job) -> int:
    """How a step's page that isn't theirs answers: outside, not theirs to know of, or not theirs to do."""
    if name == "nora":
        return 302
    if ROLES[name] in {"", "administrator", "reporter"}:
        return 403
    return 403 if sees(name, job) else 404


def wanted(name: str, step: str, job: Job) -> tuple[int, int, bool]:
    """What a look at the step's page, and a post, answer; whether anything is changed."""
    if not allows(name, step, job):
        return refusal(name, job), refusal(name, job), False
    if step == "renew":
        return 200, 422, False  # nothing newer is there
    return 200, 302, True


@pytest.mark.parametrize("state", STATES)
def test_a_step_is_taken_by_exactly_who_may(state):
    """Every post is forged: no form was asked for before."""
    job = STATES[state]()
    if job.state == "accepted":
        making.fill(job)
    before, faults = record(), []
    steps = list(dict.fromkeys(row[0] for row in rows("Steps") if row[0] != "request"))  # no job yet: test_asking
    for name in ROLES:
        client = Client()
        client.force_login(User.objects.get(username=name))
        for step in steps:
            expected = wanted(name, step, job)
            with transaction.atomic():
                address = f"/admin/translations/job/{job.pk}/step/{step}/"
                shown = client.get(address).status_code
                answer = client.post(address, {**SENT, "version": job.version}).status_code
                found = (shown, answer, record() != before)
                transaction.set_rollback(True)
            if found != expected:
                faults.append((name, step, found, expected))
    assert not faults, faults


@pytest.mark.parametrize("state", STATES)
def test_a_job_is_seen_by_exactly_who_may(state):
    job = STATES[state]()
    for name in ROLES:
        client = Client()
        client.force_login(User.objects.get(username=name))
        answer = client.get(f"/admin/translations/job/{job.pk}/change/")
        listed = client.get("/admin/translations/job/")
        if sees(name, job):
            assert answer.status_code == 200, name
            assert job.original.headline in listed.content.decode(), name
        else:
            assert answer.status_code in {302, 403, 404}, name
            assert job.original.headline not in answer.content.decode(), name
            assert job.original.headline not in listed.content.decode(), name


def test_a_screen_that_is_older_than_the_job_changes_nothing():
    job = making.asked()
    client = Client()
    client.force_login(cast.user("tudor"))
    address = f"/admin/translations/job/{job.pk}/step/accept/"
    assert client.post(address, {"version": job.version}).status_code == 302
    answer = client.post(address, {"version": job.version})
    assert answer.status_code == 409
    assert JobEvent.objects.filter(job=job, step="accept").count() == 1
