"""`telvet share proxy` before a server on a real socket: what a partner reads, what staff read, and that one cannot tell the rest."""

from __future__ import annotations

import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from taxii2client.v21 import Collection, as_pages  # type: ignore[import-untyped] # it has no types

from telvet.sharing.taxii.tokens import new_token
from tests.functional.driver import TELVET, telvet
from tests.simulators.taxii_upstream import TAXII, Shelf, Taxii, status

US, INTEL, OTHER = (
    f"{kind}00000000-0000-4000-8000-00000000000{end}" for kind, end in (("identity--", 1), ("", 2), ("", 3))
)
GREEN = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb"
RED = "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"
FACTS = f"""
ours: [{US}]
partners:
  - {{id: north, country: GBR, organisation: North}}
arrangements:
  - {{id: A-1, partner: north, from: 2020-01-01, to: never, tlp: green, classification: U, purposes: [defence],
     third_party: as marked, redaction: no, source: a letter}}
originators:
  - {{about: {US}, originators: [{US}], complete: yes}}
authorities:
  - {{id: S-1, partner: north, officer: an officer, signed_on: 2020-01-01, from: 2020-01-01, to: 2098-12-31,
     purposes: [defence], tlp: green, classification: U, types: all, collections: all, redacted: no, source: a letter}}
"""
NAMES = {GREEN: "green", RED: "red"}


def definition(name: str) -> dict[str, Any]:
    level = NAMES[name]
    extension = {"extension_type": "property-extension", "tlp_2_0": level}
    return {
        "type": "marking-definition", "spec_version": "2.1", "id": name, "created": "2022-10-01T00:00:00.000Z",
        "name": f"TLP:{level.upper()}", "extensions": {"extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d": extension},
    }  # fmt: skip


def made(kind: str, number: int, mark: str, **more: Any) -> dict[str, Any]:
    moment = "2024-01-01T00:00:00.000Z"
    return {
        "type": kind, "spec_version": "2.1", "id": f"{kind}--00000000-0000-4000-8000-{number:012d}", "created": moment,
        "modified": moment, "created_by_ref": US, "object_marking_refs": [mark], **more,
    }  # fmt: skip


def indicator(number: int, mark: str) -> dict[str, Any]:
    pattern = {
        "pattern": "[ipv4-addr:value = '198.51.100.1']",
        "pattern_type": "stix",
        "valid_from": "2024-01-01T00:00:00Z",
    }
    return made("indicator", number, mark, name=f"number {number}", **pattern)


def relationship(number: int, source: dict[str, Any], target: dict[str, Any]) -> dict[str, Any]:
    ends = {"source_ref": source["id"], "target_ref": target["id"]}
    return made("relationship", number, GREEN, relationship_type="related-to", **ends)


WE = {**made("identity", 1, GREEN, name="We", identity_class="organization"), "id": US}
OPEN = [indicator(number, GREEN) for number in range(10, 40)]
HELD = [indicator(number, RED) for number in range(50, 80)]
TIES = [relationship(90, OPEN[0], OPEN[1]), relationship(91, OPEN[0], HELD[0])]
MIXED = [each for pair in zip(OPEN, HELD, strict=True) for each in pair]
FEED = [definition(GREEN), definition(RED), WE, *MIXED, *TIES]
SEEN = [definition(GREEN)["id"], US, *(each["id"] for each in OPEN), TIES[0]["id"]]


@dataclass(frozen=True)
class Desk:
    """A running proxy, and the server behind it."""

    address: str
    behind: Taxii
    staff: str
    partner: str

    def get(self, path: str, token: str, **parameters: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}", "Accept": TAXII}
        return httpx.get(
            f"{self.address}/api/collections/{INTEL}/{path}", headers=headers, params=parameters, timeout=30
        )


@contextmanager
def running(arguments: list[str]) -> Iterator[str]:
    """Run the command until the block ends; yield the origin at which it answers."""
    with subprocess.Popen([TELVET, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        said = ""
        try:
            for line in process.stdout:
                said += line
                if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                    yield found[0]
                    break
            else:
                pytest.fail(said)
        finally:
            process.send_signal(signal.SIGINT)
            said += process.stdout.read()
            process.wait(20)
    assert "Traceback" not in said


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("desk")
    (folder / "facts.yaml").write_text(FACTS)
    assert telvet("share", "facts", "import", folder / "facts.yaml", "--by", "ana", "-w", folder / "w").code == 0
    assert telvet("share", "audit", "init", "--name", "example.org/desk", "--by", "ana", "-w", folder / "w").code == 0
    (staff, staff_hash), (partner, partner_hash) = new_token(), new_token()
    (folder / "desk.yaml").write_text(f"""
title: A desk
roots:
  - path: api
    title: A root
    collections:
      - {{id: {INTEL}, title: Intelligence, purpose: defence}}
      - {{id: {OTHER}, title: Inbox}}
users:
  - {{name: ann, role: staff, token_sha256: [{staff_hash}], read: [all], write: [all]}}
  - {{name: north, role: partner, partner: north, token_sha256: [{partner_hash}], read: [{INTEL}], write: [{OTHER}]}}
""")
    (folder / "password").write_text("gate:secret\n")
    with Taxii(Shelf.of(INTEL, FEED), Shelf.of(OTHER, []), page=7) as behind:
        behind.wants = "Basic Z2F0ZTpzZWNyZXQ="
        options = ["--config", folder / "desk.yaml", "--upstream-password", folder / "password", "-w", folder / "w"]
        with running(["share", "proxy", f"{behind.origin}/api/", *map(str, options), "--port", "0"]) as address:
            yield Desk(address, behind, staff, partner)


def ids(envelope: dict[str, Any]) -> list[str]:
    return [each["id"] for each in envelope.get("objects", [])]


@pytest.mark.parametrize("limit", [4, 7, 100])
def test_a_partner_reads_what_it_may_see_page_by_page_with_the_usual_client(desk: Desk, limit: int) -> None:
    from taxii2client.common import TokenAuth  # type: ignore[import-untyped] # noqa: PLC0415 - it has no types, and one use

    class Bearer(TokenAuth):  # type: ignore[misc] # it has no types
        def __call__(self, request: Any) -> Any:
            request.headers["Authorization"] = f"Bearer {self.key}"
            return request

    collection = Collection(f"{desk.address}/api/collections/{INTEL}/", auth=Bearer(key=desk.partner))
    pages = list(as_pages(collection.get_objects, per_request=limit))
    assert [each for page in pages for each in ids(page)] == SEEN
    assert all(len(ids(page)) == limit for page in pages[:-1])
    collection.close()


def test_staff_read_all_of_it(desk: Desk) -> None:
    envelope = desk.get("objects/", desk.staff).json()
    assert ids(envelope) == [each["id"] for each in FEED]
    assert envelope["objects"] == FEED


def test_a_manifest_and_versions_tell_no_more(desk: Desk) -> None:
    assert ids(desk.get("manifest/", desk.partner).json()) == SEEN
    assert desk.get(f"objects/{OPEN[0]['id']}/versions/", desk.partner).json() == {
        "versions": ["2024-01-01T00:00:00.000000Z"]
    }


@pytest.mark.parametrize(
    "path", ["objects/{}/", "objects/{}/versions/", "objects/?match[id]={}", "manifest/?match[id]={}"]
)
def test_what_is_withheld_is_as_what_there_is_not(desk: Desk, path: str) -> None:
    answers = []
    for number in (50, 99_999):
        answer = desk.get(path.format(indicator(number, RED)["id"]), desk.partner)
        headers = {name: value for name, value in answer.headers.items() if name not in {"date", "x-request-id"}}
        answers.append((answer.status_code, headers, answer.content))
    assert answers[0] == answers[1]


def test_a_server_that_fails_is_told_and_nothing_is_served_in_part(desk: Desk) -> None:
    desk.behind.always = lambda asked: status(500) if "next" in asked.parameters else None
    try:
        answer = desk.get("objects/", desk.partner, **{"match[type]": "indicator"})
    finally:
        desk.behind.always = lambda _: None
    assert answer.status_code == 503
    assert b"indicator--" not in answer.content


def test_what_a_partner_posts_reaches_the_server_and_its_state_can_be_asked_for(desk: Desk) -> None:
    headers = {"Authorization": f"Bearer {desk.partner}", "Accept": TAXII, "Content-Type": TAXII}
    sent = {"objects": [indicator(900, GREEN)]}
    answer = httpx.post(f"{desk.address}/api/collections/{OTHER}/objects/", headers=headers, json=sent, timeout=30)
    assert answer.status_code == 202, answer.text
    told = answer.json()
    assert told["success_count"] == 1
    assert [kept.id for kept in desk.behind.shelves[OTHER].kept] == ids(sent)
    again = httpx.get(f"{desk.address}/api/status/{told['id']}/", headers=headers, timeout=30)
    assert again.json() == told
    others = httpx.get(
        f"{desk.address}/api/status/{told['id']}/", headers={**headers, "Authorization": f"Bearer {desk.staff}"}
    )
    assert others.status_code == 404
