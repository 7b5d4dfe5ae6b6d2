from __future__ import annotations

import pytest

from telvet.model.handling import Acs, Classification, Ground, Handling, Reach, Tlp
from telvet.sharing.marking.wording import comes_to

M = frozenset({"m"})


@pytest.mark.parametrize(
    ("handling", "words"),
    [
        (Handling(), "no mark: withheld"),
        (Handling(M), "marks that say nothing"),
        (Handling(M, tlp=Tlp.AMBER_STRICT), "TLP:AMBER+STRICT"),
        (
            Handling(M, Tlp.RED, withheld=frozenset({Ground("a", "m"), Ground("a", "n"), Ground("b", "m")})),
            "withheld (a, b); TLP:RED",
        ),
        (Handling(M, referred=frozenset({Ground("statement", "m")})), "a person decides (statement)"),
        (
            Handling(M, classification=Classification.S, rel_to=frozenset({"XAA", "XBB"})),
            "classified S; releasable to XAA, XBB",
        ),
        (Handling(M, rel_to=frozenset({"XAA"}), owners=frozenset({"XAA"})), "its owner only"),
        (Handling(M, rel_to=frozenset({f"X{n}" for n in range(9)})), "releasable to X0, X1, X2, X3 and 5 more"),
        (Handling(M, display_to=frozenset({"XAA"})), "may be shown to XAA"),
        (
            Handling(M, reach=Reach.COMMUNITY, organisations=frozenset({"o"})),
            "distribution this-community; for 1 organisation",
        ),
        (Handling(M, organisations=frozenset()), "for 0 organisations"),
        (
            Handling(M, acs=frozenset({Acs("m", "XAA.D", True, True, Classification.U)}), terms=frozenset({"cite it"})),
            "ACS of XAA.D; terms cite it",
        ),
    ],
)
def test_a_handling_is_said_in_a_few_words(handling: Handling, words: str) -> None:
    assert comes_to(handling) == words
