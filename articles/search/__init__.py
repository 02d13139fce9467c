"""The readers' search: what readers see of a story, found by its words.

``entries`` keeps the words of each Publication, an engine of the database looks them up, ``asking`` reads what was
typed. Whether a story is public is never a question for an entry: ``finding`` asks the Publications.
"""
