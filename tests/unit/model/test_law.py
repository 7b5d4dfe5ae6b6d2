from __future__ import annotations

from datetime import date

from telvet.model.condition import All
from telvet.model.law import Citation, Effect, EffectKind, Provision, Subject
from telvet.model.status import Force, Grade

PROVISION = Provision(
    id="aaa.law.core",
    pack="aaa.law",
    title="Out of the core",
    subject=Subject.EQUIPMENT,
    binds=All(()),
    when=All(()),
    effect=Effect(EffectKind.STATE, "use"),
    enacted=date(2022, 10, 13),
    from_=None,
    by=None,
    to=None,
    extensions=(),
    excuses=(),
    share=None,
    per=(),
    force=Force.BINDING,
    cites=(Citation("order", "article 3", Grade.VERIFIED), Citation("order", "annex", Grade.UNVERIFIED)),
    text="",
    quoted=False,
    uncertain="",
)


def test_a_provision_is_as_sure_as_its_weakest_citation() -> None:
    assert PROVISION.grade is Grade.UNVERIFIED
