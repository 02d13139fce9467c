"""What the road of a job tells: who listens lives in ``translations.receivers``."""

from django.dispatch import Signal

# A round of a job's work was accepted for the desk. Sent inside the transaction, by plain ``send``: a receiver that
# raises refuses the step. Arguments: job, round, article (the translation), by (the reviser, who accepted it), at.
finished = Signal()
