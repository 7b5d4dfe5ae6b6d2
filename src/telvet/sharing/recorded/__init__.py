"""Turns what people wrote about partners, arrangements and releases into facts as of a moment, and into YAML."""
