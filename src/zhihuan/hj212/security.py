"""SM4 encryption of the CP, as HJ 212-2025 asks for on the Internet (6.4 and A.2, at second hand).

The text between ``CP=&&`` and the final ``&&`` is cut into blocks of 16 bytes, each is encrypted
by itself (ECB, 128-bit key) and the rest, shorter than 16, stays in clear. Length field and CRC are
those of the plain segment; as raw bytes the cipher is as long as the plain text, so both fit.

Annex A.2 *prints* the cipher as ``{0xE4,0x3E,…}g=N``. Some devices send that print. Both forms are
read; only raw bytes are sent.

Refuses to call this integrity: ECB without a MAC leaks repeats and lets blocks be swapped. It is
done for compliance; the line still needs TLS or a VPN.
"""

from __future__ import annotations

import re
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers import Cipher, CipherContext, modes
from cryptography.hazmat.primitives.ciphers.algorithms import SM4

__all__ = ["decrypt_segment", "encrypt_segment", "looks_encrypted", "must_encrypt"]

BLOCK = 16
CP_OPEN = b"CP=&&"
CP_CLOSE = b"&&"


@lru_cache(maxsize=4096)
def _cipher(key: bytes) -> Cipher[modes.ECB]:
    return Cipher(SM4(key), modes.ECB())  # noqa: S305 - the standard prescribes ECB


def _whole_blocks(context: CipherContext, text: bytes) -> bytes:
    whole = len(text) - len(text) % BLOCK
    return context.update(text[:whole]) + text[whole:]


def _replace_cp(segment: bytes, text: bytes) -> bytes:
    head, mark, _ = segment.partition(CP_OPEN)
    return head + mark + text + CP_CLOSE


def _cp_of(segment: bytes) -> bytes:
    """The bytes between ``CP=&&`` and the final ``&&``. ValueError if there are none such."""
    _, mark, rest = segment.partition(CP_OPEN)
    if not mark or not rest.endswith(CP_CLOSE):
        raise ValueError("no CP=&&…&& in the segment")
    return rest[:-2]


def encrypt_segment(segment: bytes, key: bytes) -> bytes:
    """A plain data segment with its CP encrypted, as raw bytes of the same length.

    ``key`` has 16 bytes. ValueError if the segment has no CP.
    """
    return _replace_cp(segment, _whole_blocks(_cipher(key).encryptor(), _cp_of(segment)))


def decrypt_segment(segment: bytes, key: bytes) -> bytes:
    """The reverse. A wrong key gives noise, not an error: check CRC and grammar."""
    return _replace_cp(segment, _whole_blocks(_cipher(key).decryptor(), _cp_of(segment)))


def must_encrypt(cn: str) -> bool:
    """Whether a device must encrypt this command: 2000 to 2999, 1014, 3020 (6.4.4)."""
    return cn[:1] == "2" or cn in ("1014", "3020")


# --- the cipher printed as text ---------------------------------------------------------------------

_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_PRINT = re.compile(rb"\{((?:0[xX][0-9A-Fa-f]{2}, ?)*0[xX][0-9A-Fa-f]{2})\}")
_PRINT_OPEN = re.compile(rb"CP=&&(?=\{(0[xX][0-9A-Fa-f]{2},( ?)0[xX])?)")


def measure_printed(segment: bytes, declared: int) -> int | None:
    """How long a segment with a printed cipher is as sent; None if its CP is none such.

    ``segment`` is what has come of it, ``declared`` its length field, which counts the plain text
    and so tells how many blocks there are and how long the clear rest is. How each byte is printed
    (``,`` or ``, ``) is seen from the first two.
    """
    opened = _PRINT_OPEN.search(segment, 0, 512)
    if opened is None or opened.group(1) is None:
        return None
    blocks, tail = divmod(declared - opened.end() - len(CP_CLOSE), BLOCK)
    if blocks < 1:
        return None
    blank = len(opened.group(2))
    printed = len("{") + blocks * BLOCK * (len("0xE4,") + blank) - len(",") - blank + len("}")
    return opened.end() + printed + tail + len(CP_CLOSE)


def unprint(segment: bytes) -> bytes | None:
    """A segment with its printed cipher turned into raw bytes; None if there is no such print."""
    opened = _PRINT_OPEN.search(segment, 0, 512)
    printed = _PRINT.match(segment, opened.end()) if opened else None
    if opened is None or printed is None:
        return None
    raw = bytes(int(byte, 16) for byte in printed.group(1).split(b","))
    return segment[: opened.end()] + raw + segment[printed.end() :]


def looks_encrypted(segment: bytes) -> bool:
    """Whether the CP cannot be plain text: control bytes, no UTF-8, or a printed cipher.

    Four blocks of cipher without a control byte come once in 7000, and even then hardly as UTF-8.
    """
    _, mark, rest = segment.partition(CP_OPEN)
    if not mark or not rest.endswith(CP_CLOSE):
        return False
    if rest.startswith(b"{0") or _CONTROL.search(rest, 0, 4 * BLOCK):
        return True
    try:
        rest.decode()
    except UnicodeDecodeError:
        return True
    return False
