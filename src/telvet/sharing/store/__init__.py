"""Turns objects that were taken in into a view for each partner, from which alone a partner is answered."""
