from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telvet.assessment.findings import Findings, finding_id
from telvet.assessment.texts import finding_texts
from telvet.tables.judging import FindingTexts
from tests.unit.assessment.toy_world import FILE, judgement, knowledge, row
from tests.unit.packs.toy_law import ACME, CITES, ID, designation, pack, rule

FAST = {"equipment.generation": {"is": "5G"}}
SHARE = {"share": {"of": ACME, "among": FAST, "by": ["sites"], "at most": "0 %"}, "by": "2021-01-01"}
METRICS = {"sites": {"count": "site", "mixed": "counts"}}


def texts(
    *rules: dict[str, Any], given: Any = None, redact: bool = False, overlays: Any = (), **head: Any
) -> FindingTexts:
    known = knowledge(pack(*rules, **head), overlays=overlays)
    rows: tuple[Mapping[str, Any], ...] = given or (row(generation="5G", site="s1"),)
    backend, judged = judgement(known, *rows)
    return finding_texts(Findings(backend, judged, {}, (FILE,)), {"telvet-run": "{}"}, redact=redact)


def test_an_outcome_says_all_that_rows_share() -> None:
    about = {"by": "2021-01-01", "force": "policy", "except": [{"id": "e", "when": FAST, "cites": CITES}]}
    weak = [{"instrument": "act", "place": "annex", "grade": "unverified"}]
    (said,) = texts(rule("rule", about), given=(row(),), designations=[designation(cites=weak)]).outcomes
    assert said == {
        "provision": f"{ID}.rule", "subject": "equipment", "status": "contravention", "force": "policy",
        "by": "2021-01-01", "by_fact": None, "until": None, "excused_by": None, "missing": "", "unless": "equipment.generation",
        "because": "equipment.vendor; equipment.lifecycle", "grade": "unverified",
    }  # fmt: skip


def test_outcomes_and_makers_stand_where_rows_point_to() -> None:
    given = (row("a", manufacturer="Nobody Inc"), row("b"), row("c", vendor_id="4002"))
    known = knowledge(pack(rule("rule", {"when": {"all": [ACME, FAST]}})))
    backend, judged = judgement(known, *given)
    said = finding_texts(Findings(backend, judged, {}, (FILE,)), {})
    told = {
        str(name): (said.outcomes[int(str(outcome))]["missing"], said.makers[int(str(detail))]["candidates"])
        for name, outcome, detail in backend.rows(judged.findings, ["id", "outcome", "detail"], file_order=[])
    }
    assert told == {
        "a": ("equipment.vendor; equipment.generation", "Nobody Inc"),
        "b": ("equipment.generation", ""),
        "c": ("equipment.vendor; equipment.generation", "borea; acme"),
    }
    keys = {"organisation", "vendor_group", "relation", "tier", "candidates"}
    assert [set(maker) for maker in said.makers] == [keys] * 3


def test_a_finding_without_an_element_is_whole() -> None:
    (said,) = texts(rule("cap", SHARE), metrics=METRICS).others
    assert said == {
        "id": finding_id(f"{ID}.cap", "north", "north", None),
        "subject": "network", "subject_id": "north", "equipment": None, "operator": "north", "country": None,
        "provision": f"{ID}.cap", "status": "contravention", "force": "binding", "by": "2021-01-01", "until": None,
        "excused_by": None, "missing": "", "unless": "",
        "because": "share of sites 100.00 % to 100.00 %, at most 0.00 %", "grade": "verified",
    }  # fmt: skip


def test_what_the_file_says_about_itself_is_handed_on() -> None:
    said = texts()
    assert said.about == {"telvet-run": "{}"}
    assert (said.withheld, said.blanked) == ((), ())


WAIVER = [{"kind": "waiver", "subject": "north", "provision": ID, "source": "letter 7", "to": "2022-01-01"}]
LATER = [{"kind": "extension", "subject": "north", "provision": ID, "to": "2022-01-01"}]


def test_redacted_texts_name_no_private_order_and_withhold_intercept_and_sites() -> None:
    plain, masked = (texts(redact=redact, overlays=WAIVER) for redact in (False, True))
    assert [(each["excused_by"], each["until"]) for each in plain.outcomes] == [("letter 7", "2022-01-01")]
    assert [(each["excused_by"], each["until"]) for each in masked.outcomes] == [("redacted", None)]
    assert masked.withheld == (("function", "li"),)
    assert masked.blanked == ("site",)


def test_a_day_that_a_private_extension_set_is_redacted_and_a_public_one_stays() -> None:
    late = rule("rule", {"by": "2021-01-01"})
    assert texts(late, overlays=LATER).outcomes[0]["by"] == "2022-01-01"
    assert texts(late, overlays=LATER, redact=True).outcomes[0]["by"] is None
    assert texts(late, redact=True).outcomes[0]["by"] == "2021-01-01"
    network = texts(rule("cap", SHARE), overlays=LATER, redact=True, metrics=METRICS)
    assert network.others[0]["by"] is None


def test_what_is_agreed_with_whom_is_masked_where_it_may_leave() -> None:
    about = {"subject": "arrangement", "when": {"partner.country": {"is": "XBB"}}, "effect": "consider", "weigh": ACME}
    known = knowledge(
        pack(rule("rule", about)),
        partners={"far": {"partner": "far", "country": "XBB"}},
        arrangements={"pact": {"arrangement": "pact", "partner": "far", "signed_on": "2021-01-01"}},
        assertions=({"id": "a", "country": "XBB", "metric": "sites", "source": "s", "dated": "2020", "by": "Kim"},),
    )
    backend, judged = judgement(known)
    found = Findings(backend, judged, {}, (FILE,))
    (shown,) = finding_texts(found, {}).others
    (masked,) = finding_texts(found, {}, redact=True).others
    assert shown["because"] == "partner.country XBB; arrangement.signed_on 2021-01-01; assertion sites, XBB"
    assert masked["because"] == "partner.country redacted; arrangement.signed_on redacted; assertion redacted"
