"""Turns bytes of STIX into objects as the decision sees them, and back into bytes that may go out."""
