"""``manage.py run_worker``"""

import signal
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from newsroom.worker import Worker


class Command(BaseCommand):
    help = (
        "Runs background tasks until it is stopped. Stop it with Ctrl-C or SIGTERM: it finishes the task at"
        " hand first. Any number of workers may run at once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--interval", type=float, default=1.0, help="seconds between looks at an empty queue")
        parser.add_argument("--once", action="store_true", help="run what is waiting, then end")

    def handle(self, *args: Any, interval: float, once: bool, **options: Any) -> None:
        worker = Worker(interval=max(interval, 0.05))
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, worker.stop)
        if once:
            self.stdout.write(f"{worker.drain()} done")
        else:
            worker.run()
