"""Marks of every usual kind (TLP, ACS, IC-ISM, statements, MISP) -> the handling that they come to, and what is wrong with them."""
