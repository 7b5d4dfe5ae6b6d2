"""Annotations of documents -> statements that rest on verbatim quotes, each checked."""
