"""Conditions: three-valued evaluation and its explanation."""
