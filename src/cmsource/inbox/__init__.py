"""Logs of messages: read, counted, and turned into arrival profiles."""
