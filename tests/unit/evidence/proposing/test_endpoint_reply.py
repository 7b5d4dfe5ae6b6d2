from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telvet.evidence.proposing.endpoint_prompt import Piece
from telvet.evidence.proposing.endpoint_reply import Refusal, candidates, checked, shown
from telvet.model.evidence import Annotation
from tests.simulators.endpoint import completion
from tests.unit.evidence.proposing.test_endpoint_prompt import document

TEXT = "\U0001f4e1 Ruritania\u00a0will ban \u201cAcme\u201d from 5G. Officials said so. Officials said so.\r\nNo more."
DOCUMENT = document(f"Before. {TEXT} After.")
PIECE = Piece(8, TEXT)
QUOTE = "Ruritania\u00a0will ban \u201cAcme\u201d from 5G."
GOOD = {"quote": QUOTE, "measure": "BANNED", "modality": "planned", "vendor": ["Acme"], "country": "Ruritania"}
MADE = Annotation(
    DOCUMENT.digest, QUOTE, 10, 10 + len(QUOTE), None, "Ruritania", ("Acme",), "BANNED", None, "planned"
)  # fmt: skip


def one(**changed: object) -> Annotation | Refusal:
    made = list(checked([GOOD | changed], DOCUMENT, PIECE))
    assert len(made) == 1
    return made[0]


def refused(**changed: object) -> str:
    made = one(**changed)
    assert isinstance(made, Refusal)
    assert (made.document, made.start, made.candidate) == ("note.txt", 8, 1)
    return made.code


def test_a_good_candidate_becomes_an_annotation_with_its_place_in_the_document() -> None:
    assert one() == MADE
    assert DOCUMENT.text[10 : 10 + len(QUOTE)] == QUOTE


@pytest.mark.parametrize(
    "quote",
    [
        "Ruritania will ban \u201cAcme\u201d from 5G.", 'Ruritania\u00a0will ban "Acme" from 5G.', "ruritania\u00a0will ban",
        "Ruritania\u00a0will ban \u2026 from 5G.", f"{QUOTE}\n", f" {QUOTE} Officials  said", "said so.\nNo more.",
        "Before.", "After.", "Ruritania\u00a0bans Acme.", "\ud83d\udce1 Ruritania",
    ],
)  # fmt: skip
def test_a_quote_that_differs_in_one_sign_or_stands_outside_the_piece_is_refused(quote: str) -> None:
    assert refused(quote=quote) == "not-verbatim"


@pytest.mark.parametrize("quote", [None, "", " \n", 7, ["Ruritania"], {"exact": QUOTE}])
def test_a_candidate_without_a_quote_is_refused(quote: object) -> None:
    assert refused(quote=quote) == "no-quote"


def test_a_quote_as_long_as_a_document_is_refused() -> None:
    long = "word " * 500
    made = next(checked([GOOD | {"quote": long}], document(long), Piece(0, long)))
    assert isinstance(made, Refusal)
    assert made.code == "long-quote"
    assert made.quote is not None
    assert len(made.quote) <= 120


@pytest.mark.parametrize("hint", [None, 0, 3, -1, True, 1.0, "1", [1]])
def test_a_quote_that_stands_twice_needs_to_say_which(hint: object) -> None:
    assert refused(quote="Officials said so.", occurrence=hint) == "ambiguous-quote"


@pytest.mark.parametrize("hint", [1, 2])
def test_a_quote_that_stands_twice_is_taken_where_it_says(hint: int) -> None:
    made = one(quote="Officials said so.", occurrence=hint)
    assert isinstance(made, Annotation)
    places = [at for at in range(len(DOCUMENT.text)) if DOCUMENT.text.startswith("Officials said so.", at)]
    assert made.start == places[hint - 1]


def test_a_place_that_the_answer_claims_is_never_believed() -> None:
    assert one(start=0, end=3, occurrence=9, prefix="x") == MADE


@pytest.mark.parametrize("code", ["BAN", "banned", " BANNED", "", None, 1, ["BANNED"], "BANNED\n"])
def test_an_unknown_measure_is_refused(code: object) -> None:
    assert refused(measure=code) == "unknown-measure"


@pytest.mark.parametrize("code", ["confirmed", "DONE", None, True])
def test_an_unknown_modality_is_refused(code: object) -> None:
    assert refused(modality=code) == "unknown-modality"


def test_a_refused_code_is_told_with_the_nearest() -> None:
    made = one(measure="BANED")
    assert isinstance(made, Refusal)
    assert "BANNED" in made.reason


def test_a_level_is_one_of_the_model_or_none() -> None:
    assert isinstance(one(level=None), Annotation)
    assert isinstance(one(level="agency"), Annotation)
    assert refused(level="god") == "unknown-level"


def test_invented_confirmations_and_other_keys_are_nowhere_read() -> None:
    claims = {
        "verdict": "confirmed",
        "confirmed": True,
        "by": "somebody",
        "grade": "verified",
        "status": "clear",
        "id": "s-1",
    }
    assert one(**claims, note="confirmed by an analyst", doc="other.txt", published="1999-01-01") == MADE


@pytest.mark.parametrize("key", ["actor", "country", "scope", "date", "speaker", "via", "until", "deadline"])
def test_free_text_is_short_text_or_the_candidate_is_refused(key: str) -> None:
    assert one(**{key: "5G"}) == replace(MADE, **{key: "5G"})  # type: ignore[arg-type]  # the keys are those of an annotation
    assert one(**{key: " "}) == replace(MADE, **{key: None})  # type: ignore[arg-type]  # the same
    assert refused(**{key: 5}) == f"bad-{key}"
    assert refused(**{key: ["5G"]}) == f"bad-{key}"
    assert refused(**{key: "x" * 301}) == f"bad-{key}"


def test_what_a_terminal_obeys_or_a_reader_does_not_see_is_taken_from_free_text() -> None:
    made = one(actor="\x1b[2JThe\r\nmin\u202eis\u200btry\x00\x9b\ud800", via="\u0646\u200c\u0645\u00a0x")
    assert isinstance(made, Annotation)
    assert made.actor == "[2JThe ministry"
    assert made.via == "\u0646\u200c\u0645\u00a0x"


@pytest.mark.parametrize("vendor", ["Acme", {"name": "Acme"}, [["Acme"]], [None, 3], ["x"] * 21, ["x" * 301]])
def test_vendors_are_a_short_list_of_names_or_the_candidate_is_refused(vendor: object) -> None:
    assert refused(vendor=vendor) == "bad-vendor"


def test_no_vendor_is_no_fault_and_one_given_twice_is_one() -> None:
    assert one(vendor=None) == replace(MADE, vendor=())
    assert one(vendor=[]) == replace(MADE, vendor=())
    assert one(vendor=["Acme", " ", "Acme\n", "Bolt"]) == replace(MADE, vendor=("Acme", "Bolt"))


def test_one_bad_candidate_does_not_cost_the_others() -> None:
    made = list(checked([None, GOOD, "text", 3, [GOOD], {}], DOCUMENT, PIECE))
    assert made[1] == MADE
    assert [each.code for each in made if isinstance(each, Refusal)] == ["not-an-object"] * 4 + ["no-quote"]
    assert [each.candidate for each in made if isinstance(each, Refusal)] == [1, 3, 4, 5, 6]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from([QUOTE, "Officials said so.", "BANNED"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*GOOD, "level", "date"]), inner),
    max_leaves=8,
)


@given(
    st.lists(anything, max_size=3), st.dictionaries(st.sampled_from([*GOOD, "level", "occurrence", "date"]), anything)
)
def test_whatever_is_answered_every_candidate_is_a_verbatim_quote_or_a_refusal(
    listed: list[object], changed: dict[str, object]
) -> None:
    made = list(checked([*listed, GOOD | changed], DOCUMENT, PIECE))
    assert len(made) == len(listed) + 1
    for each in made:
        if isinstance(each, Annotation):
            assert each.quote == DOCUMENT.text[each.start : each.end]
        json.dumps([each.reason if isinstance(each, Refusal) else each.quote], ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"[]", "no chat completion"),
        (b'{"error": {"message": "boom"}}', "no chat completion"),
        (b'{"choices": []}', "no chat completion"),
        (b'{"choices": [null]}', "no chat completion"),
        (b'{"choices": {"0": {}}}', "no chat completion"),
        (b'{"choices": [{"message": "hello"}]}', "no chat completion"),
        (b'{"choices": [{"message": {}}]}', "no text"),
        (completion(None), "no text"),
        (completion([{"type": "text", "text": "{}"}]), "no text"),
        (completion('{"statements": [', finish_reason="length"), "cut short"),
        (completion(None, message={"content": None, "refusal": "I cannot"}), "declines"),
        (completion("I found nothing of the kind."), "not JSON"),
        (completion("[]"), "no list"),
        (completion('{"statements": {"quote": "x"}}'), "no list"),
        (completion('{"answer": []}'), "no list"),
        (completion('{"statements": [], "statements": [{}]}'), "twice"),
        (b"\x1f\x8b\x08", "UTF-8"),
        (b"", "not JSON"),
    ],
)
def test_an_answer_of_another_form_is_told(answer: bytes, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        candidates(answer)


def test_the_list_of_an_answer_is_taken_whatever_stands_beside_it() -> None:
    assert candidates(completion('{"confirmed": true, "statements": [1, {}]}')) == [1, {}]


def test_what_is_shown_of_a_refused_value_is_short_and_harmless() -> None:
    assert shown("\x1b]0;title\x07 " + "x" * 500) == "]0;title " + "x" * 110 + "…"
    assert shown({"a": ["\ud800"] * 1000}).startswith("{'a': ['\\ud800'")
