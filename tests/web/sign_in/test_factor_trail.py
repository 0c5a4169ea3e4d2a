"""What becomes of somebody's second factors stands in the trail, or has not happened."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData
from tests.web.sign_in.conftest import PASSWORD

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.web.audit.words import ACTIONS
from zhihuan.web.sign_in import factor_trail, listening

PAGE = "/accounts/factors/"


@pytest.fixture
def officer(member):
    return member("值班员")


@pytest.fixture
def browser(officer, signed_in):
    browser = signed_in(officer)
    browser.post("/accounts/confirm/", {"password": PASSWORD})
    return browser


def trail() -> list[tuple[str, str]]:
    """Act and kind of factor, of the acts on factors."""
    rows = AuditEntry.objects.filter(action__endswith="_factor").order_by("id")
    return [(row.action.removeprefix("account."), row.detail["factor"]) for row in rows]


class Key:
    """A security key in software: what a browser tells of it when it is asked with a challenge."""

    _ID = b"n" * 32

    def __init__(self) -> None:
        self._private = ec.generate_private_key(ec.SECP256R1())

    def made(self, challenge: str) -> str:
        public = ES256.from_cryptography_key(self._private.public_key())
        attested = AttestedCredentialData.create(Aaguid.NONE, self._ID, public)
        told = self._told(AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT, 1, attested)
        made = bytes(AttestationObject.create("none", told, {}))
        return self._answer("create", challenge, attestationObject=made)

    def used(self, challenge: str) -> str:
        told = self._told(AuthenticatorData.FLAG.UP, 2)
        signed = told + hashlib.sha256(self._client_data("get", challenge)).digest()
        signature = self._private.sign(signed, ec.ECDSA(hashes.SHA256()))
        return self._answer("get", challenge, authenticatorData=told, signature=signature)

    def _told(self, flags: Any, count: int, *attested: Any) -> AuthenticatorData:
        site = hashlib.sha256(b"testserver").digest()
        return AuthenticatorData.create(site, flags, count, *attested)

    def _client_data(self, act: str, challenge: str) -> bytes:
        told = {"type": f"webauthn.{act}", "challenge": challenge, "origin": "https://testserver"}
        return json.dumps(told).encode()

    def _answer(self, act: str, challenge: str, **parts: bytes) -> str:
        parts["clientDataJSON"] = self._client_data(act, challenge)
        number = websafe_encode(self._ID)
        return json.dumps({
            "id": number, "rawId": number, "type": "public-key", "clientExtensionResults": {},
            "response": {name: websafe_encode(bytes(part)) for name, part in parts.items()},
        })  # fmt: skip


def add_key(browser: Any, name: str) -> tuple[Key, Any]:
    key, page = Key(), PAGE + "keys/add/"
    options = browser.get(page).context["js_data"]["creation_options"]["publicKey"]
    given = {"name": name, "credential": key.made(options["challenge"])}
    return key, browser.post(page, given)


def test_an_app_with_its_codes_is_added_and_removed(officer, browser, add_app):
    add_app(browser)
    assert trail() == [("add_factor", "totp"), ("add_factor", "recovery_codes")]
    assert browser.post(PAGE + "totp/remove/").status_code == 302
    assert trail()[2:] == [("remove_factor", "totp"), ("remove_factor", "recovery_codes")]
    entry = AuditEntry.objects.filter(action="account.add_factor").first()
    assert (entry.actor, entry.address) == (officer, "127.0.0.1")
    assert entry.subject == f"account:{officer.username}"


def test_a_key_is_added_renamed_and_removed(officer, browser):
    _key, answer = add_key(browser, "办公室密钥")
    assert answer.status_code == 302
    assert trail() == [("add_factor", "webauthn"), ("add_factor", "recovery_codes")]
    key = officer.authenticator_set.get(type="webauthn")
    browser.post(f"{PAGE}keys/{key.pk}/edit/", {"name": "家里的密钥"})
    browser.post(f"{PAGE}keys/{key.pk}/remove/")
    assert trail()[2:] == [
        ("rename_factor", "webauthn"),
        ("remove_factor", "webauthn"),
        ("remove_factor", "recovery_codes"),
    ]
    rows = AuditEntry.objects.filter(action__endswith="_factor").order_by("id")
    names = [row.detail["name"] for row in rows if "name" in row.detail]
    assert names == ["办公室密钥", "家里的密钥", "家里的密钥"]


def test_codes_are_made_anew_and_shown(browser, add_app):
    add_app(browser)
    assert browser.post(PAGE + "codes/new/").status_code == 302
    assert trail()[2:] == [("reset_factor", "recovery_codes")]
    for _ in range(2):  # they are shown once
        browser.get(PAGE + "codes/")
    assert trail()[3:] == [("show_factor", "recovery_codes")]


def confirmed() -> list[str]:
    rows = AuditEntry.objects.filter(action="account.confirm").order_by("id")
    return [row.detail["factor"] for row in rows]


def test_a_code_asked_for_again_is_written_down(officer, browser, add_app, code_of):
    secret = add_app(browser)
    codes = officer.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()
    for code in (code_of(secret), codes[0]):
        assert browser.post("/accounts/confirm/code/", {"code": code}).status_code == 302
    assert confirmed() == ["totp", "recovery_codes"]
    assert browser.post("/accounts/confirm/code/", {"code": codes[0]}).status_code == 200
    assert confirmed() == ["totp", "recovery_codes"]


def test_so_is_a_key(browser):
    key, _answer = add_key(browser, "x")
    page = "/accounts/confirm/key/"
    options = browser.get(page).context["js_data"]["request_options"]["publicKey"]
    given = {"credential": key.used(options["challenge"])}
    assert browser.post(page, given)["Location"] == "/"
    assert confirmed() == ["webauthn"]


def test_where_the_entry_is_not_written_no_code_is_used_up(
    officer, browser, add_app, code_of, monkeypatch
):
    browser.raise_request_exception = False
    secret = add_app(browser)
    before = list(officer.authenticator_set.values())
    monkeypatch.setattr(listening, "record", _die)
    assert browser.post("/accounts/confirm/code/", {"code": code_of(secret)}).status_code == 500
    assert list(officer.authenticator_set.values()) == before


def test_neither_secrets_nor_codes_enter_the_trail(officer, browser, add_app):
    secret = add_app(browser)
    codes = browser.get(PAGE + "codes/").context["unused_codes"]
    kept = repr(list(AuditEntry.objects.values()))
    assert [each for each in [secret, *codes] if each in kept] == []


def test_a_wrong_code_changes_nothing_but_is_counted(officer, browser):
    browser.get(PAGE + "totp/")
    assert browser.post(PAGE + "totp/", {"code": "000000"}).status_code == 200
    assert trail() == []
    assert not officer.authenticator_set.exists()


def test_the_acts_have_words():
    assert set(factor_trail._ACTS.values()) <= set(ACTIONS)


def _die(*_given: Any, **_more: Any) -> None:
    raise RuntimeError("the machine stops here")


@pytest.mark.parametrize("act", ["totp", "key", "rename", "remove", "codes", "show"])
def test_where_the_entry_is_not_written_nothing_has_changed(
    officer, browser, add_app, give_key, monkeypatch, act
):
    browser.raise_request_exception = False
    key = give_key(officer) if act in ("rename", "remove", "codes", "show") else None
    if act in ("codes", "show"):
        browser.post(PAGE + "codes/new/")
    before = list(officer.authenticator_set.values())
    monkeypatch.setattr(factor_trail, "record", _die)
    answers = {
        "totp": lambda: add_app(browser),
        "key": lambda: add_key(browser, "x")[1],
        "rename": lambda: browser.post(f"{PAGE}keys/{key.pk}/edit/", {"name": "x"}),
        "remove": lambda: browser.post(f"{PAGE}keys/{key.pk}/remove/"),
        "codes": lambda: browser.post(PAGE + "codes/new/"),
        "show": lambda: browser.get(PAGE + "codes/"),
    }
    if act == "totp":
        with pytest.raises(AssertionError):
            answers[act]()
    else:
        assert answers[act]().status_code == 500
    assert list(officer.authenticator_set.values()) == before
