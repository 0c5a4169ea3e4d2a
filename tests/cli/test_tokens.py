"""``zhihuan tokens``: the checks and the audit of the pages."""

from __future__ import annotations

from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.test import Client

from zhihuan.bureau.access.models import ApiToken
from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.people.models import Organisation
from zhihuan.cli.tokens import command

pytestmark = pytest.mark.django_db
SCOPE = ("--scope", "registry.view_monitoringpoint")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


def test_a_token_is_printed_alone_on_standard_output(person: Any) -> None:
    person("值班员", name="duty")
    done = run("issue", "duty", "--by", "duty", "--name", "大屏", *SCOPE, "--days", "3")
    assert done.exit_code == 0, done.output
    text = done.stdout.strip()
    assert Client(headers={"Authorization": f"Bearer {text}"}).get("/api/v1/me").status_code == 200
    assert "@" in AuditEntry.objects.get(action="token.issue").address
    listed = run("list").output
    assert "duty" in listed
    assert text not in listed


def test_a_system_token_is_bound_to_its_organisation_and_addresses(person: Any) -> None:
    person("值班员", name="program")
    person("安全管理员", name="guard")
    Organisation.objects.create(name="数据中心", kind="other")
    given = ("--system", "--organisation", "数据中心", "--address", "10.9.0.0/16")
    done = run("issue", "program", "--by", "guard", "--name", "大屏", *SCOPE, *given)
    assert done.exit_code == 0, done.output
    token = ApiToken.objects.get()
    assert str(token.organisation) == "数据中心"
    assert token.addresses == ["10.9.0.0/16"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("ghost", "--by", "duty"), "no account 'ghost'"),
        (("duty", "--by", "field"), "field may not issue"),
        (("duty", "--by", "duty", "--days", "999"), "365"),
        (("duty", "--by", "duty", "--organisation", "没有"), "there is no"),
        (("duty", "--by", "duty", "--system"), "may not issue"),
    ],
)
def test_what_is_refused_is_told(person: Any, given: tuple[str, ...], said: str) -> None:
    person("值班员", name="duty")
    person("执法人员", name="field")
    done = run("issue", *given, "--name", "大屏", *SCOPE)
    assert done.exit_code == 1
    assert said in done.output
    assert not ApiToken.objects.exists()


def test_revoked_is_revoked(person: Any) -> None:
    person("值班员", name="duty")
    person("执法人员", name="field")
    run("issue", "duty", "--by", "duty", "--name", "大屏", *SCOPE)
    number = str(ApiToken.objects.get().pk)
    assert run("revoke", number, "--by", "field").exit_code == 1
    assert "revoked" in run("revoke", number, "--by", "duty").output
    assert "before" in run("revoke", number, "--by", "duty").output
    assert run("list").output == ""
    assert "revoked" in run("list", "--all", "--owner", "duty").output
    assert "no token 99" in run("revoke", "99", "--by", "duty").output
