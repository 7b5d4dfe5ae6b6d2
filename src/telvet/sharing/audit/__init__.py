"""Decisions -> an append-only log of them, whose integrity anybody can check offline."""
