"""The memory leaves as TMX and takes TMX in, for editors alone, and not before it was shown."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.workflow import withdrawing
from tests import cast
from tests.desk.typing_in import at_desk
from tests.translations import making
from translations import memory
from translations.enums import Method, Standing
from translations.exchange import tmx
from translations.models import MemoryEntry

pytestmark = pytest.mark.django_db
ADDRESS = "admin:translations_memoryentry_tmx"


def upload(*entries: tmx.Entry) -> SimpleUploadedFile:
    return SimpleUploadedFile("Agency memory.tmx", b"".join(tmx.write(entries)))


def token(page: str) -> str:
    return html.unescape(re.search(r'name="shown" value="([^"]+)"', page)[1])


def test_a_pair_leaves_as_a_file_that_reads_back():
    pairs = [("Talks &amp; <1>more</1>", "Discuții &amp; <1>altele</1>"), ("Yes.", "Da.")]
    rows = [memory.Pair(*pair) for pair in pairs]
    memory.take_in(rows, languages=("en", "ro"), origin="test", by=cast.user("elena"))
    memory.take_in([memory.Pair("Yes.", "Да.")], languages=("en", "ru"), origin="test", by=cast.user("elena"))
    answer = at_desk("elena").get(reverse(ADDRESS), {"source": "en", "target": "ro"})
    assert 'filename="memory-en-ro.tmx"' in answer["Content-Disposition"]
    entries = list(tmx.read(b"".join(answer.streaming_content)))
    assert sorted((entry.source, entry.target) for entry in entries) == sorted(pairs)


def test_a_file_is_shown_and_then_taken_in():
    client = at_desk("elena")
    file = upload(
        tmx.Entry("EN-gb", "ro-MD", "One <1>two</1>", "Unu <1>doi</1>"),
        tmx.Entry("en", "ru", "One.", "Один."),
        tmx.Entry("en", "fr", "One.", "Un."),
        tmx.Entry("en", "ro", "One <1>two</1>", "Unu doi"),
    )
    shown = client.post(reverse(ADDRESS), {"file": file}).content.decode()
    assert "Unu doi" in shown
    assert "2 entries are left out" in shown
    assert not MemoryEntry.objects.exists()
    done = client.post(reverse(ADDRESS), {"shown": token(shown)}, follow=True)
    assert "2 entries were taken in." in done.content.decode()
    taken = set(MemoryEntry.objects.values_list("source_language", "target_language", "target", "origin", "by"))
    elena = cast.user("elena").pk
    assert taken == {
        ("en", "ro", "Unu <1>doi</1>", "TMX Agency memory.tmx", elena), ("en", "ru", "Один.", "TMX Agency memory.tmx", elena),
    }  # fmt: skip
    client.post(reverse(ADDRESS), {"shown": token(shown)})
    assert MemoryEntry.objects.count() == 2


def test_editors_alone_may():
    shown = (
        at_desk("elena").post(reverse(ADDRESS), {"file": upload(tmx.Entry("en", "ro", "One", "Unu"))}).content.decode()
    )
    for name in ("tudor", "rita", "adam"):
        assert at_desk(name).get(reverse(ADDRESS), {"source": "en", "target": "ro"}).status_code == 403
        assert at_desk(name).post(reverse(ADDRESS), {"shown": token(shown)}).status_code == 403
    assert at_desk("emil").post(reverse(ADDRESS), {"shown": token(shown)}).status_code == 422
    assert not MemoryEntry.objects.exists()


@pytest.mark.parametrize(
    ("sent", "said"),
    [({}, "Choose a TMX file"), ({"file": SimpleUploadedFile("a", b"<html/>")}, "no TMX file"), ({"shown": "x"}, "Send the file again")],
)  # fmt: skip
def test_what_is_no_memory_is_told_so(sent, said):
    answer = at_desk("elena").post(reverse(ADDRESS), sent)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)


def test_the_register_leads_there_and_one_language_is_no_pair():
    client = at_desk("elena")
    assert reverse(ADDRESS) in client.get(reverse("admin:translations_memoryentry_changelist")).content.decode()
    answer = client.get(reverse(ADDRESS), {"source": "en", "target": "en"})
    assert (answer.status_code, "Choose two languages" in answer.content.decode()) == (422, True)


def sent_out(source: str = "en", target: str = "ro") -> SimpleUploadedFile:
    answer = at_desk("elena").get(reverse(ADDRESS), {"source": source, "target": target})
    return SimpleUploadedFile("ours.tmx", b"".join(answer.streaming_content))


def taken_in(file: SimpleUploadedFile) -> str:
    """What the page said of the file, which is taken in."""
    client = at_desk("elena")
    shown = client.post(reverse(ADDRESS), {"file": file}).content.decode()
    if 'name="shown"' in shown:
        client.post(reverse(ADDRESS), {"shown": token(shown)})
    return shown


def test_our_own_file_brings_back_contexts_authors_dates_and_engines():
    job = making.done(cast.live(body=making.EIGHT))
    of_job = MemoryEntry.objects.filter(job=job)
    of_job.filter(field="body").update(method=Method.POST_EDITED, engine="Fake 1", at="2026-01-05T08:00:00Z")
    keep = ("source", "target", "before", "after", "field", "by", "at", "method", "engine")
    was = {row[:-3]: row[-3:] for row in of_job.values_list(*keep)}
    file = sent_out()
    MemoryEntry.objects.all().delete()
    taken_in(file)
    back = {row[:-3]: row[-3:] for row in MemoryEntry.objects.values_list(*keep)}
    assert {key: (at.replace(microsecond=0), *how) for key, (at, *how) in was.items()} == {
        key: (at, *how) for key, (at, *how) in back.items()
    }
    number = len(back)
    taken_in(sent_out())  # the memory has all of it already
    assert MemoryEntry.objects.count() == number
    segment = job.segments.filter(field="body").order_by("position")[3]
    assert memory.matches(segment, cast.user("tudor"))[0].percent == 101


def test_what_no_file_should_say_is_left_aside():
    taken_in(upload(tmx.Entry("en", "ro", "One.", "Unu.", by="nobody", before="x", method="magic", engine="E" * 99)))
    entry = MemoryEntry.objects.get()
    assert (entry.before, entry.method, entry.engine, entry.by) == ("", "", "E" * 80, cast.user("elena"))


@pytest.mark.parametrize("act", [withdrawing.hold, withdrawing.retract])
def test_what_was_withdrawn_is_not_taught_again(act):
    job = making.published(cast.live(body=making.EIGHT))
    file = sent_out()
    count = MemoryEntry.objects.count()
    original = cast.fresh(job.original)
    act(original, by=cast.user("clara"), version=original.version, note="It was not so.")
    memory.follow(cast.fresh(original))
    page = taken_in(file)
    assert f"{count} entries are left out: their stories are held or were withdrawn" in page
    assert MemoryEntry.objects.count() == count
    sentence = MemoryEntry.objects.filter(field="body").first().source
    taken_in(
        upload(tmx.Entry("en", "ro", sentence, "Altă traducere a ei."), tmx.Entry("en", "ro", "Other.", "Altceva."))
    )
    assert MemoryEntry.objects.filter(standing=Standing.USABLE).values_list("source", flat=True).get() == "Other."


def test_a_translation_that_an_editor_withdrew_may_be_replaced_by_another():
    making.remembered("One.", "Unul.", standing=Standing.WITHDRAWN)
    page = taken_in(upload(tmx.Entry("en", "ro", "One.", "Unul."), tmx.Entry("en", "ro", "One.", "Unu.")))
    assert "1 entry is left out: its story is held" in page
    assert MemoryEntry.objects.get(standing=Standing.USABLE).target == "Unu."


def test_what_was_withdrawn_between_the_look_and_the_taking_stays_so():
    client = at_desk("elena")
    shown = client.post(reverse(ADDRESS), {"file": upload(tmx.Entry("en", "ro", "One.", "Unul."))}).content.decode()
    making.remembered("One.", "Unul.", standing=Standing.WITHDRAWN)
    client.post(reverse(ADDRESS), {"shown": token(shown)})
    assert MemoryEntry.objects.count() == 1
