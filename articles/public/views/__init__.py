"""Readers' views, one subject a file."""
