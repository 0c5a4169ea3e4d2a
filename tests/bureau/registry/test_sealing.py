"""Device passwords and keys are unreadable in the database and come back whole."""

from __future__ import annotations

import pytest
from cryptography.fernet import Fernet
from django.db import connection

from zhihuan.bureau.registry.models import Device
from zhihuan.bureau.registry.sealing import SealBrokenError, seal, unseal

pytestmark = pytest.mark.django_db


def test_a_database_dump_holds_neither_password_nor_key(outlet):
    device = outlet.devices.get()
    device.password, device.keys = "s3cret", "msbE74gsiSHSEh5e"
    device.save()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM registry_device")
        dump = repr(cursor.fetchall())
    assert "s3cret" not in dump
    assert "msbE74gsiSHSEh5e" not in dump
    again = Device.objects.get()
    assert (again.password, again.key_bytes) == ("s3cret", (b"msbE74gsiSHSEh5e",))


def test_the_same_text_never_looks_the_same_twice():
    assert seal("123456") != seal("123456")


def test_empty_stays_empty():
    assert (seal(""), unseal("")) == ("", "")


def test_values_sealed_under_an_old_key_open_after_a_rotation(settings):
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.ZHIHUAN_SEALING_KEYS = [old]
    token = seal("123456")
    settings.ZHIHUAN_SEALING_KEYS = [new, old]
    assert unseal(token) == "123456"


def test_a_lost_key_is_told_with_what_to_do(settings):
    token = seal("123456")
    settings.ZHIHUAN_SEALING_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(SealBrokenError, match=r"restore the sealing key.*sealing\.key"):
        unseal(token)
