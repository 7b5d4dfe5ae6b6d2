"""Markings, arrangements and what is known of a partner -> what may be released, and a log of what was."""
