"""What is done to one segment of a job: the same acts for the script and for the plain form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from articles.errors import DeskError, Refused
from translations import saving
from translations.models.segment import Segment
from translations.workbench import beside, typed


def act(name: str, segment: Segment, told: Mapping[str, Any], *, by: Any) -> None:
    """Takes the act *name* on *segment* as *by*. *told* is what the screen sent:

    ``version``, and as the act asks: ``target`` (as typed), ``key`` (of a suggestion), ``reason``, ``offset``
    (visible characters), ``next_version``. Raises what ``saving`` raises. A text that can't be confirmed is kept as a
    draft before the refusal goes on.
    """
    acts = {
        "save": _save, "confirm": _confirm, "copy": _copy, "omit": _omit, "reopen": _reopen, "split": _split,
        "merge": _merge,
    }  # fmt: skip
    if name not in acts:
        raise Refused(_("This is nothing that can be done with a segment."))
    acts[name](segment, told, by, number(told, "version"))


def number(told: Mapping[str, Any], name: str) -> int:
    """A number out of what was sent; ``Refused`` where it is none."""
    value = str(told.get(name, ""))
    if not value.isascii() or not value.isdigit() or len(value) > 9:
        raise Refused(_("Something is missing in what was sent. Load the page again."))
    return int(value)


def _save(segment: Segment, told: Mapping[str, Any], by: Any, version: int) -> None:
    target = _target(told)
    saving.save(segment.pk, by=by, version=version, target=target, **_origin(segment, told, target))


def _confirm(segment: Segment, told: Mapping[str, Any], by: Any, version: int) -> None:
    target = _target(told)
    if segment.omitted and not target.strip():
        saving.omit(segment.pk, by=by, version=version, reason=segment.omitted)
        return
    origin = _origin(segment, told, target)
    try:
        saving.confirm(segment.pk, by=by, version=version, target=target, **origin)
    except Refused as refused:
        if isinstance(refused, saving.Gone):
            raise
        _kept(segment, target, origin, by, version)
        raise


def _kept(segment: Segment, target: str, origin: dict[str, Any], by: Any, version: int) -> None:
    """What can't be confirmed stays as a draft. Where that can't be either, the first refusal says more."""
    try:
        saving.save(segment.pk, by=by, version=version, target=target, **origin)
    except DeskError:
        return


def _copy(segment: Segment, told: Mapping[str, Any], by: Any, version: int) -> None:
    saving.save(segment.pk, by=by, version=version, target=segment.source)


def _omit(segment: Segment, told: Mapping[str, Any], by: Any, version: int) -> None:
    saving.omit(segment.pk, by=by, version=version, reason=str(told.get("reason", "")).replace("\0", ""))


def _reopen(segment: Segment, told: Mapping[str, Any], by: Any, version: int) -> None:
    saving.reopen(segment.pk, by=by, version=version)


def _split(segment: Segment, told: Mapping[str, Any], by: Any, version: int) -> None:
    saving.split(segment.pk, by=by, version=version, offset=number(told, "offset"))


def _merge(segment: Segment, told: Mapping[str, Any], by: Any, version: int) -> None:
    saving.merge(segment.pk, by=by, version=version, next_version=number(told, "next_version"))


def _target(told: Mapping[str, Any]) -> str:
    return typed.to_coded(str(told.get("target", "")))


def _origin(segment: Segment, told: Mapping[str, Any], target: str) -> dict[str, Any]:
    key = str(told.get("key", ""))
    return beside.origin(segment.pk, key, target) if key else {}
