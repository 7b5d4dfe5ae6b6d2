"""What a finding may say: status, force, grade, and how people read them."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Force", "Grade", "Status", "reading", "weakest_grade"]


class Status(StrEnum):
    """The status of a finding, declared strongest first."""

    CONTRAVENTION = "contravention"
    BARRED = "barred"
    DUE = "due"
    CONDITIONAL = "conditional"
    UNKNOWN = "unknown"
    CONSIDER = "consider"
    WAIVED = "waived"
    EXCEPTED = "excepted"
    CLEAR = "clear"

    @property
    def rank(self) -> int:
        """Return 0 for the strongest."""
        return list(Status).index(self)


class Force(StrEnum):
    """What stands behind a provision, strongest first."""

    BINDING = "binding"
    CONTRACT = "contract"
    POLICY = "policy"
    GUIDANCE = "guidance"
    SCENARIO = "scenario"


class Grade(StrEnum):
    """How sure we are of a source, surest first."""

    VERIFIED = "verified"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"


def weakest_grade(grades: list[Grade]) -> Grade:
    """Return the least sure of some grades; with none given, `unverified`."""
    order = list(Grade)
    return max(grades, key=order.index, default=Grade.UNVERIFIED)


_DEPARTS = {
    Force.CONTRACT: "departs from contract",
    Force.POLICY: "departs from policy",
    Force.GUIDANCE: "departs from guidance",
}


def reading(status: Status, force: Force) -> str:
    """Return the words people read: a policy is departed from, a scenario would be contravened."""
    if force is Force.SCENARIO:
        would = {Status.CONTRAVENTION: "would contravene (not law)", Status.BARRED: "would be barred (not law)"}
        return would.get(status, f"{status} (not law)")
    if status is Status.CONTRAVENTION:
        return _DEPARTS.get(force, "contravention")
    return str(status)
