"""A thread of each server process that hears of purges which other hosts, or processes without shared memory, made."""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

from django.db import DatabaseError, connections

from articles.delivery import counters, memory, outbox

logger = logging.getLogger(__name__)

POLL = 0.5
"""Seconds between two looks at the table, where nobody calls."""
LOOK_EVERY = 30.0
"""Seconds between two looks for what a call may have missed."""
AGAIN = 0.2
"""Seconds until the next try, when the database does not answer."""


class Listener:
    """Keeps this host's counters up to date for as long as the process lives."""

    def __init__(self) -> None:
        self.ready = threading.Event()
        """From then on nothing is missed."""
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="purges", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def end(self) -> None:
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        well = True
        while not self._ended.is_set():
            try:
                self._listen()
            except DatabaseError:
                if well:
                    logger.warning("Purges by other hosts are not heard: the database does not answer.")
                well = False
            else:
                well = True
            finally:
                connections["default"].close()
            self._ended.wait(AGAIN)

    def _listen(self) -> None:
        """Until the connection breaks, or the process ends."""
        database = connections["default"]
        # It keeps its connection for good: one of the pool's would be lacking to those who serve pages.
        database.settings_dict = {**database.settings_dict, "OPTIONS": _without_pool(database.settings_dict["OPTIONS"])}
        if database.vendor == "postgresql":
            self._called(database)
        else:
            self._looking()

    def _called(self, database: Any) -> None:
        """PostgreSQL calls at commit. What was purged before the call was listened for is looked up first."""
        with database.cursor() as cursor:
            cursor.execute(f"LISTEN {outbox.CHANNEL}")
        looked = 0.0
        while not self._ended.is_set():
            if time.monotonic() - looked > LOOK_EVERY:
                outbox.catch_up()
                looked = time.monotonic()
                self.ready.set()
            renew()
            with database.wrap_database_errors:
                called = [int(call.payload) for call in database.connection.notifies(timeout=1.0, stop_after=1)]
            if called:
                outbox.carry_out(outbox.numbered(called))

    def _looking(self) -> None:
        last = outbox.catch_up()
        self.ready.set()
        while not self._ended.wait(POLL):
            renew()
            last = outbox.after(last)


def renew() -> None:
    """Opens the shared memory anew where somebody has deleted it; what was kept by the old one is not served."""
    if counters.renew():
        logger.warning("The memory that the processes share was deleted; it has been made anew.")
        memory.forget()
        outbox.catch_up()


def _without_pool(options: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if name != "pool"}
