"""The trade's words for kinds and states; see docs/glossary.md."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(models.TextChoices):
    """Who somebody is at the desk: the names of the auth groups."""

    REPORTER = "reporter", _("reporter")
    TRANSLATOR = "translator", _("translator")
    EDITOR = "editor", _("editor")
    CHIEF = "chief", _("chief editor")
    ADMINISTRATOR = "administrator", _("administrator")


class DeskState(models.TextChoices):
    """Where a working copy stands."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    EDITING = "editing", _("editing")
    READY = "ready", _("ready")
    PUBLISHED = "published", _("published")
    SPIKED = "spiked", _("spiked")


class PublicState(models.TextChoices):
    """What readers get while a Publication is valid."""

    LIVE = "live", _("live")
    HELD = "held", _("held")
    RETRACTED = "retracted", _("retracted")
    REMOVED = "removed", _("removed")


class Change(models.TextChoices):
    """Why a Publication follows another; the last five are made by their steps, not chosen."""

    FIRST = "first", _("first publication")
    UPDATE = "update", _("update")
    CORRECTION = "correction", _("correction")
    CLARIFICATION = "clarification", _("clarification")
    REFILE = "refile", _("refile")
    METADATA = "metadata", _("metadata")
    HOLD = "hold", pgettext_lazy("change", "hold")
    RELEASE = "release", pgettext_lazy("change", "release")
    RETRACTION = "retraction", _("retraction")
    REMOVAL = "removal", _("removal")

    @classmethod
    def chosen(cls) -> list["Change"]:
        """The kinds that an editor chooses from when publishing again."""
        return [cls.UPDATE, cls.CORRECTION, cls.CLARIFICATION, cls.REFILE, cls.METADATA]

    @property
    def needs_note(self) -> bool:
        """A change that readers must be told of."""
        return self in {Change.UPDATE, Change.CORRECTION, Change.CLARIFICATION}

    @property
    def moves_updated(self) -> bool:
        """Whether the "updated" time that readers see moves."""
        return self in {Change.FIRST, Change.UPDATE, Change.CORRECTION, Change.CLARIFICATION}


class PageKind(models.TextChoices):
    """What the paper says of itself: the kinds of newsroom pages, by the last word of their address."""

    ABOUT = "about", _("About us")
    MASTHEAD = "masthead", _("Masthead")
    ETHICS = "ethics", _("Code of ethics")
    CORRECTIONS = "corrections-policy", _("Corrections policy")
    SOURCING = "sourcing", _("Sources and fact-checking")
    OWNERSHIP = "ownership", _("Ownership and funding")

    @property
    def slug(self) -> str:
        """Stands for the page where a story has its slug. No story's has an underscore: the copy desk sees to it."""
        return f"page_{self.value}"


class Step(models.TextChoices):
    """An editorial act; who may do it is in ``articles.permissions``, what it moves in ``workflow.steps``."""

    SAVE = "save", _("save")
    SUBMIT = "submit", _("submit")
    CLAIM = "claim", _("claim")
    TAKE_OVER = "take_over", _("take over")
    HAND_BACK = "hand_back", _("hand back")
    APPROVE = "approve", _("approve")
    PUBLISH = "publish", _("publish")
    SCHEDULE = "schedule", _("schedule")
    UNSCHEDULE = "unschedule", _("unschedule")
    REOPEN = "reopen", _("reopen")
    HOLD = "hold", _("hold")
    RELEASE = "release", _("release")
    RETRACT = "retract", _("retract")
    REMOVE = "remove", _("remove")
    SPIKE = "spike", _("spike")
    UNSPIKE = "unspike", _("unspike")


class Severity(models.TextChoices):
    """How much a copy-desk finding weighs.

    *blocking* refuses approval and can't be waived; *error* refuses approval unless it is waived with a
    reason; *warning* and *advice* refuse nothing.
    """

    BLOCKING = "blocking", _("blocking")
    ERROR = "error", _("error")
    WARNING = "warning", _("warning")
    ADVICE = "advice", _("advice")


class SourceKind(models.TextChoices):
    AGENCY = "agency", _("news agency")
    BROADCASTER = "broadcaster", _("broadcaster")
    NEWSPAPER = "newspaper", _("newspaper")
    OFFICIAL = "official", _("official body")
    COMPANY = "company", _("company")
    ORGANISATION = "organisation", _("organisation")
    SOCIAL = "social", _("social media")
    OWN = "own", _("own reporting")
    OTHER = "other", _("other")


class NameKind(models.TextChoices):
    """What a spelling of a person's name is in one language."""

    PREFERRED = "preferred", _("preferred")
    ACCEPTED = "accepted", _("accepted")
    DEPRECATED = "deprecated", _("deprecated")
    MISSPELLING = "misspelling", _("misspelling")


class QuoteKind(models.TextChoices):
    DIRECT = "direct", pgettext_lazy("quote", "direct")
    PARAPHRASE = "paraphrase", _("paraphrase")


class MachineNote(models.TextChoices):
    """What readers are told of a machine's part in a translation."""

    NEVER = "never", _("nothing")
    PART = "part", _("that a machine had a part in it")
    ENGINE = "engine", _("that a machine had a part in it, and which")


class CreditRole(models.TextChoices):
    AUTHOR = "author", _("author")
    REPORTER = "reporter", _("reporter")
    EDITOR = "editor", _("editor")
    PHOTOGRAPHER = "photographer", _("photographer")
    TRANSLATOR = "translator", _("translator")
    REVISER = "reviser", _("reviser")
    POST_EDITOR = "post_editor", _("post-editor")
    REVIEWER = "reviewer", _("reviewer")
    PROOFREADER = "proofreader", _("proofreader")

    @property
    def is_translation(self) -> bool:
        """Whether there is such work on a translation alone."""
        return self in {CreditRole.TRANSLATOR, CreditRole.REVISER, CreditRole.POST_EDITOR}

    @property
    def makes_translation(self) -> bool:
        """Whether one in this role is why there is a translation; a published one names one, or says why not."""
        return self in {CreditRole.TRANSLATOR, CreditRole.POST_EDITOR}

    @property
    def is_of_one_version(self) -> bool:
        """Whether the work was done on the words of one language, so that a translation does not take it over."""
        return self.is_translation or self in {CreditRole.REVIEWER, CreditRole.PROOFREADER}


class Unnamed(models.TextChoices):
    """Why readers are not shown a credit."""

    STAFF = "staff", _("staff, by the house's custom unsigned")
    AGENCY = "agency", _("an agency's work")
    WISH = "wish", _("wishes not to be named")
    UNKNOWN = "unknown", _("not recorded")  # of credits older than the question

    @classmethod
    def said(cls) -> list[str]:
        """The reasons that are one."""
        return [cls.STAFF.value, cls.AGENCY.value, cls.WISH.value]


class Licence(models.TextChoices):
    """Under what terms readers may hand a story on."""

    RESERVED = "all-rights-reserved", _("All rights reserved")
    CC0 = "cc0-1.0", "CC0 1.0"
    CC_BY = "cc-by-4.0", "CC BY 4.0"
    CC_BY_SA = "cc-by-sa-4.0", "CC BY-SA 4.0"
    CC_BY_ND = "cc-by-nd-4.0", "CC BY-ND 4.0"
    CC_BY_NC = "cc-by-nc-4.0", "CC BY-NC 4.0"
    CC_BY_NC_SA = "cc-by-nc-sa-4.0", "CC BY-NC-SA 4.0"
    CC_BY_NC_ND = "cc-by-nc-nd-4.0", "CC BY-NC-ND 4.0"

    @property
    def address(self) -> str:
        """Where the licence can be read; empty where all rights are reserved."""
        if self == Licence.RESERVED:
            return ""
        if self == Licence.CC0:
            return "https://creativecommons.org/publicdomain/zero/1.0/"
        return f"https://creativecommons.org/licenses/{self.value.removeprefix('cc-').removesuffix('-4.0')}/4.0/"


class PictureUse(models.TextChoices):
    LEAD = "lead", _("lead picture")
    BODY = "body", _("in the body")
