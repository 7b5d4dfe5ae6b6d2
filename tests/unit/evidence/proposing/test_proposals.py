from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from telvet.evidence.proposing.proposals import MOST, propose_in
from telvet.model.dates import read_span
from telvet.model.evidence import Annotation, Document, Published

NOW = "2024-01-15T09:30:00.000000Z"
TEXT = "Australia banned Huawei. " + " ".join(f"Fact {number}." for number in range(100))
KEPT = Document("ab" * 32, "a.txt", "text/plain", TEXT, Published(read_span("2019-02-01"), "stated"))
GOOD = Annotation(
    KEPT.digest, "Australia banned Huawei", measure="BANNED", modality="done", country="Australia", vendor=("Huawei",)
)


class Says:
    """A proposer that says what it is told to say."""

    name = "toy"

    def __init__(self, *said: Annotation, told: Iterable[object] = ()) -> None:
        self.said, self.refused, self.asked = said, ["from before"], 0
        self._told = list(told)

    def propose(self, document: Document) -> Iterable[Annotation]:
        assert document == KEPT
        for one in self.said:
            self.asked += 1
            yield one
        self.refused += [str(one) for one in self._told]


class Bare:
    """A proposer that tells nothing of what it refused."""

    name = "bare"

    def propose(self, document: Document) -> Iterable[Annotation]:
        del document
        return (GOOD,)


def test_what_is_proposed_becomes_candidates() -> None:
    found = propose_in(KEPT, Bare(), NOW)
    assert (found.document, found.refused) == (KEPT, ())
    [said] = found.statements
    assert (said.country, said.measure, said.text, said.recorded_at) == ("AUS", "BANNED", GOOD.quote, NOW)


def test_a_quote_that_is_not_verbatim_is_refused_and_told_by_name() -> None:
    found = propose_in(KEPT, Says(replace(GOOD, quote="Australia has banned Huawei"), GOOD), NOW)
    assert [said.text for said in found.statements] == [GOOD.quote]
    [refusal] = found.refused
    assert refusal.startswith("toy proposed what is refused: the quote does not stand")


def test_a_code_that_nobody_knows_is_refused_with_all_that_is_wrong() -> None:
    [refusal] = propose_in(KEPT, Says(replace(GOOD, measure="CONFIRMED", modality="sure")), NOW).refused
    assert "this is no measure; this is no modality" in refusal


def test_two_proposals_of_one_statement_are_one() -> None:
    found = propose_in(KEPT, Says(GOOD, replace(GOOD, start=0, end=len(GOOD.quote)), replace(GOOD, doc="a.txt")), NOW)
    assert (len(found.statements), found.refused) == (1, ())


def test_no_more_are_kept_than_a_person_can_look_at_and_the_first_come_first() -> None:
    many = [replace(GOOD, quote=f"Fact {number}.", measure="CLAIM") for number in range(MOST + 10)]
    proposer = Says(*many)
    found = propose_in(KEPT, proposer, NOW)
    assert [said.text for said in found.statements] == [said.quote for said in many[:MOST]]
    assert found.refused == (f"more than {MOST} were proposed; the others are left out",)
    assert proposer.asked == MOST + 1


def test_just_as_many_as_a_person_can_look_at_are_not_told_to_be_too_many() -> None:
    many = [replace(GOOD, quote=f"Fact {number}.", measure="CLAIM") for number in range(MOST)]
    found = propose_in(KEPT, Says(*many, many[0]), NOW)
    assert (len(found.statements), found.refused) == (MOST, ())


def test_one_that_proposes_nonsense_without_end_is_stopped() -> None:
    class Endless:
        name = "endless"

        def propose(self, document: Document) -> Iterable[Annotation]:
            del document
            while True:
                yield replace(GOOD, quote="not there")

    found = propose_in(KEPT, Endless(), NOW)
    assert found.statements == ()
    assert len(found.refused) < 500


def test_what_a_proposer_refused_by_itself_is_told_for_this_document_alone() -> None:
    assert propose_in(KEPT, Says(GOOD, told=["a piece was not answered"]), NOW).refused == ("a piece was not answered",)
    assert propose_in(KEPT, Says(), NOW).statements == ()
