"""News for the apps above. Sent after the transaction has been committed."""

from django.dispatch import Signal

# Arguments: article (the row as committed), transition (what was logged).
stepped = Signal()
