"""What the road tells the memory and the ledger. Sent inside the transaction; a receiver that raises refuses the step."""

from django.dispatch import Signal

# Arguments: job (the row as it is), round, article, by.
finished = Signal()
