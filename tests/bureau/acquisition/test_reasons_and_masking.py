"""Every reason has words; no secret survives masking."""

from __future__ import annotations

import pytest

from zhihuan.bureau.acquisition import reasons
from zhihuan.bureau.acquisition.masking import masked
from zhihuan.hj212.errors import Reason
from zhihuan.telemetry.refusals import Refusal


def test_every_reason_of_codec_and_gateway_has_words_and_no_other():
    assert reasons.codes() == {*map(str, Reason), *map(str, Refusal)}


def test_an_unknown_reason_is_shown_as_itself():
    assert reasons.reason_words("brand_new").name == "brand_new"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"ST=32;PW=123456;MN=1", b"ST=32;PW=******;MN=1"),
        (b"pw=;MN=1", b"pw=******;MN=1"),
        (b"CP=&&NewPW=abc&&", b"CP=&&NewPW=******&&"),
        (b"SKCreateTime=1,NewSK=0123456789abcdef&&", b"SKCreateTime=1,NewSK=******&&"),
        (b"a01001-Rtd=1.0", b"a01001-Rtd=1.0"),
        (b"PW=123456", b"PW=******"),
        (b"PW=1;PW=2", b"PW=******;PW=******"),
    ],
)
def test_secrets_are_masked_wherever_they_stand(raw, expected):
    assert masked(raw) == expected
