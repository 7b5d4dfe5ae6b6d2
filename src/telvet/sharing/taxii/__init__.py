"""Turns requests of TAXII 2.1 into answers from a source: the protocol, and nothing about who may see what."""
