"""Seal text that must not be readable in a database dump: device passwords and keys.

Sealed with the first of ``settings.ZHIHUAN_SEALING_KEYS`` (Fernet: AES-128-CBC and HMAC-SHA-256),
opened with any of them, so that keys can be rotated. It does not hide the text from whoever holds
both the database and the sealing key, and it refuses to return garbage: a value sealed under a key
that is gone raises ``SealBrokenError``.
"""

from __future__ import annotations

import functools

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class SealBrokenError(ValueError):
    """A sealed value cannot be opened with any configured key."""

    def __init__(self) -> None:
        super().__init__(
            "a sealed value (device password or key) cannot be opened: restore the sealing key it "
            "was written with (file sealing.key in ZHIHUAN_HOME, or ZHIHUAN_SEALING_KEYS), or enter "
            "the value again"
        )


@functools.lru_cache(maxsize=4)
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def seal(text: str) -> str:
    """The sealed form of ``text``; empty stays empty."""
    if not text:
        return ""
    return _fernet(tuple(settings.ZHIHUAN_SEALING_KEYS)).encrypt(text.encode()).decode()


def unseal(token: str) -> str:
    """The text back. Raises ``SealBrokenError`` when no configured key fits."""
    if not token:
        return ""
    try:
        return _fernet(tuple(settings.ZHIHUAN_SEALING_KEYS)).decrypt(token.encode()).decode()
    except InvalidToken as error:
        raise SealBrokenError from error
