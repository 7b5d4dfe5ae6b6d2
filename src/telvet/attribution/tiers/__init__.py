"""The kinds of evidence, surest first; each module turns one kind of text or number into a `Found`.

* A tier says whom its evidence points to, or None where it has nothing to say; the next tier is asked then.
* To add one (anchors, proposals), write a module with a function like these and name it in `resolve.NAME_TIERS`.
"""
