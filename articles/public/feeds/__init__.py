"""Feeds: what stands newest on a list, whole, for feed readers and other programs."""
