"""`telvet share token`: a token or the hash of a password, for a user of the server."""

from __future__ import annotations

import click

from telvet.cli.output import put

__all__ = ["command"]


@click.command("token")
@click.option("--password", is_flag=True, help="Ask for a password and print its hash, in place of a new token.")
def command(password: bool) -> int:
    """Make a token for a user; the server's configuration keeps only its hash, which cannot be turned back."""
    from telvet.sharing.taxii.tokens import hash_password, new_token

    if password:
        text = click.prompt("password", hide_input=True, confirmation_prompt=True, err=True)
        put(None, lambda out: out.writelines((f'password_scrypt: "{hash_password(text).text()}"\n',)))
        return 0
    token, digest = new_token()
    put(None, lambda out: out.writelines((f"token: {token}\n", f"token_sha256: [{digest}]\n")))
    click.echo("Give the token to the user over a safe way; put the second line into the configuration.", err=True)
    return 0
