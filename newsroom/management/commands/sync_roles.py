"""Makes the roles: see ``articles.permissions`` for what each may do."""

from typing import Any

from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand

from articles.enums import Role


class Command(BaseCommand):
    help = (
        "Makes the groups that stand for the newsroom's roles: reporter, translator, editor, chief, "
        "administrator. Safe to repeat; users keep the roles they have."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        made = [role for role in Role.values if Group.objects.get_or_create(name=role)[1]]
        if options["verbosity"]:
            self.stdout.write(f"Made the roles {', '.join(made)}." if made else "All roles are there.")
