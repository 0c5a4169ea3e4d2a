"""Addresses made of one that was reversed are those that reversing gives, below any prefix."""

from __future__ import annotations

import pytest
from django.urls import NoReverseMatch, reverse, set_script_prefix

from zhihuan.web.addresses import address, record_address


@pytest.fixture
def below_a_prefix():
    set_script_prefix("/platform/")
    yield
    set_script_prefix("/")


@pytest.mark.parametrize("key", [1, 86, 8_602_134_771_093])
@pytest.mark.parametrize("name", ["matter", "alarm", "mark"])
def test_a_record_s_address_is_the_reversed_one(name, key):
    assert record_address(name, key) == reverse(name, args=[key])


def test_a_name_is_reversed_with_its_arguments():
    assert address("matters") == reverse("matters")
    assert address("matters-of", "clue") == reverse("matters-of", args=["clue"])


def test_what_no_room_has_is_no_address():
    assert address("not-built-yet") == ""
    with pytest.raises(NoReverseMatch):
        record_address("not-built-yet", 1)


@pytest.mark.usefixtures("below_a_prefix")
def test_the_prefix_of_the_moment_stands_before():
    assert address("matters") == reverse("matters") == "/platform/matters/"
    assert record_address("matter", 7) == reverse("matter", args=[7])
