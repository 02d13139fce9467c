"""Findings that an editor lets stand: the waiver lasts, and is never lost."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from articles.errors import Refused
from articles.models import Article, Finding, Person, PersonName
from articles.workflow import checking
from tests import cast
from tests.cast import user
from tests.desk.typing_in import at_desk, words

pytestmark = pytest.mark.django_db

REASON = "Both are people of that name."
BODY = cast.BODY + "<p>Ion Darchiev spoke first; Ion Darcheev answered him.</p>"


def waived() -> tuple[Article, Finding]:
    """A story with two spellings that look like one name, let stand."""
    article = cast.editing(body=BODY)
    finding = article.head.findings.get(rule="spellings")
    return article, checking.waive(finding, by=user("elena"), reason=REASON)


def register(*names: str) -> None:
    """As registered people the two are two, and nothing is found any more."""
    for name in names:
        person = Person.objects.create(name=name, slug=name.lower().replace(" ", "-"))
        PersonName.objects.create(person=person, language="en", form=name)


class TestAFindingThatIsNoLongerFound:
    def test_waiver_stays_with_who_when_and_why(self):
        article, finding = waived()
        register("Ion Darchiev", "Ion Darcheev")
        assert finding.fingerprint not in [row.fingerprint for row in checking.examine(article.head)]
        finding.refresh_from_db()
        assert (finding.found, finding.waived_by, finding.waived_reason) == (False, user("elena"), REASON)
        said = words(at_desk("emil").get(article.get_absolute_url()))
        assert "no longer found" in said
        assert REASON in said

    def test_it_is_waived_again_where_it_is_found_again(self):
        article, finding = waived()
        register("Ion Darchiev", "Ion Darcheev")
        checking.examine(article.head)
        Person.objects.all().delete()
        (again,) = [row for row in checking.examine(article.head) if row.rule == "spellings"]
        assert (again.pk, again.found, again.waived_reason) == (finding.pk, True, REASON)
        checking.examine(article.head)
        assert article.head.findings.filter(rule="spellings").count() == 1

    def test_one_that_was_not_waived_goes(self):
        article = cast.editing(body=BODY)
        register("Ion Darchiev", "Ion Darcheev")
        checking.examine(article.head)
        assert not article.head.findings.filter(rule="spellings").exists()

    def test_the_database_keeps_no_other(self):
        _article, finding = waived()
        with pytest.raises(IntegrityError), transaction.atomic():
            Finding.objects.filter(pk=finding.pk).update(found=False, waived_by=None, waived_at=None, waived_reason="")


def test_history_lists_a_waiver_once_through_all_revisions():
    article, finding = waived()
    for standfirst in ("Dredging begins in March.", "Work begins in spring."):
        article = cast.edit(article, user("elena"), standfirst=standfirst)
    assert Finding.objects.filter(fingerprint=finding.fingerprint).count() == 3
    said = words(at_desk("emil").get(reverse("admin:articles_article_history", args=[article.pk])))
    assert said.count(REASON) == 1
    assert f"Waived: {checking.message(finding)}" in said


def test_a_second_waiver_does_not_overwrite_the_first():
    _article, finding = waived()
    with pytest.raises(Refused):
        checking.waive(finding, by=user("emil"), reason="Mine.")
    finding.refresh_from_db()
    assert (finding.waived_by, finding.waived_reason) == (user("elena"), REASON)
