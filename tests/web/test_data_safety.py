"""What the database holds is judged too: demo accounts, open devices, tables of another version."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from zhihuan.bureau.people.models import User
from zhihuan.bureau.registry.models import Device
from zhihuan.web.data_safety import data_findings

pytestmark = pytest.mark.django_db


def test_a_well_kept_registry_has_no_findings(outlet, person):
    person("值班员")
    assert data_findings() == []


def test_accounts_of_the_demo_that_can_log_in_are_told():
    User.objects.create_user("duty", synthetic=True)
    User.objects.create_user("gone", synthetic=True, is_active=False)
    (found,) = data_findings()
    assert found.setting == "accounts"
    assert "1 accounts" in found.problem
    assert "duty" in found.problem


def test_enabled_devices_without_password_are_told(outlet):
    Device.objects.create(mn="OPEN", point=outlet)
    Device.objects.create(mn="DISABLED", point=outlet, enabled=False)
    (found,) = data_findings()
    assert found.setting == "devices"
    assert "1 enabled devices" in found.problem
    assert "OPEN" in found.problem


def test_a_missing_migration_is_told():
    recorder = MigrationRecorder(connection)
    recorder.migration_qs.filter(app="acquisition").order_by("name").last().delete()
    (found,) = data_findings()
    assert found.setting == "database"
    assert "not applied" in found.problem
