"""The desk's screens for translations. Importing the modules adds them to the article's own."""

from translations.admin import asking, begin, files, jobs, ledger, logged, rates, registers, reports, statements

__all__ = [
    "asking",
    "begin",
    "files",
    "jobs",
    "ledger",
    "logged",
    "rates",
    "registers",
    "reports",
    "statements",
]
