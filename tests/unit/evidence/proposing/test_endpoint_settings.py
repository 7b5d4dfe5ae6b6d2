from __future__ import annotations

import pytest

from telvet.errors import UsageError
from telvet.evidence.proposing.endpoint_settings import EndpointSettings, settings_asked_for, settings_from

HERE = "http://127.0.0.1:8000/v1"
KEY = "sk-very-secret"


def test_nothing_is_on_by_default() -> None:
    assert settings_from({}) is None
    assert settings_from({"TELVET_ENDPOINT": " ", "TELVET_ENDPOINT_MODEL": "m", "TELVET_ENDPOINT_KEY": KEY}) is None


def test_asking_for_an_endpoint_that_is_not_set_up_says_how_to_set_it_up() -> None:
    with pytest.raises(UsageError) as raised:
        settings_asked_for({})
    told = "\n".join(raised.value.lines())
    assert raised.value.code == "endpoint-off"
    assert "TELVET_ENDPOINT " in told
    assert "TELVET_ENDPOINT_MODEL" in told
    assert "nowhere" in told


def test_the_environment_is_read() -> None:
    settings = settings_asked_for(
        {
            "TELVET_ENDPOINT": f"{HERE}/",
            "TELVET_ENDPOINT_MODEL": "some/model:7b",
            "TELVET_ENDPOINT_KEY": KEY,
            "TELVET_ENDPOINT_SECONDS": "2.5",
        }
    )
    assert settings == EndpointSettings(HERE, "some/model:7b", KEY, timeout_s=2.5)
    assert (settings.most_proposals, settings.plain) == (25, False)


def test_the_key_is_not_in_what_the_settings_show() -> None:
    assert KEY not in repr(EndpointSettings(HERE, "m", KEY))
    assert KEY not in str(EndpointSettings(HERE, "m", KEY))


@pytest.mark.parametrize(
    "address",
    ["http://localhost:1/v1", "http://127.9.9.9", "http://[::1]:8000/v1", "https://models.example/v1", "https://10.0.0.7:8443"],
)  # fmt: skip
def test_this_machine_over_http_and_any_over_https_are_taken(address: str) -> None:
    assert EndpointSettings(address, "m").address == address


@pytest.mark.parametrize(
    "address",
    [
        "http://models.example/v1", "http://10.0.0.7:8000/v1", "http://localhost.example/v1", "http://127.0.0.1.example",
        "http://0.0.0.0:8000", "http://0x7f000001/", "http://2130706433/v1", "http://[::ffff:10.0.0.7]/v1",
    ],
)  # fmt: skip
def test_another_machine_over_http_wants_the_users_word(address: str) -> None:
    environ = {"TELVET_ENDPOINT": address, "TELVET_ENDPOINT_MODEL": "m"}
    with pytest.raises(UsageError, match="plain http") as raised:
        settings_from(environ)
    assert "TELVET_ENDPOINT_PLAIN=yes" in raised.value.fix
    allowed = settings_from({**environ, "TELVET_ENDPOINT_PLAIN": "yes"})
    assert allowed is not None
    assert allowed.plain
    with pytest.raises(UsageError):
        settings_from({**environ, "TELVET_ENDPOINT_PLAIN": "no"})


@pytest.mark.parametrize(
    "address",
    [
        f"https://user:{KEY}@models.example/v1", f"https://models.example/v1?key={KEY}", "ftp://127.0.0.1/v1", "127.0.0.1:8000",
        "http://127.0.0.1\\@models.example/", "http://127.0.0.1#@models.example/", "https://models.example/v1\r\nX: 1", "https://",
        "https://models.example:0/v1", "https://models.example:99999/v1", "file:///etc/passwd", "http://127.0.0.1 .example/",
    ],
)  # fmt: skip
def test_an_address_that_may_lead_elsewhere_is_refused_and_not_shown(address: str) -> None:
    with pytest.raises(UsageError) as raised:
        EndpointSettings(address, "m", plain=True)
    assert raised.value.code == "endpoint-setting"
    assert KEY not in "\n".join(raised.value.lines())


@pytest.mark.parametrize("key", [f"{KEY}\r\nX-Other: 1", f"{KEY} {KEY}", f"{KEY}\u00e9", ""])
def test_a_key_that_would_break_a_header_is_refused_and_not_shown(key: str) -> None:
    with pytest.raises(UsageError) as raised:
        EndpointSettings(HERE, "m", key)
    assert KEY not in "\n".join(raised.value.lines())


@pytest.mark.parametrize(
    "beside",
    [
        {"TELVET_ENDPOINT_MODEL": ""}, {"TELVET_ENDPOINT_MODEL": "m\nn"}, {"TELVET_ENDPOINT_PLAIN": "perhaps"},
        {"TELVET_ENDPOINT_SECONDS": "soon"}, {"TELVET_ENDPOINT_SECONDS": "0"}, {"TELVET_ENDPOINT_SECONDS": "inf"},
    ],
)  # fmt: skip
def test_a_variable_that_cannot_be_used_is_told(beside: dict[str, str]) -> None:
    with pytest.raises(UsageError) as raised:
        settings_from({"TELVET_ENDPOINT": HERE, "TELVET_ENDPOINT_MODEL": "m", **beside})
    assert next(iter(beside)) in "\n".join(raised.value.lines())


def test_a_limit_of_nothing_is_refused() -> None:
    with pytest.raises(UsageError, match="limit"):
        EndpointSettings(HERE, "m", most_bytes=0)
