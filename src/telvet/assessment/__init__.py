"""JUDGE: equipment, networks and operators against provisions, to findings."""
