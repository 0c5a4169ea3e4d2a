"""The keys an installation needs, generated on first run and kept in its home folder.

A key is never part of the repository and never printed. Files are written with mode 600, and an
existing file is never overwritten: losing a key loses sessions or device passwords.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from cryptography.fernet import Fernet

from zhihuan.web.environment import BadSettingError, is_fernet_key


def _kept(path: Path, generate: Callable[[], str]) -> str:
    """The text of ``path``; when it does not exist, what ``generate`` gives, written first.

    Two processes that start together agree: the file is created exclusively, the loser reads.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        _write_once(path, generate())
    return path.read_text("ascii").strip()


def _write_once(path: Path, text: str) -> None:
    whole = path.with_name(f".{path.name}.{os.getpid()}")
    whole.write_text("", "ascii")
    whole.chmod(0o600)
    whole.write_text(f"{text}\n", "ascii")
    try:
        path.hardlink_to(whole)
    except FileExistsError:
        pass
    finally:
        whole.unlink()


def put_key(path: Path, text: str) -> bool:
    """Write a key that was kept elsewhere; False when another one is there already."""
    return _kept(path, lambda: text) == text


def secret_key(home: Path, given: str = "") -> str:
    """Django's SECRET_KEY: the given one, else the home folder's."""
    return given or _kept(home / "secret.key", lambda: secrets.token_urlsafe(64))


def sealing_keys(home: Path, given: list[str]) -> list[str]:
    """The Fernet keys that seal device passwords, newest first; BadSettingError on a damaged file."""
    if given:
        return given
    path = home / "sealing.key"
    key = _kept(path, lambda: Fernet.generate_key().decode())
    if not is_fernet_key(key):
        raise BadSettingError(
            f"{path} does not hold a sealing key (32 bytes, URL-safe base64): restore it from its "
            "backup; a new key cannot open what is sealed already"
        )
    return [key]
