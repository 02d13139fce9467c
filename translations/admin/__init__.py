"""The desk's screens for translations. Importing the modules adds them to the article's own."""

from translations.admin import begin, registers

__all__ = ["begin", "registers"]
