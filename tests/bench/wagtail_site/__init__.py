"""The peer: a news site as one builds it on Wagtail from its own documentation, with the same stories."""
