"""Turns whose material it is, and what the arrangement says of third parties, into reasons.

* Where the arrangement says `never`, a consent does not help; only a waiver of the rule does.
* Where it is not known whose material it is, somebody else's may be in it.
"""

from __future__ import annotations

from collections.abc import Iterator

from telvet.model.handling import Handling
from telvet.model.sharing import Effect, Reason, ThirdParty
from telvet.sharing.deciding.case import Case

__all__ = ["third_parties_agree"]

_RULE = "third-party"


def third_parties_agree(case: Case, handling: Handling) -> Iterator[Reason]:
    """Apply the arrangement's rule on material of third parties."""
    if case.arrangement is None or case.arrangement.third_party is ThirdParty.AS_MARKED:
        return
    said, name = case.arrangement.third_party, case.arrangement.id
    if said is None:
        if case.third_parties or not case.settled:
            because = f"it is not known what {name} says of material of third parties"
            yield Reason(_RULE, Effect.REFER, because, unless=("fact arrangement.third_party",))
        return
    for other in case.third_parties:
        if said is ThirdParty.NEVER:
            yield case.waivable(_RULE, Effect.WITHHOLD, f"it is of {other}, and {name} lets none of others go")
        else:
            because = f"it is of {other}, and {name} asks for its consent"
            yield case.asking_consent(_RULE, other, handling.tlp, because)
    if not case.settled:
        because = "it is not known whose all of it is"
        yield Reason(_RULE, Effect.REFER, because, unless=("fact originators",))
