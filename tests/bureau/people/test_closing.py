"""Closing a body: what stands against it, and that its past stays."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.people.closing import close, reopen
from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.people.roles import FIELD_OFFICER

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau():
    return Organisation.objects.create(name="市局", kind="bureau")


@pytest.fixture
def branch(bureau):
    return Organisation.objects.create(name="小榄分局", kind="branch", parent=bureau)


@pytest.fixture
def today():
    return timezone.localdate()


def test_everything_that_stands_against_it_is_told_at_once(branch, person, today):
    Organisation.objects.create(name="执法股", kind="section", parent=branch)
    person(FIELD_OFFICER, at=branch)
    with pytest.raises(ValidationError) as found:
        close(branch, today, actor=None, why="机构改革")
    told = "".join(found.value.messages)
    for words in ("1 个下级机构", "1 个在用账号", "1 项有效授权"):
        assert words in told
    branch.refresh_from_db()
    assert not branch.is_closed


def test_an_empty_body_closes_is_written_down_and_opens_again(branch, today):
    close(branch, today, actor=None, why="机构改革")
    branch.refresh_from_db()
    assert branch.is_closed
    assert AuditEntry.objects.get(action="organisation.close").detail["why"] == "机构改革"
    reopen(branch, actor=None, why="恢复设置")
    branch.refresh_from_db()
    assert (branch.is_closed, branch.closed_on) == (False, None)


def test_a_body_does_not_close_ahead_of_the_day(branch, today):
    with pytest.raises(ValidationError, match="不能晚于今天"):
        close(branch, today + dt.timedelta(1), actor=None, why="机构改革")


def test_nothing_opens_under_what_is_closed(bureau, branch, today):
    close(branch, today, actor=None, why="撤销")
    close(bureau, today, actor=None, why="撤销")
    with pytest.raises(ValidationError, match="上级机构已撤销"):
        reopen(branch, actor=None, why="恢复")


def test_a_body_of_the_bureau_lies_under_the_bureau(bureau):
    firm = Organisation.objects.create(name="某企业", kind="enterprise")
    with pytest.raises(ValidationError, match="也须是本局机构"):
        Organisation(name="科", kind="section", parent=firm).full_clean()
