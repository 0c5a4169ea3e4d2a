"""Addresses that a page needs many of, made of one that was reversed: to reverse an address takes Django's tables,
the language, the thread and a check, each time anew.

    record_address("matter", row.pk)    as reverse("matter", args=[row.pk])
    address("matters-of", "clue")       as reverse("matters-of", args=["clue"]); "" where nothing has the name

What is kept depends on nothing but the table of addresses and the prefix below which the platform is served,
and is kept for each of those.
"""

from __future__ import annotations

import functools

from django.conf import settings
from django.urls import NoReverseMatch, get_script_prefix, reverse

__all__ = ["address", "record_address"]

#: Stands in the place of a key; no key of any record.
_KEY = 8_602_134_771_093


def record_address(url_name: str, key: int) -> str:
    """The address of that name with one argument, the key of a record. NoReverseMatch."""
    before, after = _around_key(settings.ROOT_URLCONF, get_script_prefix(), url_name)
    return f"{before}{int(key)}{after}"


def address(url_name: str, *arguments: str) -> str:
    """The address of that name, "" while no room has it; for those that every page asks, not for rows."""
    return _address(settings.ROOT_URLCONF, get_script_prefix(), url_name, arguments)


@functools.lru_cache(maxsize=256)
def _around_key(urlconf: str, _prefix: str, url_name: str) -> tuple[str, str]:
    before, _key, after = reverse(url_name, urlconf, args=[_KEY]).rpartition(str(_KEY))
    return before, after


@functools.lru_cache(maxsize=1024)
def _address(urlconf: str, _prefix: str, url_name: str, arguments: tuple[str, ...]) -> str:
    try:
        return reverse(url_name, urlconf, args=arguments)
    except NoReverseMatch:
        return ""
