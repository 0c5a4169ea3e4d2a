"""The curl examples of docs/sensorthings.md are run, and answer."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from zhihuan.web.sensorthings.odata.functions import FUNCTIONS
from zhihuan.web.sensorthings.odata.refusal import Reason
from zhihuan.web.sensorthings.words import WORDS

PAGE = Path(__file__).parents[3] / "docs" / "sensorthings.md"


def examples() -> list[list[str]]:
    blocks = re.findall(r"```bash\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    return [shlex.split(line) for line in "\n".join(blocks).splitlines()]


def test_the_examples_answer(client, city, rows, token_of):
    city["WS-1"].code = "WS-001"
    city["WS-1"].save()
    token = token_of("值班员").token
    answers = [_call(client, words[1:], token) for words in examples()]
    assert [answer.status_code for answer in answers] == [200] * len(answers)
    assert [len(answer.json()["value"]) for answer in answers] == [8, 1, 24]


def _call(client, words, token):
    """What curl would do with the words, on the test client."""
    headers, options, address = {}, {}, ""
    while words:
        word = words.pop(0)
        if word == "-H":
            name, value = words.pop(0).split(": ", 1)
            headers[name] = value.replace("$TOKEN", token)
        elif word == "--data-urlencode":
            name, value = words.pop(0).split("=", 1)
            options[name] = value
        elif not word.startswith("-"):
            address = word.replace("$ZHIHUAN", "")
    return client.get(address, options, headers=headers)


def test_every_function_is_on_the_page():
    text = PAGE.read_text("utf-8")
    assert [name for name in FUNCTIONS if not re.search(rf"\b{re.escape(name)}\b", text)] == []


def test_every_status_of_a_refusal_is_on_the_page():
    errors = PAGE.read_text("utf-8").split("## Errors")[1].split("## From Python")[0]
    statuses = {int(status) for status, _words in WORDS.values()}
    assert set(WORDS) == set(Reason)
    assert all(str(status) in errors for status in statuses | {401, 405, 429, 503})
