"""Random facts about sharing, as a file can hold them, and a few that tests name."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from hypothesis import strategies as st

from telvet.model.dates import Span, read_span
from telvet.model.handling import Classification, Reach, Tlp
from telvet.model.release import Authority, Judgement, Originated, Recall, Verdict
from telvet.model.sharing import NEVER, Arrangement, Consent, Partner, Term, ThirdParty, Waiver
from telvet.sharing.recorded.bodies import entry_of, ours_entry
from telvet.workspace.sharing_rows import Entry

__all__ = ["IDENTITY", "JUDGED", "MOMENTS", "PARTNER", "REPORT", "files", "nouns", "spans", "texts"]

IDENTITY = "identity--3f6c1a52-0c1e-4a57-9a3d-6b1f4f1b7c10"
REPORT = "report--9c1f0d1e-6f0a-4a43-9f4c-0d1a2b3c4d5e"
MOMENTS = tuple(f"2026-01-{day:02}T09:30:00.000000Z" for day in range(1, 29))
PARTNER = Partner("north", "GBR", "Northland CERT", frozenset({IDENTITY}), reach=Reach.CONNECTED)
JUDGED = Judgement(
    "north", REPORT, "2026-01-01", "ab" * 32, Verdict.APPROVE, "ana", MOMENTS[0], "fine", frozenset({"acs"})
)

ODD = [
    "yes",
    "null",
    "12",
    "2024-01-01",
    "a: b",
    "#x",
    'it\'s "so"',
    "e\u0301 \U0001f4e1",
    "\x85\u2028\ufeff",
    "a\nb",
    "-",
    "all",
    "~",
    "[x]",
]
texts = st.sampled_from(ODD) | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8).filter(
    str.strip
)
names = st.sampled_from(["north", "A-1", "12", "yes", "null", "c--d", "R 1", "\u00fc: x", "#1", "1e5", "all"])
objects = st.builds(
    lambda kind, bits: f"{kind}--{uuid.UUID(int=bits)}", st.sampled_from(["identity", "x-a"]), st.integers(0, 9)
)
ids = objects | st.sampled_from(["event 7", "8c6af861-7b20-41ef-9b59-6344fd872a8f"])
days = st.dates(date(1990, 1, 1), date(2099, 12, 31))
spans = (
    st.builds(lambda day, form: read_span(form(day)), days, st.sampled_from([
        lambda day: f"{day:%Y-%m-%d}", lambda day: f"{day:%Y-%m}", lambda day: f"{day:%Y}", lambda day: f"{day.year}Q{(day.month + 2) // 3}",
    ]))
    | st.builds(lambda one, other: Span(min(one, other), max(one, other)), days, days)
)  # fmt: skip
countries = st.sampled_from(["GBR", "DEU", "NOR", "USA"])


def sets(of: st.SearchStrategy[str], least: int = 0) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(of, min_size=least, max_size=3)


def maybe(of: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | of


def _sound(term: Term) -> bool:
    return not (term.begins and term.ends and term.ends.last < term.begins.first)


scopes = maybe(sets(names.filter(lambda name: name != "all"), 1))
covered = maybe(sets(ids, 1))
terms = st.builds(Term, maybe(spans), maybe(spans | st.just(NEVER))).filter(_sound)
ending = st.builds(Term, maybe(spans), spans).filter(_sound)
levels: dict[str, Any] = {"tlp": maybe(st.sampled_from(Tlp)), "classification": maybe(st.sampled_from(Classification))}

partners = st.builds(
    Partner, id=names, country=maybe(countries), organisation=st.just("") | texts, identities=sets(ids), nationalities=maybe(sets(countries)),
    acs_organisations=maybe(sets(texts)), misp_organisations=maybe(sets(st.integers(0, 9).map(lambda bits: str(uuid.UUID(int=bits))))),
    entities=maybe(sets(texts)), shareability=maybe(sets(texts)), reach=maybe(st.sampled_from(Reach)),
)  # fmt: skip
arrangements = st.builds(
    Arrangement, id=names, partner=names, term=terms, **levels, purposes=maybe(sets(texts)), third_party=maybe(st.sampled_from(ThirdParty)),
    redaction=st.booleans(), onward=st.lists(texts, max_size=3).map(tuple), source=st.just("") | texts,
)  # fmt: skip
originated = st.builds(
    Originated, about=ids, originators=sets(ids, 1), complete=st.booleans(), derived_from=sets(ids)
) | st.builds(Originated, about=ids, derived_from=sets(ids, 1))
consents = st.builds(
    Consent,
    id=names,
    originator=ids,
    partner=names,
    tlp=st.sampled_from(Tlp),
    term=terms,
    objects=covered,
    by=texts,
    source=texts,
)
waivers = st.builds(
    Waiver, id=names, rule=st.sampled_from(["purpose", "law a.b", "tlp-cap"]), partner=names, issuer=texts, persons=st.just(("ana", "bo")),
    clause=texts, term=ending, objects=covered,
)  # fmt: skip
authorities = st.builds(
    Authority, id=names, partner=names, officer=texts, signed_on=days, term=ending, purposes=maybe(sets(texts)), **levels,
    types=scopes, collections=scopes, redacted=st.booleans(), source=st.just("") | texts,
)  # fmt: skip
recalls = st.builds(
    Recall,
    id=names,
    objects=sets(ids, 1),
    partners=maybe(sets(names.filter(lambda name: name != "all"), 1)),
    by=texts,
    why=texts,
    on=days,
)
judgements = st.builds(
    Judgement, partner=names, object=ids, version=texts, digest=st.just("ab" * 32), verdict=st.sampled_from(Verdict), by=texts,
    at=st.sampled_from(MOMENTS), why=st.just("") | texts, rules=sets(texts),
)  # fmt: skip
nouns = partners | arrangements | originated | consents | waivers | authorities | recalls | judgements
published = maybe(days.map(date.isoformat))


@st.composite
def files(draw: st.DrawFn) -> list[Entry]:
    """Draw the entries of a file: each id once in its section; the partners that are named are `names`."""
    held: dict[tuple[str, str], Entry] = {}
    for noun in draw(st.lists(nouns, max_size=6)):
        if not isinstance(noun, Judgement):
            entry = entry_of(noun, draw(published))
            held[entry.kind, entry.id] = entry
    for name in draw(sets(ids)):
        held["ours", name] = ours_entry(name, draw(published))
    return list(held.values())


NAMED = ["north", "A-1", "12", "yes", "null", "c--d", "R 1", "\u00fc: x", "#1", "1e5", "all"]
