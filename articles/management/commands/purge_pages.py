"""``manage.py purge_pages``"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from articles.delivery import keys, outbox


class Command(BaseCommand):
    help = (
        "Lets no page be served that was made before now: by any server process of any host, or by the network in"
        " front of the site. Steps at the desk do that by themselves; this is for what was changed beside them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "keys", nargs="*", help="surrogate keys, such as article-12 or list-en; without any, all pages"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        named = options["keys"] or [keys.ALL]
        outbox.purge(named)
        self.stdout.write("All pages are made anew." if named == [keys.ALL] else f"Made anew: {' '.join(named)}.")
