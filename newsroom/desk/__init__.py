"""The desk's front page: which queues somebody sees, and what stands in them."""

from newsroom.desk.front import front, one

__all__ = ["front", "one"]
