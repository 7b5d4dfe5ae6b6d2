from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from telvet.errors import PackError
from telvet.model.condition import All, Test
from telvet.model.condition import Any as AnyOf
from telvet.model.dates import Duration
from telvet.model.law import Citation, Deadline, Effect, EffectKind, ExcuseKind, Metric, Subject
from telvet.model.status import Force, Grade
from telvet.packs.build import build_pack
from tests.unit.packs.toy_law import ACME, CITES, ID, designation, documents, pack, pack_files, provision, rule

MADE_BY_ACME = Test("equipment.vendor", "designated", (f"{ID}#acme",))
SHARE = {
    "of": ACME,
    "among": {"equipment.function": {"is": "ran.radio"}},
    "by": ["sites", "at-core"],
    "at most": "33.3 %",
}
METRICS = {"sites": {"count": "site", "mixed": "counts"}, "at-core": {"sum": "traffic", "at": ["core.user"]}}


def test_a_pack_carries_what_its_files_say() -> None:
    made = pack(rule("b"), rule("a"), to="2024-12-31", functions={"core": ["core.auth", "li"]}, supersedes=["xa.old"])
    assert (made.id, made.jurisdiction, made.force, made.version) == (ID, "XAA", Force.BINDING, "2020.1.0")
    assert (made.enacted, made.to) == (date(2020, 1, 1), date(2024, 12, 31))
    assert made.functions == {"core": ("core.auth", "li")}
    assert made.supersedes == ("xa.old",)
    assert made.instruments["act"].dated == date(2019, 6, 1)
    assert made.digest == "d1" * 32
    assert [one.id for one in made.provisions] == [f"{ID}.a", f"{ID}.b"]


def test_a_provision_takes_from_the_pack_what_it_does_not_say_itself() -> None:
    plain = provision()
    assert (plain.subject, plain.force, plain.enacted, plain.to) == (
        Subject.EQUIPMENT,
        Force.BINDING,
        date(2020, 1, 1),
        None,
    )
    assert plain.cites == (Citation("act", "section 1", Grade.VERIFIED),)
    own = provision({"force": "policy", "enacted": "2021-05-01", "to": "2022-05-01"})
    assert (own.force, own.enacted, own.to) == (Force.POLICY, date(2021, 5, 1), date(2022, 5, 1))


@pytest.mark.parametrize(
    ("of_pack", "of_rule", "ends"),
    [
        (None, None, None),
        ("2024-01-01", None, date(2024, 1, 1)),
        (None, "2023-01-01", date(2023, 1, 1)),
        ("2024-01-01", "2023-01-01", date(2023, 1, 1)),
        ("2023-01-01", "2024-01-01", date(2023, 1, 1)),
    ],
)
def test_a_provision_ends_with_whichever_ends_first(
    of_pack: str | None, of_rule: str | None, ends: date | None
) -> None:
    head = {"to": of_pack} if of_pack else {}
    assert provision({"to": of_rule} if of_rule else {}, **head).to == ends


def test_who_is_bound_is_the_packs_and_the_provisions_condition_together() -> None:
    roles, place = {"operator.roles": {"has": "mno"}}, {"operator.country": {"is": "XAA"}}
    both = (Test("operator.roles", "has", "mno"), Test("operator.country", "is", "XAA"))
    assert provision({}, binds=roles).binds == both[0]
    assert provision({"binds": place}, binds=roles).binds == All(both)
    assert provision({}).binds == All(())


@pytest.mark.parametrize(
    ("said", "effect"),
    [
        ("prohibit use", Effect(EffectKind.STATE, "use")),
        ({"prohibit": "install"}, Effect(EffectKind.EVENT, "install")),
        ({"prohibit": "procure"}, Effect(EffectKind.EVENT, "procure")),
        ({"bar": "award"}, Effect(EffectKind.BAR, "award")),
        ({"require": "plan"}, Effect(EffectKind.REQUIRE, "plan")),
        ("consider", Effect(EffectKind.CONSIDER, "consider")),
    ],
)
def test_an_effect_has_a_kind_and_an_act(said: Any, effect: Effect) -> None:
    assert provision({"effect": said}).effect == effect


def test_a_deadline_is_a_day_or_a_time_after_an_anchor() -> None:
    made = provision(
        {"from": "2021-01-01", "by": {"after": "equipment.procured_on", "years": 1, "months": 6, "days": 2}}
    )
    assert made.from_ == Deadline(day=date(2021, 1, 1))
    assert made.by == Deadline(anchor="equipment.procured_on", plus=Duration(1, 6, 2))
    assert provision({"by": {"after": "enacted", "months": 1}}).by == Deadline(anchor="enacted", plus=Duration(0, 1, 0))


def test_exceptions_come_before_waivers_and_these_before_temporary_licences() -> None:
    when = {"equipment.tags": {"has": "kept"}}
    made = provision(
        {
            "temporary licences": [{"id": "t", "when": when, "to": "2021-01-01"}],
            "waivers": [{"id": "w", "when": when, "from": "2020-06-01", "issuer": "the regulator"}],
            "except": [{"id": "e2", "when": when}, {"id": "e1", "when": when}],
        }
    )
    assert [(one.id, one.kind) for one in made.excuses] == [
        ("e2", ExcuseKind.EXCEPTION),
        ("e1", ExcuseKind.EXCEPTION),
        ("w", ExcuseKind.WAIVER),
        ("t", ExcuseKind.TEMPORARY_LICENCE),
    ]
    waiver, licence = made.excuses[2:]
    assert (waiver.from_, waiver.to, waiver.issuer) == (date(2020, 6, 1), None, "the regulator")
    assert (licence.from_, licence.to) == (None, date(2021, 1, 1))


def test_extensions_are_read_in_their_order() -> None:
    made = provision({"by": "2021-01-01", "extensions": [{"id": "x", "granted": "2020-12-01", "to": "2021-07-01"}]})
    (extension,) = made.extensions
    assert (extension.id, extension.granted, extension.to) == ("x", date(2020, 12, 1), date(2021, 7, 1))


def test_a_share_is_exact_and_its_among_is_what_the_provision_is_about() -> None:
    made = provision({"share": SHARE, "by": "2021-01-01"}, metrics=METRICS)
    assert made.share is not None
    assert made.share.limit == Fraction(333, 1000)
    assert made.share.of == MADE_BY_ACME
    assert made.when == made.share.among == Test("equipment.function", "is", "ran.radio")
    assert made.share.metrics == (Metric("sites", "site", None, ()), Metric("at-core", None, "traffic", ("core.user",)))
    assert (made.subject, made.effect, made.per) == (Subject.NETWORK, Effect(EffectKind.STATE, "use"), ("operator",))


@pytest.mark.parametrize(
    ("said", "per"),
    [
        (["network"], ("operator", "network")),
        (["access_technology", "operator"], ("operator", "access_technology")),
        (["operator", "network"], ("operator", "network")),
    ],
)
def test_a_share_is_always_counted_per_operator(said: list[str], per: tuple[str, ...]) -> None:
    assert provision({"share": SHARE, "by": "2021-01-01", "per": said}, metrics=METRICS).per == per


def test_only_a_share_is_counted_in_groups() -> None:
    assert provision().per == ()


def test_a_quotation_is_told_from_a_paraphrase() -> None:
    assert (provision().text, provision().quoted) == ("In short, rule.", False)
    quoted = provision({"text": {"quotation": "No person shall."}, "uncertain": "Not read."})
    assert (quoted.text, quoted.quoted, quoted.uncertain) == ("No person shall.", True, "Not read.")


def test_a_designation_has_the_id_of_its_pack_and_its_own() -> None:
    listed = [
        designation(to="2021-12-31", annex=["borea"], owned_on="making", tests="supplied"),
        designation("part", closure={"at least": "12.5 %"}),
        designation("homes", home=["XAA", "XCC"], closure="control"),
    ]
    when = {"equipment.vendor": {"designated": ["acme", "part", "homes"]}}
    named = pack(rule("rule", {"when": when}), designations=listed).designations
    assert list(named) == [f"{ID}#acme", f"{ID}#part", f"{ID}#homes"]
    acme, part, homes = named.values()
    assert (acme.vendor, acme.tests, acme.annex, acme.owned_on) == ("acme", "supplied", ("borea",), "making")
    assert (acme.from_, acme.to) == (date(2020, 1, 1), date(2021, 12, 31))
    assert (part.closure, part.owned_on) == (12.5, "judgement")
    assert (homes.vendor, homes.home) == (None, ("XAA", "XCC"))


def test_every_name_that_leads_nowhere_is_a_fault_said_once() -> None:
    when = {"any": [{"equipment.function": {"in": "edge"}}, {"equipment.vendor": {"designated": "zeta"}}]}
    share = {**SHARE, "by": ["sites", "premises"]}
    files = pack_files(
        rule("a", {"when": when}), rule("b", {"when": when}), rule("cap", {"share": share, "by": "2021-01-01"}),
        metrics=METRICS,
    )  # fmt: skip
    with pytest.raises(PackError) as caught:
        build_pack(documents(files))
    assert [(fault.file, fault.code, fault.what) for fault in caught.value.faults] == [
        (ID, "pack-name", "function set 'edge' is not declared in pack.yaml"),
        (ID, "pack-name", "designation 'zeta' is not declared in designations.yaml"),
        (ID, "pack-name", "metric 'premises' is not declared in pack.yaml"),
    ]


def test_a_pack_without_designations_is_whole() -> None:
    made = pack(rule("rule", {"when": {"equipment.tags": {"has": "old"}}}), designations=[])
    assert made.designations == {}
    assert made.provisions[0].when == Test("equipment.tags", "has", "old")


def test_sets_of_functions_become_their_codes() -> None:
    made = provision(
        {"when": {"any": [{"equipment.function": {"in": "core"}}]}}, functions={"core": ["li", "core.auth"]}
    )
    assert made.when == AnyOf((Test("equipment.function", "any of", ("li", "core.auth")),))


def test_cites_are_kept_with_their_grades() -> None:
    weak = [*CITES, {"instrument": "act", "place": "section 2", "grade": "unverified"}]
    assert provision({"cites": weak}).grade is Grade.UNVERIFIED


def test_what_is_to_be_weighed_is_kept_apart_from_what_decides() -> None:
    about = {"subject": "arrangement", "when": {"partner.country": {"is": "XBB"}}, "effect": "consider", "weigh": ACME}
    made = provision(about)
    assert (made.subject, made.when) == (Subject.ARRANGEMENT, Test("partner.country", "is", "XBB"))
    assert made.weigh == Test("equipment.vendor", "designated", (f"{ID}#acme",))
    assert provision({}).weigh is None
