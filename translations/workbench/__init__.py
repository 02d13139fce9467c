"""Where a translator spends the day: the original and its translation side by side, segment by segment."""
