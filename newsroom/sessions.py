"""When a sign-in ends: after a working day, after a pause, and at once when a user's rights change.

Limits are checked on the server. The cookie lives longer, only to tell whose form arrived too late.
"""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser, Group
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import F, Model
from django.db.models.signals import m2m_changed, post_save, pre_save
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

from newsroom import kept_forms
from newsroom.doors import is_desk
from newsroom.models import User

SIGNED_IN, SEEN, ENDED_FOR = "signed_in_at", "seen_at", "ended_for"
FLAGS = ("is_active", "is_staff", "is_superuser")
SEEN_EVERY = 60  # seconds: a session is not written at each request


class SessionEndMiddleware:
    """Ends a session that is over, and keeps what was typed in a form that came too late.

    ``ended_for`` in the new, anonymous session is the id of the user whose session ended. The form is
    kept in ``process_view``, which runs after the CSRF check: nobody can plant a form from another site.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_desk(request) and (user_id := request.session.get(SESSION_KEY)):
            if is_over(request.session, now=time.time()) or not request.user.is_authenticated:
                request.session.flush()  # over, or the user's rights are no longer what they were
                request.user = AnonymousUser()
                request.session[ENDED_FOR] = str(user_id)
            elif time.time() - request.session[SEEN] > SEEN_EVERY:
                request.session[SEEN] = time.time()
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not is_desk(request):
            return None
        if owner := request.session.get(ENDED_FOR):
            return kept_forms.keep(request, owner=owner)
        kept_forms.drop_sent(request)
        return None


def is_over(session: SessionBase, *, now: float) -> bool:
    """Whether the day or the pause is longer than allowed; a session that does not tell is over."""
    signed_in, seen = session.get(SIGNED_IN, 0.0), session.get(SEEN, 0.0)
    return bool(
        now - signed_in > settings.NEWSROOM_SESSION_HOURS * 3600 or now - seen > settings.NEWSROOM_IDLE_MINUTES * 60
    )


def end_sessions(user_ids: list[int] | set[int]) -> None:
    """Signs these users out everywhere, from their next request on."""
    User.objects.filter(pk__in=user_ids).update(session_epoch=F("session_epoch") + 1)


@receiver(user_logged_in)
def begin(sender: type[User], request: HttpRequest, user: User, **kwargs: Any) -> None:
    request.session[SIGNED_IN] = request.session[SEEN] = time.time()
    request.session.pop(ENDED_FOR, None)
    kept_forms.drop_others(request.session, owner=str(user.pk))
    kept_forms.remind(request)


@receiver(m2m_changed, sender=User.groups.through)
@receiver(m2m_changed, sender=User.user_permissions.through)
def roles_changed(
    sender: type[Model], instance: Model, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any
) -> None:
    """A role given or taken, from the user's side or from the role's."""
    if action not in {"post_add", "post_remove", "pre_clear"} or pk_set == set():
        return
    if isinstance(instance, User):
        end_sessions({instance.pk})
        instance.refresh_from_db(fields=["session_epoch"])
    elif pk_set is None:
        holders = User.objects.filter(groups=instance) if isinstance(instance, Group) else instance.user_set  # type: ignore[attr-defined]
        end_sessions(set(holders.values_list("pk", flat=True)))
    else:
        end_sessions(pk_set)


@receiver(pre_save, sender=User)
def remember_rights(sender: type[User], instance: User, raw: bool, **kwargs: Any) -> None:
    """Notes what the row says now, and never lets an old copy of the user take the epoch back."""
    if raw or not instance.pk:
        return
    row = User.objects.filter(pk=instance.pk).values("session_epoch", *FLAGS).first()
    if row:
        instance.session_epoch = row.pop("session_epoch")
        instance.__dict__["_rights_before"] = row


@receiver(post_save, sender=User)
def rights_changed(sender: type[User], instance: User, **kwargs: Any) -> None:
    before = instance.__dict__.pop("_rights_before", None)
    if before is None:
        return
    after = User.objects.filter(pk=instance.pk).values(*FLAGS).first()
    if before != after:
        end_sessions({instance.pk})
        instance.refresh_from_db(fields=["session_epoch"])
