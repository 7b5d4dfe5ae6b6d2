"""TLS as the configuration has it."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from telvet.errors import SharingError
from telvet.sharing.taxii.config import Tls
from telvet.sharing.taxii.tls import server_context, subject_of
from tests.unit.sharing.taxii.certificates import certified


def test_no_client_is_asked_where_no_authority_is_named(tmp_path: Path) -> None:
    context = server_context(Tls(*certified("server", by="authority").write(tmp_path, "server")))
    assert context.verify_mode is ssl.CERT_NONE
    assert context.minimum_version == ssl.TLSVersion.TLSv1_2


@pytest.mark.parametrize(("require", "mode"), [(False, ssl.CERT_OPTIONAL), (True, ssl.CERT_REQUIRED)])
def test_clients_are_asked_where_authorities_are_named(tmp_path: Path, require: bool, mode: ssl.VerifyMode) -> None:
    authorities, _ = certified("authority").write(tmp_path, "authority")
    files = certified("server", by="authority").write(tmp_path, "server")
    assert server_context(Tls(*files, authorities, require)).verify_mode is mode


def test_every_file_that_is_wrong_is_told(tmp_path: Path) -> None:
    certificate, _ = certified("server", by="authority").write(tmp_path, "server")
    _, key = certified("other", by="authority").write(tmp_path, "other")
    with pytest.raises(SharingError) as caught:
        server_context(Tls(certificate, key, tmp_path / "missing.pem"))
    assert len(caught.value.faults) == 2
    assert "key values mismatch" in caught.value.faults[0].what.replace("_", " ")


def test_a_key_with_a_password_is_told_and_nobody_is_asked_for_it(tmp_path: Path) -> None:
    one = certified("server", by="authority")
    certificate, key = one.write(tmp_path, "server")
    sealed = serialization.BestAvailableEncryption(b"secret")
    key.write_bytes(one.key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, sealed))
    with pytest.raises(SharingError) as caught:
        server_context(Tls(certificate, key))
    assert "password" in caught.value.faults[0].what


def test_a_subject_is_written_as_rfc_4514_has_it() -> None:
    assert subject_of(certified("southland", by="authority").der) == "CN=southland"
    assert subject_of(b"no certificate") is None
