"""The memory leaves as TMX and takes TMX in, for editors alone, and not before it was shown."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import cast
from tests.desk.typing_in import at_desk
from translations import memory
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
    memory.take_in(pairs, languages=("en", "ro"), origin="test", by=cast.user("elena"))
    memory.take_in([("Yes.", "Да.")], languages=("en", "ru"), origin="test", by=cast.user("elena"))
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
