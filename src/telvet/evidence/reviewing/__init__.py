"""Candidate statements -> what a person makes of them, one by one."""
