"""What telvet knows of vendors, functions and places, loaded from data as of a date."""
