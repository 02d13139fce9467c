"""The pages of an article besides its form: steps, findings, comments, history, comparison, preview."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from articles.admin import steps
from articles.enums import Change, Step
from articles.models import Article, Comment, Mention
from articles.workflow import filing
from newsroom.models import User
from tests import cast
from tests.desk.typing_in import at_desk, page, save, words

pytestmark = pytest.mark.django_db


def address(article: Article, rest: str) -> str:
    return f"/admin/articles/article/{article.pk}/{rest}"


def take(name: str, article: Article, step: str, **fields: Any) -> Any:
    return at_desk(name).post(address(article, f"step/{step}/"), {"version": article.version, **fields})


def buttons(name: str, article: Article) -> set[str]:
    """The steps that the form offers."""
    drawn = page(at_desk(name).get(article.get_absolute_url()))
    offered = {button.get("value") for button in drawn.xpath('//button[@name="_step"]')}
    links = {
        link.get("href").split("/step/")[1].split("/")[0] for link in drawn.xpath('//a[contains(@href, "/step/")]')
    }
    return offered | links


def test_the_form_offers_what_this_user_may_do_now_and_no_more() -> None:
    article = cast.submitted()
    assert buttons("rita", article) == set()
    assert buttons("elena", article) == {"claim", "hand_back", "spike"}


def test_a_step_button_saves_first_and_then_asks() -> None:
    article = cast.draft()
    response = save(at_desk("rita"), article.get_absolute_url(), headline="Better headline", _step="submit")
    saved = cast.fresh(article)
    assert saved.headline == "Better headline"
    assert saved.state == "draft"
    assert response.url == f"{address(article, 'step/submit/')}?version={saved.version}"


def test_a_story_goes_from_draft_to_readers_by_its_buttons() -> None:
    article = cast.draft()
    for name, step in (("rita", "submit"), ("elena", "claim"), ("elena", "approve"), ("elena", "publish")):
        article = cast.fresh(article)
        asked = at_desk(name).get(address(article, f"step/{step}/"))
        assert asked.status_code == 200
        assert take(name, article, step).status_code == 302
    assert cast.fresh(article).publications.get().state == "live"


def test_the_page_says_when_in_both_zones() -> None:
    article = cast.ready()
    User.objects.filter(username="elena").update(time_zone="America/New_York")
    said = words(at_desk("elena").get(address(article, "step/publish/")))
    assert "Europe/Chisinau" in said
    assert "America/New_York" in said


def test_what_stands_against_a_step_is_said_before_it_is_tried() -> None:
    article = cast.editing(body="<p>Somebody said: “These are five words exactly here” and left.</p>")
    response = at_desk("elena").get(address(article, "step/approve/"))
    assert "What stands against it" in words(response)
    assert not page(response).xpath('//main//form[@method="post"]')


def test_what_the_copy_desk_leaves_to_the_editor_stands_on_the_page() -> None:
    article = cast.editing()
    Mention.objects.create(article=article, person=cast.speaker())
    article = cast.edit(article, cast.user("elena"), standfirst="Nobody is named here.")
    drawn = page(at_desk("elena").get(address(article, "step/approve/")))
    assert "names them nowhere" in drawn.xpath('string(//*[@class="left"])')
    assert drawn.xpath('//main//form[@method="post"]')


def test_an_approval_shows_what_differs_from_what_readers_have() -> None:
    article = cast.edit(cast.live(), cast.user("elena"), standfirst="Put right.")
    link = page(at_desk("emil").get(address(article, "step/approve/"))).xpath('//dl[@class="audience"]//a/@href')
    assert "Put right." in words(at_desk("emil").get(link[0]))
    assert not page(at_desk("emil").get(address(cast.editing(slug="new"), "step/approve/"))).xpath("//dl//a")


def test_a_second_post_of_the_same_page_changes_nothing() -> None:
    article = cast.ready()
    assert take("elena", article, "publish").status_code == 302
    again = take("elena", article, "publish")
    assert again.status_code == 409
    assert "Nothing was done" in words(again)
    assert cast.fresh(article).publications.count() == 1


def test_a_page_drawn_for_an_older_text_shows_the_newer_and_asks_again() -> None:
    article = cast.editing()
    newer = cast.edit(article, cast.user("elena"), headline="Changed meanwhile")
    response = take("elena", article, "approve")
    assert response.status_code == 409
    assert "Changed meanwhile" in words(response)
    assert page(response).xpath('//input[@name="version"]/@value') == [str(newer.version)]


def test_a_note_that_is_missing_is_asked_for_beside_its_field() -> None:
    article = cast.submitted()
    response = take("elena", article, "hand_back", note=" ")
    assert response.status_code == 422
    assert page(response).xpath('//*[contains(@class, "field-note")]//*[contains(@class, "errorlist")]')
    assert take("elena", article, "hand_back", note="Name the source.").status_code == 302
    assert Comment.objects.get().text == "Name the source."


def test_publishing_again_asks_for_the_kind_of_change_and_its_note() -> None:
    article = cast.edit(cast.live(), cast.user("elena"), standfirst="Put right.")
    article = filing.approve(article, by=cast.user("emil"), version=article.version)
    response = take("emil", article, "publish", change="correction", note="")
    assert "Write a note for readers" in words(response)
    assert take("emil", article, "publish", change="correction", note="The season was wrong.").status_code == 302
    assert cast.fresh(article).publications.valid().get().note == "The season was wrong."


def test_scheduling_takes_a_local_time() -> None:
    article = cast.ready()
    day = timezone.localdate() + timedelta(days=40)
    response = take("elena", article, "schedule", visible_from=f"{day}T09:15")
    assert response.status_code == 302
    local = timezone.localtime(article.publications.ahead().get().visible_from)
    assert local.strftime("%H:%M") == "09:15"


def test_holding_says_what_it_calls_off() -> None:
    article = cast.edit(cast.live(), cast.user("elena"), standfirst="Work begins in autumn.")
    article = filing.approve(article, by=cast.user("emil"), version=article.version)
    cast.publishing.schedule(
        article, by=cast.user("emil"), version=article.version, visible_from=timezone.now() + timedelta(hours=2),
        change=Change.UPDATE, note="A date is known.",
    )  # fmt: skip
    said = words(at_desk("elena").get(address(article, "step/hold/")))
    assert "Will be called offWhat is scheduled: English, " in said
    assert "Will be called off" not in words(at_desk("elena").get(address(cast.live(slug="other"), "step/hold/")))


def test_a_chief_who_worked_alone_writes_why() -> None:
    article = cast.draft(by=cast.user("clara"))
    article = filing.submit(article, by=cast.user("clara"), version=article.version)
    article = filing.claim(article, by=cast.user("clara"), version=article.version)
    assert "Why you approve it alone" in words(at_desk("clara").get(address(article, "step/approve/")))
    assert take("clara", article, "approve").status_code == 422
    assert take("clara", article, "approve", alone="Night shift, nobody else here.").status_code == 302
    assert cast.fresh(article).approved_alone == "Night shift, nobody else here."


PAGES = ["change/", "history/", "compare/", "preview/", "step/submit/"]


@pytest.mark.parametrize("rest", PAGES)
@pytest.mark.parametrize("name", ["tudor", "adam", "sam", "nora"])
def test_every_page_of_a_hidden_story_is_closed(name: str, rest: str) -> None:
    article = cast.draft()
    response = at_desk(name).get(address(article, rest))
    assert response.status_code in {302, 403, 404}
    assert article.headline.encode() not in response.content


@pytest.mark.parametrize("rest", PAGES)
def test_a_page_of_a_hidden_story_is_the_404_of_one_that_never_was(rest: str) -> None:
    article = cast.draft()
    tudor = at_desk("tudor")
    hidden = tudor.get(address(article, rest))
    absent = tudor.get(address(Article(pk=article.pk + 1000), rest))
    assert (hidden.status_code, absent.status_code) == (404, 404)


def test_what_was_done_is_said_in_a_sentence() -> None:
    article = cast.submitted()
    there = address(article, "step/claim/")
    said = words(at_desk("elena").post(there, {"version": article.version}, follow=True))
    assert f"You edit “{article.headline}” now." in said
    assert "Done:" not in said
    assert set(steps.DONE) == set(steps.TAKE)


@pytest.mark.parametrize("step", [step for step in Step if step != Step.SAVE])
def test_a_step_that_is_not_this_users_is_forbidden(step: str) -> None:
    article = cast.live()
    assert at_desk("tudor").get(address(article, f"step/{step}/")).status_code == 403
    assert take("tudor", article, step, note="Forged").status_code == 403
    assert cast.fresh(article).version == article.version


def test_what_is_no_step_is_not_found() -> None:
    article = cast.draft()
    assert at_desk("rita").get(address(article, "step/save/")).status_code == 404
    assert at_desk("rita").get(address(article, "step/print/")).status_code == 404


class TestWaiver:
    def found(self) -> Article:
        return cast.editing(body="<p>Somebody said: “These are five words exactly here” and left.</p>")

    def test_an_editor_lets_an_error_stand_with_a_reason(self) -> None:
        article = self.found()
        finding = next(row for row in article.head.findings.all() if row.severity == "error")
        at = address(article, f"finding/{finding.pk}/")
        at_desk("elena").post(at, {"reason": " "})
        finding.refresh_from_db()
        assert finding.waived_by is None
        at_desk("elena").post(at, {"reason": "A proverb."})
        finding.refresh_from_db()
        assert (finding.waived_by.username, finding.waived_reason) == ("elena", "A proverb.")

    def test_a_reporter_does_not(self) -> None:
        article = self.found()
        finding = article.head.findings.first()
        assert at_desk("rita").post(address(article, f"finding/{finding.pk}/"), {"reason": "Mine."}).status_code == 403

    def test_not_by_the_address_of_another_story(self) -> None:
        finding = self.found().head.findings.first()
        other = cast.editing(headline="Another story", slug="another")
        assert at_desk("elena").post(address(other, f"finding/{finding.pk}/"), {"reason": "x"}).status_code == 404


class TestComments:
    def test_who_may_not_save_may_comment(self) -> None:
        article = cast.submitted()
        at_desk("rita").post(address(article, "comment/"), {"text": "The photograph comes at noon."})
        assert "The photograph comes at noon." in words(at_desk("elena").get(article.get_absolute_url()))

    def test_one_is_dealt_with_once(self) -> None:
        article = cast.submitted()
        comment = Comment.objects.create(article=article, by=cast.user("rita"), text="Check the date.")
        for name in ("elena", "emil"):
            at_desk(name).post(address(article, f"comment/{comment.pk}/"))
        comment.refresh_from_db()
        assert comment.resolved_by.username == "elena"


class TestHistory:
    def test_it_is_one_line_of_all_that_happened(self) -> None:
        article = cast.corrected()
        Comment.objects.create(article=article, by=cast.user("emil"), text="Thanks to the reader.")
        said = words(at_desk("elena").get(address(article, "history/")))
        for part in (
            "Revision 2",
            "Submit: draft → submitted",
            "Publication 2",
            "The season was wrong.",
            "Thanks to the reader.",
        ):
            assert part in said
        assert said.index("Publication 2") < said.index("Publication 1") < said.index("Revision 1")

    def test_any_two_revisions_are_compared_word_by_word(self) -> None:
        article = cast.corrected()
        shown = at_desk("elena").get(address(article, "compare/?old=1&new=2")).content.decode()
        assert "<del>spring</del>" in shown
        assert "<ins>autumn</ins>" in shown

    def test_a_revision_that_is_none_is_not_found(self) -> None:
        article = cast.draft()
        assert at_desk("rita").get(address(article, "compare/?old=1&new=9")).status_code == 404


class TestPreview:
    def test_it_shows_the_working_copy_as_readers_would_see_it(self) -> None:
        article = cast.draft()
        response = at_desk("rita").get(address(article, "preview/"))
        said = words(response)
        assert "Readers don't see this" in said
        assert article.headline in said
        assert "A commission spokesperson" in said
        assert response["X-Robots-Tag"] == "noindex"
        assert "no-store" in response["Cache-Control"]

    def test_it_keeps_nothing(self) -> None:
        article = cast.draft()
        at_desk("rita").get(address(article, "preview/"))
        assert not article.publications.exists()

    def test_a_story_without_a_section_is_shown_too(self) -> None:
        article = cast.draft(section=None)
        assert at_desk("rita").get(address(article, "preview/")).status_code == 200


class TestTranslation:
    def test_a_translator_begins_one_in_a_language_that_is_left(self) -> None:
        article = cast.live()
        cast.contributor("tudor")
        tudor = at_desk("tudor")
        asked = tudor.get(address(article, "translate/"))
        assert set(page(asked).xpath('//input[@name="language"]/@value')) == {"ro", "ru", "uk"}
        response = tudor.post(address(article, "translate/"), {"language": "ro"})
        draft = Article.objects.get(original=article)
        assert response.url == f"/admin/translations/job/{draft.job.pk}/change/"
        assert (draft.language, draft.state, draft.created_by.username) == ("ro", "draft", "tudor")

    def test_not_twice_into_one_language(self) -> None:
        article = cast.live()
        cast.contributor("tudor")
        tudor = at_desk("tudor")
        for _time in range(2):
            response = tudor.post(address(article, "translate/"), {"language": "ro"})
        assert response.status_code == 422
        assert Article.objects.filter(original=article).count() == 1

    def test_not_of_a_hidden_story(self) -> None:
        assert at_desk("tudor").post(address(cast.draft(), "translate/"), {"language": "ro"}).status_code == 404


def test_retracting_asks_for_the_reason_in_each_language_that_readers_have(client):
    original = cast.live()
    translation = cast.live(original=original, language="ro", slug="ro")
    original = cast.fresh(original)
    asked = at_desk("clara").get(address(original, "step/retract/"))
    assert "Reason, for readers in Romanian" in words(asked)
    assert take("clara", original, "retract", note="A forgery.").status_code == 422
    assert take("clara", original, "retract", note="A forgery.", note_ro="Era un fals.").status_code == 302
    for story, said in ((original, "A forgery."), (translation, "Era un fals.")):
        assert said in words(client.get(story.publications.valid().get().get_absolute_url()))
