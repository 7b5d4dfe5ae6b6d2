"""A bundle with faulty marks -> a plan to mend them, signed by two persons, and the bundle mended by it."""
