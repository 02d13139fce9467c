"""The memory that the processes of a host share."""

import subprocess
import sys
from pathlib import Path

import pytest

from articles.delivery import counters, keys
from articles.delivery.counters import Counters, places

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def file(tmp_path):
    return tmp_path / "counters"


def test_a_purge_is_later_than_what_was_made_before_it(file):
    numbers = Counters(file)
    made = numbers.now()
    assert not numbers.purged_since(made, places(["list-en"]))
    numbers.purge(["list-en"])
    assert numbers.purged_since(made, places(["list-en", "list-ro"]))
    assert not numbers.purged_since(made, places(["list-ro"]))
    assert not numbers.purged_since(numbers.now(), places(["list-en"]))


def test_a_withdrawal_is_a_purge_and_a_purge_is_no_withdrawal(file):
    numbers = Counters(file)
    made = numbers.now()
    numbers.purge(["article-1"])
    assert not numbers.withdrawn_since(made, places(["article-1"]))
    numbers.purge(["article-1"], withdrawn=True)
    assert numbers.withdrawn_since(made, places(["article-1"]))
    assert numbers.purged_since(made, places(["article-1"]))


def test_all_keys_at_once(file):
    numbers = Counters(file)
    made = numbers.now()
    numbers.purge([keys.ALL], withdrawn=True)
    assert numbers.purged_since(made, places(["anything"]))
    assert numbers.withdrawn_since(made, places(["something-else"]))


def test_a_purge_of_the_outbox_is_carried_out_once(file):
    here, there = Counters(file), Counters(file)
    assert here.purge(["list-en"], number=7)
    made = there.now()
    assert not there.purge(["list-en"], number=7)
    assert there.now() == made


def test_moments_grow_although_the_file_was_made_anew(file):
    old = Counters(file)
    old.purge(["list-en"])
    made = old.now()
    file.unlink()
    new = Counters(file)
    new.purge(["list-en"])
    assert new.now() > made
    assert not old.in_place()
    assert new.in_place()


def test_other_processes_see_it_and_none_is_lost(file):
    """Four processes purge at once; each purge moves the moment of all."""
    code = (
        "import sys; from pathlib import Path; from articles.delivery.counters import Counters;"
        "numbers = Counters(Path(sys.argv[1]));"
        "moments = set();"
        "[(numbers.purge(['list-en'], number=0), moments.add(numbers.now())) for _ in range(500)];"
        "print(len(moments))"
    )
    numbers = Counters(file)
    made = numbers.now()
    environment = {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(ROOT), "PATH": ""}
    command = [sys.executable, "-c", f"import django; django.setup(); {code}", str(file)]
    racers = [subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE) for _ in range(4)]
    told = [int(racer.communicate(timeout=60)[0]) for racer in racers]
    assert told == [500] * 4
    assert numbers.purged_since(made, places(["list-en"]))


def test_a_file_that_was_deleted_is_made_anew(shared):
    assert not counters.renew()
    shared.path.unlink()
    assert counters.renew()
    assert counters.shared() is not shared


def test_a_file_of_somebody_else_is_not_used(file, monkeypatch):
    file.touch()
    monkeypatch.setattr("os.geteuid", lambda: 4711)
    with pytest.raises(PermissionError):
        Counters(file)


def test_a_link_is_not_followed(file, tmp_path):
    file.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="symbolic links"):
        Counters(file)


def test_without_such_memory_nothing_is_kept(settings, tmp_path):
    settings.NEWSROOM_SHARED_MEMORY = str(tmp_path / "missing")
    counters.forget()
    assert counters.shared() is None
