"""``zhihuan people``: open, list, lock and unlock accounts, give roles; the rules and audit of the pages.

No password is ever taken from the command line, where others could read it: first passwords are made
here, printed once, and good only for choosing another.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from zhihuan.cli._platform import account_named, organisation_named, start
from zhihuan.cli._whence import whence

_BY = click.option(
    "--by",
    metavar="ACCOUNT",
    help="In whose name; with their rights. May be left out only while nobody holds the right.",
)
_WHY = click.option("--why", required=True, help="The reason; kept in the audit trail.")


@click.group("people")
def command() -> None:
    """Open accounts, give roles, reset passwords and second factors, lock and unlock.

    Run it with the environment of the platform (ZHIHUAN_HOME, ZHIHUAN_DATABASE_URL). On a new
    installation the three administrators are made without --by.
    """
    start()


@command.command("list")
@click.option("--role", metavar="CODE", help="Holders of one role.")
@click.option("--all", "everything", is_flag=True, help="Disabled accounts too.")
def list_people(role: str | None, everything: bool) -> None:
    """List accounts: account, name, organisation, roles, what is the matter with it."""
    from zhihuan.bureau.people.models import RoleGrant, User
    from zhihuan.bureau.people.second_factor import lacking

    held: dict[int, list[str]] = {}
    for user_id, code in RoleGrant.objects.in_force().values_list("user_id", "role"):
        held.setdefault(user_id, []).append(code)
    rows = User.objects.select_related("organisation").order_by("username")
    users = list(rows if everything else rows.filter(is_active=True))
    without = {user.pk for user in lacking(users)}
    for user in users:
        roles = held.get(user.pk, [])
        if role is None or role in roles:
            click.echo(_line(user, roles, user.pk in without))


@command.command("add")
@click.argument("account")
@click.option("--name", required=True, help="The person's name (姓名).")
@click.option("--organisation", metavar="NAME", help="Where they belong. None yet: the bureau.")
@click.option("--unified-id", default="", help="How the city's unified sign-on names them.")
@_WHY
@_BY
def add(account: str, organisation: str | None, why: str, by: str | None, **asked: str) -> None:
    """Open the account ACCOUNT and print its first password: it is never shown again."""
    from zhihuan.bureau.people.accounts import open_account
    from zhihuan.bureau.people.models import User

    actor = _actor(by, "people.add_user")
    with _refusals():
        user = User(
            username=account,
            display_name=asked["name"],
            unified_id=asked["unified_id"],
            organisation=_organisation(organisation, actor, why),
        )
        password = open_account(user, actor=actor, why=why, address=whence())
    _show_password(account, password)


@command.command("reset-password")
@click.argument("account")
@_WHY
@_BY
def reset_password(account: str, why: str, by: str | None) -> None:
    """Print another first password for ACCOUNT and end its sessions."""
    from zhihuan.bureau.people.accounts import new_password

    actor, user = _actor(by, "people.change_user"), account_named(account)
    with _refusals():
        password = new_password(user, actor=actor, why=why, address=whence())
    _show_password(account, password)


@command.command("reset-factor")
@click.argument("account")
@_WHY
@_BY
def reset_factor(account: str, why: str, by: str | None) -> None:
    """Forget the second factors of ACCOUNT, whose owner lost them, and end its sessions."""
    from zhihuan.bureau.people.accounts import must_be_another, must_be_told
    from zhihuan.bureau.people.second_factor import take_away

    actor, user = _actor(by, "people.lock_user"), account_named(account)
    with _refusals():
        must_be_told(why)
        must_be_another(user, actor)
        count = take_away(user, actor=actor, why=why, address=whence())
    click.echo(f"forgotten: {count}")


@command.command("grant")
@click.argument("account")
@click.argument("role")
@click.option("--organisation", metavar="NAME", help="Where; else where the person belongs.")
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), help="The last day, in Beijing; else without end."
)
@_WHY
@_BY
def grant(account: str, role: str, why: str, by: str | None, **asked: Any) -> None:
    """Give ACCOUNT the role ROLE, by its code (`zhihuan people roles`)."""
    from zhihuan.bureau.people.granting import grant_role
    from zhihuan.bureau.people.models import RoleGrant

    actor, user = _actor(by, "people.grant_role"), account_named(account)
    place = (
        organisation_named(asked["organisation"]) if asked["organisation"] else user.organisation
    )
    last: dt.datetime | None = asked["until"]
    with _refusals():
        given = RoleGrant(
            user=user,
            role=_role(role),
            organisation=place,
            valid_until=last.date() if last else None,
            reason=why,
        )
        grant_role(given, actor=actor, address=whence())
    click.echo(str(given))


@command.command("roles")
def roles() -> None:
    """List the roles: code, name, what its holder does."""
    from zhihuan.bureau.people.roles import ROLES

    for role in ROLES.values():
        click.echo(f"{role.code:24}{role.name}  {role.about}")


@command.command("lock")
@click.argument("account")
@_WHY
@_BY
def lock_account(account: str, why: str, by: str | None) -> None:
    """Lock ACCOUNT: nobody signs in with it, and its sessions end."""
    from zhihuan.bureau.people.accounts import lock

    _switch(lock, account, why, by)
    click.echo("locked")


@command.command("unlock")
@click.argument("account")
@_WHY
@_BY
def unlock_account(account: str, why: str, by: str | None) -> None:
    """Unlock ACCOUNT."""
    from zhihuan.bureau.people.accounts import unlock

    _switch(unlock, account, why, by)
    click.echo("unlocked")


def _switch(act: Callable[..., None], account: str, why: str, by: str | None) -> None:
    actor, user = _actor(by, "people.lock_user"), account_named(account)
    with _refusals():
        act(user, actor=actor, why=why, address=whence())


def _actor(by: str | None, permission: str) -> Any:
    """In whose name; None for whoever keeps the machine while nobody holds the right."""
    from zhihuan.bureau.people.first_administrators import nobody_may
    from zhihuan.bureau.people.scope import may

    if by is None:
        if not nobody_may(permission):
            raise click.ClickException(f"say in whose name: --by an account that may {permission}")
        return None
    actor = account_named(by)
    if not may(actor, permission):
        raise click.ClickException(f"{by} may not {permission}")
    return actor


def _organisation(name: str | None, actor: Any, why: str) -> Any:
    """The named one; without a name the bureau, registered when there is no organisation yet."""
    from django.conf import settings

    from zhihuan.bureau.history.changing import changing
    from zhihuan.bureau.people.first_administrators import first_body

    if name:
        return organisation_named(name)
    try:
        with changing(actor, why=why) as changes:
            return first_body(settings.ZHIHUAN_ORGANISATION, changes)
    except ValueError:
        return organisation_named(settings.ZHIHUAN_ORGANISATION)


def _role(code: str) -> str:
    from zhihuan.bureau.people.roles import ROLES

    if code not in ROLES:
        raise click.ClickException(f"there is no role {code!r}; there are {', '.join(ROLES)}")
    return code


@contextmanager
def _refusals() -> Iterator[None]:
    """What the rules refuse ends the command in their words."""
    from django.core.exceptions import ValidationError

    try:
        yield
    except ValidationError as error:
        raise click.ClickException(" ".join(error.messages)) from error


def _show_password(account: str, password: str) -> None:
    click.echo(f"first password of {account}, good only for choosing another:", err=True)
    click.echo(password)


def _line(user: Any, roles: list[str], lacks_factor: bool) -> str:
    states = (
        ("disabled", not user.is_active),
        ("locked", user.locked_at is not None),
        ("first password", user.must_change_password),
        ("superuser", user.is_superuser),
        ("lacks its second factor", lacks_factor),
    )
    matter = ", ".join(word for word, holds in states if holds)
    place = user.organisation.name if user.organisation else "-"
    told = (user.username, str(user), place, ",".join(sorted(roles)) or "-", matter)
    return "  ".join(each for each in told if each)
