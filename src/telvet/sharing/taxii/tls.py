"""What the configuration says of TLS -> a context for the server; a verified certificate -> its subject.

* TLS 1.2 or later. A client's certificate is verified against the named authorities, and asked for only where there are some.
* Revocation is not looked up: take the certificate out of the configuration.
"""

from __future__ import annotations

import ssl

from cryptography import x509

from telvet.errors import Fault, SharingError
from telvet.sharing.taxii.config import Tls

__all__ = ["server_context", "subject_of"]


def server_context(tls: Tls) -> ssl.SSLContext:
    """Make a context.

    Raises:
        SharingError: A file cannot be read, or the key is not that of the certificate.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.options |= ssl.OP_CIPHER_SERVER_PREFERENCE | ssl.OP_NO_RENEGOTIATION
    context.set_alpn_protocols(["http/1.1"])
    faults = []
    try:
        context.load_cert_chain(tls.certificate, tls.key, password=_refused)
    except (OSError, ValueError) as problem:
        files = f"{tls.certificate} and {tls.key}"
        fix = "name a certificate and its key, both in PEM, the key without a password"
        faults.append(Fault(files, None, None, "tls", f"this is no certificate with its key: {_said(problem)}", fix))
    if tls.client_authorities is not None:
        try:
            context.load_verify_locations(tls.client_authorities)
        except (OSError, ValueError) as problem:
            what = f"these are no certificates of authorities: {_said(problem)}"
            faults.append(Fault(str(tls.client_authorities), None, None, "tls", what, "name a file in PEM"))
        context.verify_mode = ssl.CERT_REQUIRED if tls.require else ssl.CERT_OPTIONAL
    if faults:
        raise SharingError("TLS cannot be set up", tuple(faults), code="tls")
    return context


def subject_of(certificate: bytes) -> str | None:
    """Return the subject of a certificate in DER, as RFC 4514 writes it; None where it has none that can be read."""
    try:
        return x509.load_der_x509_certificate(certificate).subject.rfc4514_string() or None
    except ValueError:
        return None


def _refused() -> str:
    raise ValueError("the key has a password")


def _said(problem: OSError | ValueError) -> str:
    return str(getattr(problem, "reason", None) or getattr(problem, "strerror", None) or problem).lower()
