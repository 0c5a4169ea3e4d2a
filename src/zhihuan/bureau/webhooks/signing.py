"""Signatures as Standard Webhooks has them: HMAC-SHA256 over id, timestamp and body.

    webhook-id: msg_…            the same on every attempt: receivers drop what they had
    webhook-timestamp: 1764400000
    webhook-signature: v1,<base64> v1,<base64>     one for each secret in force

A secret is ``whsec_`` and 32 random bytes in base64. Source: https://www.standardwebhooks.com (specification 1.0).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets as chance
from collections.abc import Sequence

PREFIX = "whsec_"
_BYTES = 32


def new_secret() -> str:
    """A secret that nobody has seen."""
    return PREFIX + base64.b64encode(chance.token_bytes(_BYTES)).decode()


def headers_for(
    message_id: str, seconds: int, body: bytes, secrets: Sequence[str]
) -> dict[str, str]:
    """The three headers of a message. ``seconds``: epoch, of this attempt."""
    signatures = [signature(secret, message_id, seconds, body) for secret in secrets]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": " ".join(signatures),
    }


def signature(secret: str, message_id: str, seconds: int, body: bytes) -> str:
    """``v1,`` and the code in base64."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message_id}.{seconds}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
