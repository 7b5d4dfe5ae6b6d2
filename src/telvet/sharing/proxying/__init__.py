"""Turns another TAXII server into the views of our partners, page by page."""
