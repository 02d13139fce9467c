"""The rows of the table, a file for each group of them. Each takes a ``Bench`` and yields figures."""
