"""What the web's tests may ask for beside the common cast: browsers, security keys, and the trial case of
``tests/bureau/matters`` with its people."""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

_CASES = Path(__file__).parents[1] / "bureau" / "matters" / "conftest.py"
_spec = importlib.util.spec_from_file_location("cases_of_matters", _CASES)
_cases: Any = importlib.util.module_from_spec(_spec)
sys.modules[_spec.name] = _cases  # dataclasses look their module up
_spec.loader.exec_module(_cases)

case, cast, walk, filed = _cases.case, _cases.cast, _cases.walk, _cases.filed


@pytest.fixture
def browse(platform_store: Any) -> Callable[[Any], Client]:
    """``browse(user)``: a browser in which they are signed in. The frame of every page asks the store
    whether there is synthetic data."""

    def signed_in(user: Any) -> Client:
        browser = Client()
        browser.force_login(user)
        return browser

    return signed_in


@pytest.fixture
def give_key() -> Callable[..., Any]:
    """``give_key(user, pk=7)``: a security key of theirs as it lies in the database once added."""
    from allauth.mfa.models import Authenticator
    from cryptography.hazmat.primitives.asymmetric import ec
    from fido2.cose import ES256
    from fido2.utils import websafe_encode
    from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

    def give(user: Any, **given: Any) -> Any:
        public = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
        attested = AttestedCredentialData.create(Aaguid.NONE, b"k" * 32, public)
        flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT
        told = AuthenticatorData.create(hashlib.sha256(b"localhost").digest(), flags, 1, attested)
        made = AttestationObject.create("none", told, {})
        told_by_browser = (
            b'{"type":"webauthn.create","challenge":"AA","origin":"https://eco.example"}'
        )
        credential = {"id": websafe_encode(b"k" * 32), "rawId": websafe_encode(b"k" * 32),
                      "type": "public-key", "response": {
                          "clientDataJSON": websafe_encode(told_by_browser),
                          "attestationObject": websafe_encode(bytes(made))}}  # fmt: skip
        data = {"name": "值班室密钥", "credential": credential}
        kind = Authenticator.Type.WEBAUTHN
        return Authenticator.objects.create(user=user, type=kind, data=data, **given)

    return give
