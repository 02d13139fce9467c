"""``manage.py reset_second_factor <user>``"""

from argparse import ArgumentParser
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError

from newsroom.models import User
from newsroom.sessions import end_sessions


class Command(BaseCommand):
    help = (
        "Takes away all second factors of a user who lost them (authenticator app, passkeys, recovery codes)"
        " and signs the user out everywhere. At the next sign-in a new one can be set up."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no user named {username}.")
        count, _ = Authenticator.objects.filter(user=user).delete()
        end_sessions({user.pk})
        self.stdout.write(f"{count} taken away from {username}.")
