"""Statements and judgements -> the position of a country, in three times."""
