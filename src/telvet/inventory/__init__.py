"""READ: files of any usual format to one canonical equipment relation with its origin, and what was set aside."""
