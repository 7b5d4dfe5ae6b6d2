"""Random small packs in the pack format: every effect, excuse, extension, relative date, share and test."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from tests.oracle.condition import tests_in
from tests.property.vocabulary import DAYS, DESIGNATIONS, METRICS, PACKS

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = [
    "OF_PARTNERS", "SUBJECTS", "Condition", "conditions", "designated_in", "designations", "nested", "of_signing", "packs",
    "provisions",
]  # fmt: skip

Condition = dict[str, Any]
SUBJECTS = ("equipment", "equipment", "equipment", "operator", "network")
FUNCTIONS = {"core": ["core.auth", "core.user", "li"], "access": ["ran.radio"]}
NAMED = sorted(DESIGNATIONS)
OF_EQUIPMENT: Sequence[Condition] = (
    {"equipment.region": {"is": "a"}},
    {"equipment.region": {"any of": ["a", "b"]}},
    {"equipment.us_sanctions_affected": {"is": "yes"}},
    {"equipment.country": {"is": "XAA"}},
    {"equipment.country": {"member of": "XU"}},
    {"equipment.country_of_origin": {"any of": ["XAA", "XCC"]}},
    {"equipment.staff_country": {"member of": "XU"}},
    {"equipment.category": {"is": "telecom"}},
    {"equipment.function": {"in": "core"}},
    {"equipment.function": {"in": "access"}},
    {"equipment.function": {"has": "core.auth"}},
    {"equipment.function": {"denies": "core.auth"}},
    {"equipment.function": {"all of": ["core.auth", "ran.radio"]}},
    {"equipment.generation": {"is": "5G"}},
    {"equipment.generation": {"any of": ["4G", "6G"]}},
    {"equipment.bands": {"between": [[3400, 3800], [700, 700]]}},
    {"equipment.component": {"any of": ["critical_component", "critical_technology"]}},
    {"equipment.component": {"denies": "substantial_or_essential"}},
    {"equipment.purpose": {"has": "public_safety"}},
    {"equipment.capabilities": {"denies": "visibility"}},
    {"equipment.capabilities": {"all of": ["visibility", "route_or_redirect"]}},
    {"equipment.authorisations": {"has": "a1"}},
    {"equipment.funding": {"has": "usf"}},
    {"equipment.site_tags": {"has": "guarded"}},
    {"equipment.tags": {"has": "p"}},
    {"equipment.tags": {"any of": ["p", "q"]}},
    {"equipment.lifecycle": {"is": "live"}},
    {"equipment.traffic": {"at least": 2}},
    {"equipment.traffic": {"at most": 2}},
    {"equipment.traffic": {"above": 2}},
    {"equipment.traffic": {"below": 35}},
)
OF_OPERATORS: Sequence[Condition] = (
    {"operator.roles": {"has": "mno"}},
    {"operator.roles": {"any of": ["mno", "isp"]}},
    {"operator.country": {"is": "XAA"}},
    {"operator.country": {"member of": "XU"}},
    {"operator.named_in": {"has": "zz.alpha"}},
    {"operator.named_in": {"any of": ["zz.beta", "zz.alpha.p1"]}},
    {"operator.licences": {"denies": "l1"}},
    {"operator.bands": {"between": [[600, 800]]}},
    {"operator.customers": {"above": 1000}},
    {"operator.group": {"is": "g"}},
)
OF_PARTNERS: Sequence[Condition] = (
    {"partner.country.permits": {"permits": {"vendor": "acme", "generation": "5G"}}},
    {"partner.country.permits": {"permits": {"vendor": "acme", "generation": "5G"}}},
    {"partner.country.permits": {"permits": {"vendor": "acme-radio", "generation": "4G"}}},
    {"partner.country.permits": {"permits": {"vendor": "borea", "generation": "5G"}}},
    {"partner.country.permits": {"permits": {"vendor": "nobody", "generation": "5G"}}},
    {"partner.country.deploys": {"deploys": {"vendor": "acme", "generation": "5G"}}},
    {"partner.country.deploys": {"deploys": {"vendor": "borea"}}},
    {"partner.country.deploys": {"deploys": {"vendor": "nobody"}}},
    {"partner.country.position": {"position": {"vendor": "acme", "any of": ["banned", "restricted"]}}},
    {"partner.country.position": {"position": {"vendor": "borea", "any of": ["undecided"]}}},
    {"partner.country": {"is": "XAA"}},
    {"partner.country": {"member of": "XU"}},
)
DATED = ("procured_on", "installed_on", "removed_on")


@cache
def days() -> SearchStrategy[str]:
    """Draw a day on which something turns."""
    return st.sampled_from(DAYS)


@cache
def lengths() -> SearchStrategy[dict[str, int]]:
    """Draw a length of time, at least one of years, months and days."""
    parts = {"years": st.integers(0, 1), "months": st.integers(0, 13), "days": st.integers(0, 40)}
    return st.fixed_dictionaries({}, optional=parts).filter(bool)


@cache
def vendors() -> SearchStrategy[Condition]:
    """Draw a test of who made, supplied or manages it."""
    names = st.one_of(st.sampled_from(NAMED), st.lists(st.sampled_from(NAMED), min_size=1, max_size=2, unique=True))
    facts = st.sampled_from(["equipment.vendor", "equipment.vendor", "equipment.vendor", "equipment.managed_by"])
    return st.builds(lambda fact, listed: {fact: {"designated": listed}}, facts, names)


@cache
def dates() -> SearchStrategy[Condition]:
    """Draw a test of a date."""
    words = st.sampled_from(["on or after", "on or before"])
    return st.builds(
        lambda column, word, day: {f"equipment.{column}": {word: day}}, st.sampled_from(DATED), words, days()
    )


@cache
def of_signing() -> SearchStrategy[Condition]:
    """Draw a test of when something was agreed."""
    words = st.sampled_from(["on or after", "on or before"])
    return st.builds(lambda word, day: {"arrangement.signed_on": {word: day}}, words, days())


@cache
def nested(leaves: SearchStrategy[Condition]) -> SearchStrategy[Condition]:
    """Draw trees of all, any and not over some tests."""

    def branches(parts: SearchStrategy[Condition]) -> SearchStrategy[Condition]:
        several = st.lists(parts, min_size=1, max_size=3)
        return st.one_of(
            several.map(lambda listed: {"all": listed}),
            several.map(lambda listed: {"any": listed}),
            parts.map(lambda part: {"not": part}),
        )

    return st.recursive(leaves, branches, max_leaves=4)


@cache
def conditions() -> SearchStrategy[Condition]:
    """Draw conditions over equipment, some of them with a test of its operator."""
    return nested(
        st.one_of(vendors(), vendors(), st.sampled_from(OF_EQUIPMENT), dates(), st.sampled_from(OF_OPERATORS))
    )


@cache
def of_operators() -> SearchStrategy[Condition]:
    """Draw conditions over operators."""
    return nested(st.sampled_from(OF_OPERATORS))


@cache
def excuses(condition: SearchStrategy[Condition], word: str) -> SearchStrategy[list[dict[str, Any]]]:
    """Draw a list of exceptions, waivers or licences, some of them dated."""

    def named(listed: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{"id": f"{word}-{number}", **each} for number, each in enumerate(listed, 1)]

    one = st.fixed_dictionaries({"when": condition}, optional={"from": days(), "to": days()})
    return st.lists(one, min_size=1, max_size=2).map(named)


@cache
def extensions() -> SearchStrategy[list[dict[str, Any]]]:
    """Draw granted extensions."""
    pairs = st.lists(st.tuples(days(), days()), min_size=1, max_size=2)
    return pairs.map(lambda two: [{"id": f"x{i}", "granted": day, "to": to} for i, (day, to) in enumerate(two, 1)])


@cache
def deadlines(*, designated: bool) -> SearchStrategy[Any]:
    """Draw a day, or a length of time after an anchor that the condition can serve."""
    anchors = ["enacted", *(f"equipment.{column}" for column in DATED), *["designation"] * 2 * designated]
    relative = st.builds(lambda anchor, length: {"after": anchor, **length}, st.sampled_from(anchors), lengths())
    return st.one_of(days(), days(), relative)


@cache
@st.composite
def provisions(draw: st.DrawFn, subject: str, *, excused: bool = True) -> dict[str, Any]:
    """Draw a provision about equipment, operators, partners, arrangements or networks."""
    if subject == "network":
        return draw(shares(excused=excused))
    when, effects = draw(abouts(subject))
    effect = draw(effects)
    about: dict[str, Any] = {"subject": subject, "when": when, "effect": effect}
    dated = deadlines(designated=any("designated" in test for _, test in tests_in(when)))
    if draw(st.booleans()):
        about["from"] = draw(dated)
    if effect == "prohibit use" and draw(st.booleans()):
        about["by"] = draw(dated)
        if draw(st.booleans()):
            about["extensions"] = draw(extensions())
    return about | draw(
        framing(subject, conditions() if subject == "equipment" else excusing(subject), excused=excused)
    )


@cache
@st.composite
def abouts(draw: st.DrawFn, subject: str) -> tuple[Condition, SearchStrategy[Any]]:
    """Draw what a provision is about, and say which effects it may have."""
    if subject == "equipment":
        return draw(conditions()), EFFECTS
    if subject == "partner":
        return draw(nested(st.sampled_from(OF_PARTNERS))), TRANSACTIONS
    if subject == "arrangement":
        return draw(nested(st.one_of(st.sampled_from(OF_PARTNERS), of_signing()))), TRANSACTIONS
    if draw(st.integers(0, 3)) == 0:
        return draw(of_operators()), TRANSACTIONS
    uses = {"operator.uses": draw(nested(USED))}
    beside = draw(BESIDE)
    return ({"all": [uses, *beside]} if beside else uses), EFFECTS_OF_USE


@cache
def excusing(subject: str) -> SearchStrategy[Condition]:
    """Draw what an excuse of a provision may look at."""
    return st.sampled_from(OF_PARTNERS) if subject in ("partner", "arrangement") else of_operators()


@cache
@st.composite
def framing(draw: st.DrawFn, subject: str, excusing: SearchStrategy[Condition], *, excused: bool) -> dict[str, Any]:
    """Draw what any provision may add: who is bound, when it is law, and what excuses."""
    may: dict[str, tuple[int, Any]] = {"enacted": (4, days()), "to": (9, days())}
    if subject not in ("partner", "arrangement"):
        may["binds"] = (5, of_operators())
    if excused:
        words = {"except": "e", "waivers": "w", "temporary licences": "t"}
        may |= {key: (5, excuses(excusing, word)) for key, word in words.items()}
    return {key: draw(values) for key, (one_in, values) in may.items() if draw(st.integers(1, one_in)) == 1}


@cache
@st.composite
def shares(draw: st.DrawFn, *, excused: bool) -> dict[str, Any]:
    """Draw a cap."""
    about: dict[str, Any] = {
        "subject": "network",
        "share": {
            "of": draw(vendors()),
            "among": draw(AMONG),
            "by": draw(COUNTS),
            "at most": draw(st.sampled_from(["0 %", "33.3 %", "35 %", "50 %", "100 %"])),
        },
        "by": draw(BY),
    }
    per = draw(st.sampled_from([None, ["operator"], ["operator", "network"], ["operator", "access_technology"]]))
    if per:
        about["per"] = per
    if draw(st.booleans()):
        about["extensions"] = draw(extensions())
    return about | draw(framing("network", of_operators(), excused=excused))


COUNTED = st.sampled_from(OF_EQUIPMENT[:20])
AMONG = st.one_of(COUNTED, nested(COUNTED))
COUNTS = st.lists(st.sampled_from(sorted(METRICS)), min_size=1, max_size=2, unique=True)
BY: SearchStrategy[Any] = st.one_of(days(), lengths().map(lambda length: {"after": "enacted", **length}))
BARS = st.sampled_from(["award", "authorisation", "subsidy", "import", "release"]).map(lambda act: {"bar": act})
NEEDS = st.sampled_from(["authorisation", "notification", "plan"]).map(lambda act: {"require": act})
EVENTS = st.sampled_from(["install", "procure"]).map(lambda act: {"prohibit": act})
TRANSACTIONS: SearchStrategy[Any] = st.one_of(BARS, NEEDS, st.just("consider"))
EFFECTS_OF_USE: SearchStrategy[Any] = st.one_of(TRANSACTIONS, st.just("prohibit use"))
USED: SearchStrategy[Condition] = st.one_of(vendors(), st.sampled_from(OF_EQUIPMENT))
BESIDE: SearchStrategy[list[Condition]] = st.lists(st.sampled_from(OF_OPERATORS), max_size=2)
EFFECTS: SearchStrategy[Any] = st.one_of(st.just("prohibit use"), st.just("prohibit use"), EVENTS, TRANSACTIONS)


@cache
@st.composite
def packs(
    draw: st.DrawFn, name: str = PACKS[0], *, excused: bool = True, subjects: tuple[str, ...] = SUBJECTS
) -> dict[str, Any]:
    """Draw a pack's files by their paths, without what the meaning does not look at."""
    pack: dict[str, Any] = {"id": name, "enacted": draw(early()), "functions": FUNCTIONS, "metrics": METRICS}
    if "partner" not in subjects and draw(st.integers(0, 3)) == 0:
        pack["binds"] = draw(of_operators())
    if "partner" in subjects:
        pack["jurisdiction"] = draw(st.sampled_from(["XAA", "XBB", "XU", "XZZ"]))
    if draw(st.integers(0, 9)) == 0:
        pack["to"] = draw(days())
    files: dict[str, Any] = {"pack.yaml": pack}
    for number, subject in enumerate(draw(listed(subjects)), 1):
        files[f"provisions/p{number}.yaml"] = draw(provisions(subject, excused=excused))
    if named := sorted(designated_in(files)):
        files["designations.yaml"] = [draw(designations(name)) for name in named]
    return files


@cache
def listed(subjects: tuple[str, ...]) -> SearchStrategy[list[str]]:
    """Draw what the provisions of a pack are about."""
    return st.lists(st.sampled_from(subjects), min_size=1, max_size=3)


@cache
def early() -> SearchStrategy[str]:
    """Draw a day that is mostly the first."""
    return st.sampled_from([DAYS[0], DAYS[0], DAYS[0], *DAYS])


def designated_in(document: Any) -> set[str]:
    """Return the names of the designations that some test mentions."""
    if isinstance(document, list):
        return {name for part in document for name in designated_in(part)}
    if not isinstance(document, dict):
        return set()
    names = document.get("designated", [])
    below = {name for part in document.values() for name in designated_in(part)}
    return below | {names} if isinstance(names, str) else below | set(names)


@cache
def designations(name: str) -> SearchStrategy[dict[str, Any]]:
    """Draw the dates of a designation, which is mostly in force."""
    begins = st.sampled_from(["2010-01-01", "2010-01-01", "2010-01-01", *DAYS])
    ends = st.sampled_from([None, None, None, None, *DAYS])
    return st.builds(
        lambda begin, end: {"id": name, **DESIGNATIONS[name], "from": begin, **({"to": end} if end else {})},
        begins,
        ends,
    )
