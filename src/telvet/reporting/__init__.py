"""Assessments into reports: one file per output format, all fed by the same stream of findings."""
