"""Approvals by one person: which of them the desk should still know of."""

from __future__ import annotations

from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import Length

from articles.enums import DeskState, PublicState, Step
from articles.models.asking import there_is
from articles.models.publication import Publication
from articles.models.transition import Transition


def alone() -> QuerySet[Transition]:
    """Approvals that a chief gave alone, the reason as their note, the newest first.

    Listed from the approval on, while the text waits to be published and while readers get it or will get it; also
    where the story has been opened again since. No more once somebody has approved the same text with another.
    """
    shown = Publication.objects.to_come().filter(revision=OuterRef("revision"), state=PublicState.LIVE)
    later = Transition.objects.filter(revision=OuterRef("revision"), step=Step.APPROVE, pk__gt=OuterRef("pk"))
    waits = Q(article__state=DeskState.READY, article__approved=F("revision"))
    approvals = Transition.objects.alias(said=Length("note")).filter(step=Step.APPROVE, said__gt=0)
    return approvals.filter(waits | there_is(shown)).exclude(there_is(later)).select_related("by").order_by("-pk")
