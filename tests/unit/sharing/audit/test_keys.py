from __future__ import annotations

import pytest

from telvet.errors import UsageError
from telvet.sharing.audit.keys import new_signer, signer_of, verifier_of
from telvet.sharing.audit.notes import Note

# The key and note by which implementations of signed notes are tested.
PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SECRET = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"  # noqa: S105 - published
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
NOTE = (
    TEXT
    + "\n\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)


def test_the_known_note_is_signed_and_verified_byte_for_byte() -> None:
    signer = signer_of(SECRET)
    assert signer.key == verifier_of(PUBLIC)
    assert Note(TEXT, (signer.signature(TEXT),)).written() == NOTE
    assert signer.key.signed(Note.read(NOTE))
    assert (signer.text(), signer.key.text()) == (SECRET, PUBLIC)


def test_a_changed_text_or_another_key_does_not_verify() -> None:
    assert not verifier_of(PUBLIC).signed(Note.read(NOTE.replace("answer", "Answer")))
    assert not new_signer("PeterNeumann").key.signed(Note.read(NOTE))


def test_unknown_signatures_are_passed_over_and_a_false_one_of_a_known_key_spoils_the_note() -> None:
    note, other = Note.read(NOTE), new_signer("other")
    assert verifier_of(PUBLIC).signed(Note(TEXT, (other.signature(TEXT), *note.signatures)))
    assert not verifier_of(PUBLIC).signed(Note(TEXT, (*note.signatures, signer_of(SECRET).signature("else\n"))))


@pytest.mark.parametrize(
    "text", ["", "a", "a+b", PUBLIC[:-1], PUBLIC[1:], PUBLIC.replace("c7", "c8"), PUBLIC.replace("+AR", "+Ak")]
)
def test_what_is_no_public_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"key|base64"):
        verifier_of(text)


@pytest.mark.parametrize("text", ["", PUBLIC, SECRET[:-1], SECRET.replace("c7", "c8")])
def test_what_is_no_private_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"key|base64"):
        signer_of(text)


def test_two_new_keys_differ_and_hide_their_secret() -> None:
    first, second = new_signer("example.org/a"), new_signer("example.org/a")
    assert first.key.key_id != second.key.key_id
    assert "seed" not in repr(first)


def test_a_key_cannot_be_named_with_a_space() -> None:
    with pytest.raises(UsageError) as caught:
        new_signer("my log")
    assert caught.value.code == "audit-key-name"
