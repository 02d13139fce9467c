"""``manage.py seed_demo``"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from newsroom.demo import cast, data, registers, translating
from newsroom.demo.playing import Player, marker, played
from newsroom.demo.writing import Writer


class Command(BaseCommand):
    help = (
        "Fills a demo newsroom: users for each role, registers, stories in four languages and in every"
        " state, the pages on which the paper speaks of itself, and a translation desk at work. Safe to"
        " repeat: what is there stays as it is. Only where NEWSROOM_DEBUG is on. The users' password"
        " is NEWSROOM_DEMO_PASSWORD, or a random one that is printed when they are made."
    )

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        if not settings.NEWSROOM_DEBUG:
            raise CommandError("The demo newsroom is made only where NEWSROOM_DEBUG is on: it is for trying out.")
        try:
            users, password = cast.assemble()
        except cast.NameTaken as taken:
            raise CommandError(f"The demo needs these usernames, which others have: {taken}.") from taken
        registers.fill(users)
        known = played()
        stories, pages = map(data.story, data.story_names()), map(data.page, data.page_names())
        waiting = [told for told in (*stories, *pages) if marker(told) not in known]
        versions = 0
        if waiting:
            names = sorted({told["picture"] for told in waiting if "picture" in told})
            pictures = registers.drawn(names, by=users["chief"])
            player = Player(users, Writer(timezone.now(), pictures))
            versions = sum(player.play(told) for told in waiting)
        translating.fill(users)
        if verbosity:
            self.stdout.write(f"The demo newsroom stands: {versions} language versions of stories and pages added.")
            self.stdout.write(f"Sign-ins: {', '.join(member.username for member in cast.MEMBERS)}")
            if password:
                self.stdout.write(f"Password: {password}")
