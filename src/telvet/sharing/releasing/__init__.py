"""Turns decisions and what people signed into what leaves: authorities, approvals, recalls, what is held together."""
