"""What is registered about a device is checked where people enter it."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from zhihuan.bureau.registry.models import Device

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("0" * 16, (b"0" * 16,)),
        ("00" * 16, (bytes(16),)),
        ("msbE74gsiSHSEh5e, " + "ff" * 16, (b"msbE74gsiSHSEh5e", b"\xff" * 16)),
    ],
)
def test_keys_are_sixteen_characters_or_their_hexadecimal(text, expected):
    assert Device(mn="1", keys=text).key_bytes == expected


@pytest.mark.parametrize("keys", ["xyz", "00" * 15, "00" * 17, ",".join(["00" * 16] * 3)])
def test_unusable_keys_are_refused(outlet, keys):
    device = outlet.devices.get()
    device.keys = keys
    with pytest.raises(ValidationError, match="密钥"):
        device.full_clean()


def test_encryption_without_a_key_is_refused(outlet):
    device = outlet.devices.get()
    device.encrypted = True
    with pytest.raises(ValidationError, match="须填写密钥"):
        device.full_clean()


@pytest.mark.parametrize("logger_id", ["A;B", "a b", "x" * 65])
def test_a_logger_id_that_would_break_a_frame_is_refused(outlet, logger_id):
    device = outlet.devices.get()
    device.logger_id = logger_id
    with pytest.raises(ValidationError, match="logger_id"):
        device.full_clean()


def test_one_logger_is_one_device(outlet):
    device = outlet.devices.get()
    device.logger_id = "LOGGER-1"
    device.save()
    with pytest.raises(ValidationError, match="one_device_per_logger"):
        Device(mn="X1", point=outlet, logger_id="LOGGER-1").full_clean()
    Device(mn="X2", point=outlet).full_clean()  # any number have none
    Device(mn="X3", point=outlet).save()


def test_a_device_shows_neither_password_nor_key(outlet):
    device = outlet.devices.get()
    device.password = "s3cret"
    assert "s3cret" not in f"{device!r} {device}"
