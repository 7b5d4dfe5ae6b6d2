from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from telvet.model.dates import read_span
from telvet.model.evidence import Annotation, Level, NamedVendor, Quote, Statement, When
from telvet.model.position import Objection, Position, ScopePosition
from telvet.model.status import Grade
from telvet.reporting.position_object import position_object, statement_object

QUOTE = Quote("ab" * 32, 3, 12, "It is out", "He: ", ".")
SAID = Statement(
    id="s-1", country="AVA", vendors=(NamedVendor("It", "it"), NamedVendor("Nobody"), NamedVendor("such vendors", anyone=True)),
    measure="BANNED", scope="5g", modality="done", level=Level.STATE, actor="Avaria", speaker=None, via=None,
    when=When(date(2018, 8, 1), date(2018, 8, 31)), until=None, deadline=date(2020, 1, 1), published=read_span("2018-12"),
    publisher="The Gazette", origin="reuters", quote=QUOTE, text=QUOTE.exact, grade=Grade.VERIFIED,
    recorded_at="2024-01-15T09:30:00.000000Z", raw=Annotation("a.txt", QUOTE.exact),
)  # fmt: skip
SCOPE = ScopePosition("5g", "banned", None, "done", "2018-08", None, (SAID,))
FOUND = Position(
    country="AVA", vendor="it", position="banned", since="2018-08", until=date(2021, 1, 1), scopes=(SCOPE,), because=(SAID,),
    against=(), context=(), origins=1, as_of=date(2020, 1, 9), known_by=None,
)  # fmt: skip


def test_a_position_is_one_object_with_its_keys_in_order() -> None:
    made = position_object(FOUND, "Avaria")
    assert list(made) == [
        "country", "name", "vendor", "as_of", "known_by", "position", "since", "until", "disputed", "scopes", "because",
        "against", "context", "origins",
    ]  # fmt: skip
    assert (made["country"], made["name"], made["vendor"]) == ("AVA", "Avaria", "it")
    assert (made["as_of"], made["known_by"], made["since"], made["until"]) == (
        "2020-01-09",
        None,
        "2018-08",
        "2021-01-01",
    )
    assert (made["position"], made["disputed"], made["origins"]) == ("banned", False, 1)
    assert made["because"] == [statement_object(SAID)]
    assert json.loads(json.dumps(made)) == made


def test_a_statement_is_cited_with_its_words_place_and_times() -> None:
    assert statement_object(SAID) == {
        "id": "s-1", "quote": "It is out", "paraphrase": False, "publisher": "The Gazette", "published": "2018-12",
        "origin": "Reuters", "speaker": None, "actor": "Avaria", "measure": "BANNED", "modality": "done", "scope": "5g", "date": "2018-08",
        "deadline": "2020-01-01", "vendors": ["it", "Nobody", "such vendors"], "grade": "verified", "document": "ab" * 32,
        "start": 3, "end": 12, "source": None,
    }  # fmt: skip


def test_an_outlet_is_called_by_its_name_and_another_origin_as_it_is() -> None:
    assert statement_object(replace(SAID, origin="ft"))["origin"] == "Financial Times"
    assert statement_object(replace(SAID, origin="document abc"))["origin"] == "document abc"


def test_whoever_speaks_and_whoever_acts_are_told_apart() -> None:
    made = statement_object(replace(SAID, speaker="a minister"))
    assert (made["speaker"], made["actor"]) == ("a minister", "Avaria")


def test_a_statement_of_the_catalogue_is_a_paraphrase_with_its_source() -> None:
    made = statement_object(
        replace(SAID, quote=None, text="It was shut out.", source="https://example.org/a", when=None)
    )
    assert (made["quote"], made["paraphrase"], made["source"]) == ("It was shut out.", True, "https://example.org/a")
    assert (made["document"], made["start"], made["end"], made["date"]) == (None, None, None, None)


def test_open_days_are_shown_as_open() -> None:
    assert statement_object(replace(SAID, when=When(None, None)))["date"] == "../.."
    assert statement_object(replace(SAID, when=When(None, date(2019, 1, 1))))["date"] == "../2019-01-01"


def test_what_a_scope_leans_to_is_in_principle_only_where_it_was_decided_so() -> None:
    open_ = replace(SCOPE, position="undecided", leaning="banned")
    scopes = (
        SCOPE,
        replace(open_, modality="decided_in_principle"),
        replace(open_, modality="unlikely", disputed=True),
    )
    plain, principle, unlikely = position_object(replace(FOUND, scopes=scopes), "Avaria")["scopes"]
    assert plain == {
        "scope": "5g", "position": "banned", "since": "2018-08", "until": None, "modality": "done", "because": ["s-1"],
    }  # fmt: skip
    assert (principle["in_principle"], "leaning" in principle, "disputed" in principle) == ("banned", False, False)
    assert (unlikely["leaning"], "in_principle" in unlikely, unlikely["disputed"]) == ("banned", False, True)


def test_what_stands_against_it_says_how_why_and_against_what() -> None:
    objection = Objection(replace(SAID, id="s-2"), "contradiction", "it says less", "s-1")
    [made] = position_object(replace(FOUND, against=(objection,), context=(SAID,)), "Avaria")["against"]
    assert (made["kind"], made["why"], made["with"], made["id"]) == ("contradiction", "it says less", "s-1", "s-2")
    assert made["quote"] == "It is out"
