"""The installation's keys in a file of their own, sealed with a pass phrase.

Never inside the backup: who finds the one must not have the other. Without the sealing keys all data
can be restored, but the passwords and keys of devices stay closed and must be registered anew.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from zhihuan.web.backup.errors import BackupError

_SHORTEST = 12
_COST = {"n": 2**15, "r": 8, "p": 1}
_MEMORY = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Keys:
    """secret: Django's SECRET_KEY. sealing: the Fernet keys, newest first."""

    secret: str
    sealing: list[str]


def identified(sealing: list[str]) -> list[str]:
    """Which keys these are, without giving them away (they are 256 random bits)."""
    return [
        hashlib.sha256(b"zhihuan sealing key " + key.encode()).hexdigest()[:16] for key in sealing
    ]


def write_keys(path: Path, keys: Keys, phrase: str) -> None:
    """Seal ``keys`` into ``path``, mode 600. Raises BackupError for a short phrase."""
    if len(phrase) < _SHORTEST:
        raise BackupError(f"a pass phrase of {_SHORTEST} characters or more is wanted")
    salt = os.urandom(16)
    plain = json.dumps({"secret": keys.secret, "sealing": keys.sealing}).encode()
    sealed = Fernet(_key(phrase, salt)).encrypt(plain).decode()
    text = json.dumps({"form": 1, "kdf": "scrypt", **_COST, "salt": salt.hex(), "sealed": sealed})
    new = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def read_keys(path: Path, phrase: str) -> Keys:
    """The keys in ``path``. Raises BackupError when the phrase is not theirs or the file is damaged."""
    try:
        facts = json.loads(path.read_text("ascii"))
        plain = Fernet(_key(phrase, bytes.fromhex(facts["salt"]))).decrypt(facts["sealed"].encode())
    except OSError as error:
        raise BackupError(f"{path} cannot be read ({error.strerror})") from error
    except (ValueError, KeyError, TypeError) as error:
        raise BackupError(f"{path} is no file of sealed keys, or is damaged") from error
    except InvalidToken as error:
        raise BackupError(
            f"{path} does not open: another pass phrase, or a damaged file"
        ) from error
    return Keys(**json.loads(plain))


def _key(phrase: str, salt: bytes) -> bytes:
    raw = hashlib.scrypt(phrase.encode(), salt=salt, dklen=32, maxmem=_MEMORY, **_COST)
    return base64.urlsafe_b64encode(raw)
