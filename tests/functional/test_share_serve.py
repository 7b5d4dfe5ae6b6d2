"""`telvet share serve` and `proxy` as processes of their own: what a partner and our staff get, and how they begin and end."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.functional.driver import EXAMPLE, TELVET, Ran, command, telvet
from tests.functional.sharing_desk import FACTS, OURS, Desk, bundle, indicator, lasting
from tests.simulators.taxii_upstream import Shelf, Taxii

TAXII = "application/taxii+json;version=2.1"
INTEL, INBOX = "6f1f3f0e-6a3c-4a58-9d5b-0d6d1f0f6c11", "0b6f3f3a-2a71-4c39-8f43-5f2f2a7b9c22"
OPEN = [indicator(number, "green") for number in range(1, 6)]
WAITS = indicator(7, "amber")
HELD = indicator(8, "red", name="Sensor of our own")


@dataclass
class Server:
    """A process that serves, its address, and whom it knows."""

    process: subprocess.Popen[str]
    origin: str
    tokens: dict[str, str]
    said: str = ""

    def ask(self, who: str, path: str, **parameters: str | int) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.tokens[who]}", "Accept": TAXII}
        return httpx.get(f"{self.origin}{path}", headers=headers, params=parameters, timeout=30)

    def ids(self, who: str, path: str = f"/intel/collections/{INTEL}/objects/", **parameters: str | int) -> list[str]:
        answer = self.ask(who, path, **parameters)
        assert answer.status_code == 200, answer.text
        found = [str(each["id"]) for each in answer.json().get("objects", [])]
        return [name for name in found if not name.startswith("marking-definition--")]


@contextmanager
def running(*arguments: object, tokens: dict[str, str], stop: signal.Signals = signal.SIGTERM) -> Iterator[Server]:
    """Run a server until the block ends; it must then end by itself, cleanly."""
    with subprocess.Popen(
        [TELVET, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        said = ""
        try:
            for line in process.stderr:
                said += line
                if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                    server = Server(process, found[0], tokens)
                    yield server
                    break
            else:
                pytest.fail(said)
            process.send_signal(stop)
            out, rest = process.communicate(timeout=30)
        finally:
            if process.poll() is None:
                process.kill()
    server.said = said + rest
    assert (process.returncode, out) == (0, "")
    assert "Traceback" not in server.said


def token() -> tuple[str, str]:
    """Make a token with the command; return it and the line for the configuration."""
    told = telvet("share", "token")
    assert told.code == 0
    first, second = told.out.splitlines()
    return first.removeprefix("token: "), second


def configured(folder: Path, *, port: int = 0) -> tuple[Path, dict[str, str]]:
    """Write the example's configuration with tokens that are known here."""
    text = (EXAMPLE / "sharing" / "taxii.yaml").read_text("utf-8")
    (staff, ours), (partner, theirs), (other, others) = token(), token(), token()
    text = re.sub(r"token_sha256: .*", ours, text)
    text = re.sub(r"password_scrypt: .*", theirs, text)
    text = text.replace("purpose: network defence", "purpose: cyber-defence").replace("port: 6200", f"port: {port}")
    text += f"  - name: stranger\n    role: partner\n    partner: nobody\n    {others}\n    read: [indicators]\n"
    path = folder / "taxii.yaml"
    path.write_text(text, encoding="utf-8")
    return path, {"staff": staff, "partner": partner, "stranger": other}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def load(desk: Desk, config: Path, objects: list[dict[str, Any]], into: str = "indicators") -> Ran:
    file = bundle(desk.folder / "feed.json", objects)
    return desk.share("load", file, "--config", config, "--into", into, "--by", "ana")


def test_a_partner_and_our_staff_each_get_their_own_view(desk: Desk) -> None:
    config, tokens = configured(desk.folder)
    loaded = load(desk, config, [*OPEN, WAITS, HELD])
    assert loaded.code == 0, loaded.err
    assert "13 objects in Indicators, 0 refused" in loaded.out
    with running("share", "serve", config, "-w", desk.workspace, tokens=tokens) as server:
        staff = server.ids("staff")
        assert staff == [OURS, *(each["id"] for each in (*OPEN, WAITS, HELD))]
        seen = [OURS, *(each["id"] for each in OPEN)]
        assert server.ids("partner") == seen
        assert server.ids("partner", f"/intel/collections/{INTEL}/manifest/") == seen
        assert server.ids("stranger") == []
        hidden, nothing = (
            server.ask("partner", f"/intel/collections/{INTEL}/objects/{name}/")
            for name in (HELD["id"], indicator(99)["id"])
        )
        assert (hidden.status_code, hidden.content) == (nothing.status_code, nothing.content)
        assert httpx.get(f"{server.origin}/taxii2/", headers={"Accept": TAXII}).status_code == 401
        assert server.ask("partner", "/taxii2/").json()["title"] == "Sharing desk"
        assert WAITS["id"] in desk.queue()
        desk.judge("approve", WAITS["id"])
        assert server.ids("partner") == [*seen, WAITS["id"]]
        desk.share("recall", OPEN[0]["id"], "--by", "cy", "--why", "wrong")
        assert OPEN[0]["id"] not in server.ids("partner")
    assert "no partner 'nobody' is on record" in server.said
    sent = {each["object"] for each in desk.share("released", "--format", "jsonl").findings}
    assert {name for name in sent if name.startswith("indicator")} == {each["id"] for each in (*OPEN, WAITS)}
    assert desk.share("audit", "verify").code == 0


def test_a_partner_is_told_which_marks_may_reach_it_and_nothing_of_what_is_held(desk: Desk) -> None:
    config, tokens = configured(desk.folder)
    assert load(desk, config, [HELD]).code == 0
    with running("share", "serve", config, "-w", desk.workspace, tokens=tokens, stop=signal.SIGINT) as server:
        answer = server.ask("partner", "/intel/x-handling/")
        assert answer.status_code == 200
        told = answer.json()
        (purpose,) = told["purposes"]
        assert {each["marking"]: each["ours"] for each in purpose["tlp"]} == {
            "TLP:CLEAR": "permit",
            "TLP:GREEN": "permit",
            "TLP:AMBER": "permit",
            "TLP:AMBER+STRICT": "withhold",
            "TLP:RED": "withhold",
        }
        assert (told["partner"], told["country"]) == ("northland-cert", "GBR")
        assert HELD["id"] not in answer.text
        staff = server.ask("staff", "/intel/x-handling/")
        assert (staff.status_code, staff.json()["partner"]) == (200, None)
        assert httpx.get(f"{server.origin}/intel/x-handling/", headers={"Accept": TAXII}).status_code == 401


def test_what_is_loaded_again_stays_as_it_is_and_what_cannot_be_loaded_is_told(desk: Desk) -> None:
    config, _ = configured(desk.folder)
    assert load(desk, config, OPEN).code == 0
    assert load(desk, config, OPEN, INTEL).code == 0
    near = load(desk, config, OPEN, "indicator")
    assert near.code == 2
    assert "did you mean 'indicators'?" in near.err
    other = load(desk, config, [{**OPEN[0], "name": "other bytes"}])
    assert "6 objects in Indicators, 1 refused" in other.out
    assert f"{OPEN[0]['id']} 2024-03-01T00:00:00.000000Z: another object of this id and version" in other.err
    bad = desk.folder / "bad.json"
    bad.write_text('{"type": "bundle", "objects": [{"type": "tool"}, {"id": 5}]}')
    faulty = desk.share("load", bad, "--config", config, "--into", "inbox", "--by", "ana")
    assert faulty.code == 2
    assert "record 1" in faulty.err
    assert "record 2" in faulty.err


@pytest.mark.parametrize("kind", ["serve", "proxy"])
def test_a_configuration_that_is_wrong_is_told_with_every_fault(desk: Desk, kind: str) -> None:
    config = desk.folder / "taxii.yaml"
    config.write_text("titel: x\nport: 99999999\nroots:\n  - {path: intel}\nusers:\n  - {name: a, role: king}\n")
    asked = [config] if kind == "serve" else ["http://127.0.0.1:9/", "--config", config]
    said = desk.share(kind, *asked)
    assert (said.code, said.out) == (2, "")
    assert said.err.count("taxii.yaml, line") >= 4
    missing = desk.share(kind, *(desk.folder / "none.yaml" if each == config else each for each in asked))
    assert missing.code == 2
    assert "none.yaml" in missing.err


@pytest.mark.parametrize("kind", ["serve", "proxy"])
def test_without_a_log_nothing_is_served(tmp_path: Path, kind: str) -> None:
    desk = Desk(tmp_path, log=False)
    config, _ = configured(tmp_path)
    text = config.read_text("utf-8")
    for each in (INTEL, INBOX):
        text = text.replace(f"- id: {each}", f"- id: {each}\n        upstream: http://127.0.0.1:9/c/{each}/")
    (tmp_path / "proxy.yaml").write_text(text)
    asked = [config] if kind == "serve" else ["http://127.0.0.1:9/", "--config", tmp_path / "proxy.yaml"]
    said = desk.share(kind, *asked)
    assert said.code == 2
    assert "[audit-missing]" in said.err
    assert "telvet share audit init" in said.err


def test_an_address_that_is_taken_is_told(desk: Desk) -> None:
    config, _ = configured(desk.folder)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = command("share", "serve", config, "-w", desk.workspace, "--port", port)
    assert said.code == 2
    assert "[taxii-address]" in said.err
    assert "name an address of this machine and a port that is free" in said.err
    open_ = command("share", "serve", config, "-w", desk.workspace, "--host", "0.0.0.0")  # noqa: S104 - it is refused
    assert open_.code == 2
    assert "[taxii-plain]" in open_.err


def test_two_servers_do_not_write_one_log(desk: Desk) -> None:
    config, tokens = configured(desk.folder)
    assert load(desk, config, OPEN[:1]).code == 0
    with running("share", "serve", config, "-w", desk.workspace, tokens=tokens) as first:
        asked = ("share", "serve", config, "-w", desk.workspace, "--log", "second")
        with running(*asked, tokens=tokens) as second:
            assert first.ids("partner") == second.ids("partner") == [OURS, OPEN[0]["id"]]
    (row,) = (each for each in desk.share("released", "--format", "jsonl").findings if each["object"] == OPEN[0]["id"])
    assert row["times"] == 2


def test_a_proxy_gives_a_partner_what_may_go_of_another_server(desk: Desk) -> None:
    config, tokens = configured(desk.folder)
    feed = json.loads(bundle(desk.folder / "feed.json", [*OPEN, WAITS, HELD]).read_text())["objects"]
    with Taxii(Shelf.of(INTEL, feed), Shelf.of(INBOX, []), page=3) as behind:
        asked = ("share", "proxy", f"{behind.origin}/api/", "--config", config, "-w", desk.workspace)
        with running(*asked, tokens=tokens) as server:
            assert server.ids("staff")[-1] == HELD["id"]
            assert server.ids("partner") == [OURS]
            assert server.ask("partner", "/intel/x-handling/").status_code == 200


def test_a_proxy_with_nothing_to_count_together_gives_all_that_may_go(tmp_path: Path) -> None:
    facts = lasting(FACTS.read_text("utf-8"))
    desk = Desk(tmp_path, facts[: facts.index("# Many things may say more")])
    config, tokens = configured(desk.folder)
    feed = json.loads(bundle(desk.folder / "feed.json", [*OPEN, WAITS, HELD]).read_text())["objects"]
    with Taxii(Shelf.of(INTEL, feed), Shelf.of(INBOX, []), page=3) as behind:
        asked = ("share", "proxy", f"{behind.origin}/api/", "--config", config, "-w", desk.workspace)
        with running(*asked, tokens=tokens, stop=signal.SIGINT) as server:
            assert server.ids("partner") == [OURS, *(each["id"] for each in OPEN)]


def test_a_proxy_says_when_it_cannot_reach_the_server_behind_it(desk: Desk) -> None:
    config, _ = configured(desk.folder)
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    said = command("share", "proxy", f"http://127.0.0.1:{port}/", "--config", config, "-w", desk.workspace)
    assert (said.code, said.out) == (2, "")
    with Taxii(Shelf.of(INTEL, []), page=3) as behind:
        lacks = command("share", "proxy", f"{behind.origin}/api/", "--config", config, "-w", desk.workspace)
    assert lacks.code == 2
    assert f"upstream shows us no collection {INBOX}" in lacks.err


def test_a_password_is_kept_as_its_hash_alone() -> None:
    done = subprocess.run(
        [TELVET, "share", "token", "--password"],
        input="a long secret\na long secret\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert re.fullmatch(r'password_scrypt: "scrypt\$[^"]+"\n', done.stdout)
    first, line = token()
    assert first not in line
