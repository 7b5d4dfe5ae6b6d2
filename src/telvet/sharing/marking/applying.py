"""A signed plan and its bundle -> the bytes of the bundle with its marks mended.

* Nothing is decided here: the bundle is the very one that was planned for, and each edit finds what it expects.
* Two different persons stand behind it, or it is refused.
"""

from __future__ import annotations

import json

from telvet.errors import UsageError
from telvet.sharing.marking.bundles import Pieces
from telvet.sharing.marking.plan import Edit, Plan, folded
from telvet.sharing.marking.splicing import spliced

__all__ = ["applied", "check_bundle", "check_signed"]


def check_signed(plan: Plan) -> None:
    """Make sure that a second person has signed.

    Raises:
        UsageError: None has.
    """
    if any(one.digest == plan.digest() and folded(one.by) != folded(plan.by) for one in plan.signatures):
        return
    raise UsageError(
        "no second person has signed this plan",
        code="plan-unsigned",
        why=f"{plan.by} has proposed it; two persons must have looked",
        fix="have somebody else read it with `telvet share mark show`, and sign it with `telvet share mark sign`",
    )


def check_bundle(plan: Plan, digest: str, name: str) -> None:
    """Make sure that a bundle is the one that a plan is for.

    Raises:
        UsageError: It is another, or was changed.
    """
    if plan.sha256 != digest:
        raise UsageError(
            f"{name} is not the bundle that the plan is for",
            code="bundle-changed",
            where=name,
            why=f"the plan is for {plan.bundle} with the SHA-256 {plan.sha256[:16]}..., and this has {digest[:16]}...",
            fix="give the bundle as it was when the plan was proposed, or propose anew",
        )


def applied(plan: Plan, pieces: Pieces) -> bytes:
    """Return the mended bundle.

    Raises:
        UsageError: The plan is not signed, or does not fit the bundle.
    """
    check_signed(plan)
    check_bundle(plan, pieces.digest, pieces.name)
    at: dict[int, Edit] = {}
    for one in plan.edits:
        if one.place is not None and (one.place in at or not _fits(one, pieces)):
            raise UsageError(
                f"the plan does not fit the bundle: {one.object}",
                code="plan-unfit",
                where=pieces.name,
                why="its edit names another object, or marks that are not there",
                fix="propose the plan again",
            )
        if one.place is not None:
            at[one.place] = one
    texts = [made for place, text in enumerate(pieces.texts) if (made := _made(text, at.get(place))) is not None]
    texts += [_dumped(one) for one in plan.edits if one.do == "add"]
    return pieces.written(texts)


def _fits(edit: Edit, pieces: Pieces) -> bool:
    if edit.place is None or edit.place >= len(pieces.objects):
        return False
    thing = pieces.objects[edit.place]
    return thing["id"] == edit.object and all(thing.get(key) == value for key, value in edit.before.items())


def _made(text: str, edit: Edit | None) -> str | None:
    """Return the text of an object as it shall be; None where it goes."""
    if edit is None:
        return text
    if edit.do == "drop":
        return None
    return _dumped(edit) if edit.do == "replace" else spliced(text, edit.after)


def _dumped(edit: Edit) -> str:
    return json.dumps(edit.after, ensure_ascii=False)
