"""The desk's screens for translations. Importing the modules adds them to the article's own."""

from translations.admin import begin, ledger, logged, rates, reports, statements

__all__ = ["begin", "ledger", "logged", "rates", "reports", "statements"]
