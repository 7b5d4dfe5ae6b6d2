"""A file -> its exact text, when it was published, and whom it cites."""
