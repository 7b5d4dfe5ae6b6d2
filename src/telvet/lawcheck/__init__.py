"""Whether law as written does what its cases say: cases run, coverage, and lint that needs judging."""
