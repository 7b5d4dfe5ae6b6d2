"""ATTRIBUTE: from a name or a number to whose equipment it is; ownership kept apart from matching."""
