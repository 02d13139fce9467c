"""Writes the pages that a proxy shows while the site itself can't be reached."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from articles.public.views.broken import fault_page


class Command(BaseCommand):
    help = (
        "Writes one page for each language, such as outage/en.html, for the proxy in front to show while no process of"
        " the site answers. Run it after collectstatic; docs/operators.md says how the proxy finds them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder",
            nargs="?",
            type=Path,
            default=Path(settings.STATIC_ROOT) / "outage",
            help="where to put the pages (default: outage in the folder of static files)",
        )

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for language, _name in settings.LANGUAGES:
            page = folder / f"{language}.html"
            page.write_text(fault_page(language), encoding="utf-8")
            self.stdout.write(str(page))
