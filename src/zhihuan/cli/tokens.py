"""``zhihuan tokens``: issue, list and revoke API tokens, with the checks and the audit of the pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

import click

from zhihuan.cli._platform import account_named, organisation_named, start
from zhihuan.cli._whence import whence

_BY = click.option("--by", "by", required=True, metavar="ACCOUNT", help="On whose word; audited.")


@click.group("tokens")
def command() -> None:
    """Issue, list and revoke tokens for programs.

    Run it with the environment of the platform (ZHIHUAN_HOME, ZHIHUAN_DATABASE_URL).
    """
    start()


@command.command("issue")
@click.argument("owner")
@_BY
@click.option("--name", required=True, help="What the token is for.")
@click.option("--scope", "scopes", multiple=True, required=True, help="A permission code; repeat.")
@click.option(
    "--days",
    type=click.IntRange(1, 36_500),
    default=90,
    show_default=True,
    help="How long it is valid.",
)
@click.option("--system", is_flag=True, help="A system token; ACCOUNT must manage those.")
@click.option("--organisation", metavar="NAME", help="Whose program a system token is for.")
@click.option("--address", "addresses", multiple=True, help="Address or network; repeat.")
def issue_token(owner: str, by: str, **asked: Any) -> None:
    """Issue a token for the account OWNER and print it: it is never shown again."""
    from django.core.exceptions import PermissionDenied, ValidationError
    from django.utils import timezone

    from zhihuan.bureau.access.issuing import Bounds, issue
    from zhihuan.bureau.access.models import ApiToken

    kind = ApiToken.Kind.SYSTEM if asked["system"] else ApiToken.Kind.PERSONAL
    place = organisation_named(asked["organisation"]) if asked["organisation"] else None
    bounds = Bounds(place, asked["addresses"])
    try:
        issued = issue(
            account_named(owner),
            name=asked["name"],
            scopes=asked["scopes"],
            expires_at=timezone.now() + dt.timedelta(days=asked["days"]),
            by=account_named(by),
            kind=kind,
            bounds=bounds,
            address=whence(),
        )
    except PermissionDenied:
        raise click.ClickException(f"{by} may not issue this token for {owner}") from None
    except ValidationError as error:
        told = (f"{name}: {' '.join(said)}" for name, said in error.message_dict.items())
        raise click.ClickException("; ".join(told)) from error
    click.echo(f"token {issued.token.pk}, valid until {_moment(issued.token.expires_at)}", err=True)
    click.echo(issued.text)


@command.command("list")
@click.option("--owner", metavar="ACCOUNT", help="Of one account.")
@click.option("--all", "everything", is_flag=True, help="Expired and revoked ones too.")
def list_tokens(owner: str | None, everything: bool) -> None:
    """List tokens: number, kind, owner, what for, until when, last use."""
    from zhihuan.bureau.access.models import ApiToken

    found = ApiToken.objects.select_related("owner").order_by("id")
    if owner:
        found = found.filter(owner=account_named(owner))
    for token in found:
        if everything or token.is_valid:
            click.echo(_line(token))


@command.command("revoke")
@click.argument("number", type=int)
@_BY
def revoke_token(number: int, by: str) -> None:
    """Revoke the token NUMBER, at once and for good."""
    from django.core.exceptions import PermissionDenied

    from zhihuan.bureau.access.issuing import revoke
    from zhihuan.bureau.access.models import ApiToken

    token = ApiToken.objects.filter(pk=number).first()
    if token is None:
        raise click.ClickException(f"there is no token {number}")
    try:
        was_valid = revoke(token, by=account_named(by), address=whence())
    except PermissionDenied:
        raise click.ClickException(f"{by} may not revoke token {number}") from None
    click.echo("revoked" if was_valid else "it was revoked before")


def _line(token: Any) -> str:
    used = _moment(token.last_used_at) if token.last_used_at else "never used"
    state = "" if token.is_valid else "  revoked" if token.revoked_at else "  expired"
    owner = token.owner.get_username()
    return f"{token.pk}  {token.kind}  {owner}  {token.name}  until {_moment(token.expires_at)}  {used}{state}"


def _moment(at: dt.datetime) -> str:
    from django.utils import timezone

    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")
