"""The users in a server's configuration."""

from __future__ import annotations

import pytest

from telvet.catalog.checked_yaml import CheckedYaml
from telvet.catalog.yaml_reading import parse_yaml
from telvet.errors import Fault
from telvet.sharing.taxii.config import Root, User
from telvet.sharing.taxii.source import Collection
from telvet.sharing.taxii.tokens import hash_password
from telvet.sharing.taxii.users_reading import read_users

ONE = "11111111-1111-4111-8111-111111111111"
OTHER = "22222222-2222-4222-8222-222222222222"
THIRD = "33333333-3333-4333-8333-333333333333"
ROOTS = (
    Root("a", "A", (Collection(ONE, "One", alias="one"), Collection(OTHER, "Other", alias="both"))),
    Root("b", "B", (Collection(THIRD, "Third", alias="both"),)),
)
HASH, OTHER_HASH = "ab" * 32, "cd" * 32
PASSWORD = hash_password("a", r=1, p=1).text()


def read(text: str, *, asks: bool = True) -> tuple[tuple[User, ...], list[Fault]]:
    faults: list[Fault] = []
    document = parse_yaml(text, "taxii.yaml")
    file = CheckedYaml("taxii.yaml", document, faults)
    return read_users(file, document.value["users"], ROOTS, asks_certificates=asks), faults


def users(text: str) -> tuple[User, ...]:
    found, faults = read(text)
    assert faults == []
    return found


def test_staff_and_partners_are_told_apart() -> None:
    ann, northland = users(
        f'users:\n- {{name: ann, role: staff, token_sha256: ["{HASH}"]}}\n'
        f'- {{name: n, role: partner, partner: northland-cert, password_scrypt: "{PASSWORD}"}}\n'
    )
    assert (ann.partner, northland.partner) == (None, "northland-cert")
    assert ann.tokens == (HASH,)
    assert northland.password is not None
    assert northland.password.text() == PASSWORD


def test_who_is_given_no_rights_has_none() -> None:
    (ann,) = users(f'users: [{{name: ann, role: staff, token_sha256: "{HASH}"}}]')
    assert ann.read == ann.write == frozenset()


@pytest.mark.parametrize(
    ("rights", "ids"),
    [("[one]", {ONE}), (f"[{OTHER}, one]", {ONE, OTHER}), ("[all]", {ONE, OTHER, THIRD}), ("all", {ONE, OTHER, THIRD}), ("[]", set())],
)  # fmt: skip
def test_rights_are_by_id_by_alias_or_for_all(rights: str, ids: set[str]) -> None:
    (ann,) = users(f'users: [{{name: ann, role: staff, token_sha256: "{HASH}", read: {rights}}}]')
    assert ann.read == ids


def test_certificates_are_written_as_tools_print_them() -> None:
    printed = ":".join(["AB"] * 32)
    (ann,) = users(
        f'users: [{{name: ann, role: staff, certificate_sha256: "{printed}", certificate_subject: "CN=ann"}}]'
    )
    assert (ann.certificates, ann.subjects) == ((HASH,), ("CN=ann",))


@pytest.mark.parametrize(
    ("user", "code"),
    [
        ("{name: ann, role: boss, token_sha256: HASH}", "unknown-code"),
        ("{name: ann, role: staff}", "taxii-means"),
        ("{name: ann, role: staff, partner: x, token_sha256: HASH}", "taxii-partner"),
        ("{name: ann, role: partner, token_sha256: HASH}", "taxii-partner"),
        ("{name: ann, role: partner, partner: '', token_sha256: HASH}", "missing"),
        ("{name: 'a:b', role: staff, token_sha256: HASH}", "taxii-name"),
        ("{name: '', role: staff, token_sha256: HASH}", "missing"),
        ("{name: ann, role: staff, token_sha256: secret}", "taxii-hash"),
        ("{name: ann, role: staff, token_sha256: [7]}", "taxii-hash"),
        ("{name: ann, role: staff, password_scrypt: secret}", "taxii-password"),
        ("{name: ann, role: staff, token_sha256: HASH, read: [two]}", "unknown-code"),
        ("{name: ann, role: staff, token_sha256: HASH, write: [both]}", "taxii-rights"),
        ("{name: ann, role: staff, token_sha256: HASH, write: one}", "taxii-rights"),
        ("{name: ann, role: staff, token_sha256: HASH, rights: one}", "unknown-code"),
        ("{name: ann, role: staff, token_sha256: [HASH, HASH]}", "taxii-twice"),
        ("{role: staff, token_sha256: HASH}", "missing"),
        ("ann", "not-a-mapping"),
    ],
)
def test_a_fault_is_told_with_its_line(user: str, code: str) -> None:
    _, faults = read("users:\n- " + user.replace("HASH", f'"{HASH}"'))
    assert [(fault.code, fault.record) for fault in faults] == [(code, 2)]


def test_no_secret_is_told_back() -> None:
    _, faults = read("users:\n- {name: ann, role: staff, token_sha256: hunter2, password_scrypt: hunter2}")
    assert len(faults) == 2
    assert "hunter2" not in "".join(fault.line() for fault in faults)


@pytest.mark.parametrize(
    "other",
    ['{name: ann, role: staff, token_sha256: "OTHER"}', '{name: bob, role: staff, token_sha256: "HASH"}'],
)
def test_no_name_and_no_token_stands_for_two(other: str) -> None:
    text = f'users:\n- {{name: ann, role: staff, token_sha256: "{HASH}"}}\n- {other}'
    _, faults = read(text.replace("OTHER", OTHER_HASH).replace("HASH", HASH))
    assert [(fault.code, fault.record) for fault in faults] == [("taxii-twice", 3)]


def test_all_passwords_cost_the_same() -> None:
    dear = hash_password("a", r=1, p=2).text()
    text = f'users:\n- {{name: ann, role: staff, password_scrypt: "{PASSWORD}"}}\n- {{name: bob, role: staff, password_scrypt: "{dear}"}}'
    _, faults = read(text)
    assert [(fault.code, fault.record) for fault in faults] == [("taxii-password", 3)]


def test_a_certificate_needs_a_server_that_asks_for_one() -> None:
    text = f'users:\n- {{name: ann, role: staff, certificate_sha256: "{HASH}", certificate_subject: "CN=ann"}}'
    _, faults = read(text, asks=False)
    assert [fault.code for fault in faults] == ["taxii-authorities", "taxii-authorities"]


@pytest.mark.parametrize("text", ["users: []", "users: ann", "users: {}"])
def test_a_list_is_wanted(text: str) -> None:
    _, faults = read(text)
    assert [fault.code for fault in faults] == ["missing"]
