"""What lets pages be kept and served without being made again, and ends that at the right moment.

A page depends on surrogate keys, such as ``article-12`` or ``list-en`` (``keys``). What changes what readers get
writes the keys in an outbox, in its own transaction (``outbox``); when that is committed, counters move in memory
that all processes of a host share (``counters``). What was made before a counter of its keys moved is no longer
served: neither a page (``page_cache``) nor a part of one (``memory``).
"""
