"""Signatures are those of Standard Webhooks: its own published example, and a check written apart."""

from __future__ import annotations

import base64
import hashlib
import hmac

from zhihuan.bureau.webhooks.signing import headers_for, new_secret, signature

#: The example of the specification's reference libraries.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
MESSAGE, SECONDS, BODY = "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'
SIGNED = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_published_example_comes_out():
    assert signature(SECRET, MESSAGE, SECONDS, BODY) == SIGNED


def test_every_secret_in_force_signs():
    former = new_secret()
    headers = headers_for(MESSAGE, SECONDS, BODY, [SECRET, former])
    one, two = headers["webhook-signature"].split(" ")
    key = base64.b64decode(former.removeprefix("whsec_"))
    text = f"{MESSAGE}.{SECONDS}.".encode() + BODY
    code = hmac.new(key, text, hashlib.sha256).digest()
    assert (one, two) == (SIGNED, "v1," + base64.b64encode(code).decode())
    assert (headers["webhook-id"], headers["webhook-timestamp"]) == (MESSAGE, str(SECONDS))


def test_secrets_have_256_random_bits_and_are_never_alike():
    made = {new_secret() for _n in range(50)}
    assert len(made) == 50
    assert {len(base64.b64decode(each.removeprefix("whsec_"))) for each in made} == {32}
