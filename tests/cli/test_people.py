"""``zhihuan people``: the rules and the audit of the pages, and no password on the command line."""

from __future__ import annotations

from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.test import Client

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.people.models import Organisation, User
from zhihuan.cli.people import command

pytestmark = pytest.mark.django_db
WHY = ("--why", "首次部署")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


def done(*arguments: str) -> str:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return result.stdout.strip()


@pytest.fixture
def three() -> None:
    """The three administrators of a new installation, made without anybody's word."""
    for account, role in (
        ("sys", "system_administrator"),
        ("sec", "security_administrator"),
        ("aud", "audit_administrator"),
    ):
        by = ("--by", "sys") if account != "sys" else ()
        done("add", account, "--name", account, *WHY, *by)
        by = ("--by", "sec") if role == "audit_administrator" else ()
        done("grant", account, role, *WHY, *by)


def test_a_new_installation_gets_its_three_administrators(three: None) -> None:
    assert Organisation.objects.get().name == "中山市生态环境局"
    roles = {user.username: user.grants.get().role for user in User.objects.all()}
    assert roles == {
        "sys": "system_administrator",
        "sec": "security_administrator",
        "aud": "audit_administrator",
    }
    assert all("@" in each.address for each in AuditEntry.objects.all())


def test_afterwards_nothing_goes_without_somebody_s_word(three: None) -> None:
    for given in (
        ("add", "more", "--name", "x"),
        ("grant", "aud", "leader"),
        ("lock", "aud"),
        ("reset-password", "aud"),
        ("reset-factor", "aud"),
    ):
        refused = run(*given, *WHY)
        assert refused.exit_code == 1, given
        assert "say in whose name" in refused.output, given


def test_nor_by_somebody_without_the_right(three: None) -> None:
    assert (
        "sys may not people.grant_role" in run("grant", "aud", "leader", *WHY, "--by", "sys").output
    )
    assert (
        "sec may not people.add_user" in run("add", "x", "--name", "x", *WHY, "--by", "sec").output
    )


def test_the_first_password_is_printed_alone_and_good_only_for_choosing_another(
    three: None, client: Client
) -> None:
    password = done("add", "duty", "--name", "值班", *WHY, "--by", "sys")
    assert len(password) >= 10
    answer = client.post("/accounts/login/", {"username": "duty", "password": password})
    assert answer.status_code == 302
    assert client.get("/lists/exports/")["Location"] == "/accounts/password/"
    assert password not in repr(list(AuditEntry.objects.values()))


def test_a_reset_ends_the_sessions_and_makes_the_old_one_useless(
    three: None, client: Client
) -> None:
    first = done("add", "duty", "--name", "值班", *WHY, "--by", "sys")
    client.post("/accounts/login/", {"username": "duty", "password": first})
    second = done("reset-password", "duty", "--why", "遗忘", "--by", "sys")
    assert client.get("/accounts/").status_code == 302
    again = client.post("/accounts/login/", {"username": "duty", "password": first})
    assert again.status_code == 200
    assert second != first


def test_a_lost_factor_is_forgotten(three: None, give_factor: Any) -> None:
    give_factor("aud")
    assert done("reset-factor", "aud", "--why", "手机遗失", "--by", "sec") == "forgotten: 1"
    assert AuditEntry.objects.filter(action="account.reset_second_factor").exists()


@pytest.fixture
def give_factor() -> Any:
    from allauth.mfa.models import Authenticator

    def give(username: str) -> None:
        user = User.objects.get(username=username)
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})

    return give


def test_a_locked_account_is_told_and_does_not_sign_in_until_it_is_unlocked(
    three: None, client: Client
) -> None:
    password = done("add", "duty", "--name", "值班", *WHY, "--by", "sys")
    done("lock", "duty", "--why", "异常登录", "--by", "sec")
    assert "locked" in done("list")
    given = {"username": "duty", "password": password}
    assert client.post("/accounts/login/", given).status_code == 200
    done("unlock", "duty", "--why", "已核实", "--by", "sec")
    assert client.post("/accounts/login/", given).status_code == 302


def test_the_list_tells_what_is_the_matter(three: None, give_factor: Any) -> None:
    give_factor("sec")
    lines = {line.split()[0]: line for line in done("list").splitlines()}
    assert "lacks its second factor" in lines["sys"]
    assert "lacks" not in lines["sec"]
    assert "first password" in lines["sec"]
    assert list(lines) == ["aud", "sec", "sys"]
    assert done("list", "--role", "audit_administrator").startswith("aud")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("grant", "ghost", "leader"), "no account 'ghost'"),
        (("grant", "aud", "king"), "there is no role 'king'"),
        (("grant", "aud", "leader"), "三员分立"),
        (("grant", "sys", "leader", "--organisation", "没有"), "no organisation"),
        (("lock", "aud"), "只剩此人"),
    ],
)
def test_what_is_refused_is_told_in_words(three: None, given: tuple[str, ...], said: str) -> None:
    refused = run(*given, *WHY, "--by", "sec")
    assert refused.exit_code == 1
    assert said in refused.output


def test_no_option_takes_a_password() -> None:
    names = [
        option
        for each in command.commands.values()
        for parameter in each.params
        for option in parameter.opts
    ]
    assert not [name for name in names if "password" in name]


def test_roles_are_listed_by_their_codes() -> None:
    assert "duty_officer" in done("roles")
