"""One module for each format: from a file to a raw table of text cells with record numbers."""
