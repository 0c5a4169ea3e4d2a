"""Cursors: where a page of a list ended, signed, so that nobody can make one up.

A cursor belongs to one list and one question (its filters). It holds the last row's key and no
secret; whoever passes it on shows nobody more than their own scope.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _
from pydantic import Field

from zhihuan.web.api.problem import BAD_CURSOR, FieldError, Problem

LONGEST = 1_000
#: The parameter of every list by pages.
CURSOR: Any = Field(
    "",
    title="游标",
    description="Where the page before ended, as its `next` has it; other parameters must stay",
    max_length=LONGEST,
)
_SALT = "zhihuan.api.cursor"


def question_of(name: str, asked: Mapping[str, Any]) -> str:
    """A short digest of what a list was asked, without cursor and page size."""
    kept = {key: value for key, value in asked.items() if key not in {"cursor", "limit"}}
    text = json.dumps([name, kept], sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def write_cursor(question: str, last: Any) -> str:
    """The cursor behind the row with key ``last`` (JSON)."""
    return signing.dumps([question, last], salt=_SALT)


def read_cursor(question: str, text: str) -> Any:
    """The key a cursor holds. Raises ``Problem`` for one that is changed or of another question."""
    try:
        if len(text) > LONGEST:
            raise signing.BadSignature
        asked, last = signing.loads(text, salt=_SALT)
    except (signing.BadSignature, ValueError) as error:
        raise _bad(_("游标不完整或被改动过。")) from error
    if asked != question:
        raise _bad(_("游标属于另一次查询：翻页时其他参数须保持不变。"))
    return last


def _bad(what: str) -> Problem:
    how = _("请原样使用上一页答复中的 next；或去掉 cursor 从头查询。")
    return Problem(BAD_CURSOR, what, [FieldError("cursor", what, how)])
