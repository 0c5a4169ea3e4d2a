"""The curl examples of docs/api.md are run, and answer."""

from __future__ import annotations

import datetime as dt
import re
import shlex
from pathlib import Path

import pytest
from django.utils import timezone

from zhihuan.bureau.access.issuing import issue

PAGE = Path(__file__).parents[3] / "docs" / "api.md"


def examples() -> list[str]:
    blocks = re.findall(r"```bash\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    text = "\n".join(blocks).replace("\\\n", " ")
    return [line for line in text.splitlines() if line.startswith("curl")]


@pytest.fixture
def city(here, platform_store, settings):
    here.point.code = "WS-001"
    here.point.save()
    return here


def call(client, line: str, token: str):
    """What curl would do with the line, on the test client."""
    words = shlex.split(line.replace("$TOKEN", token).replace("$ZHIHUAN", ""))[1:]
    headers, method, body, address = {}, "GET", "", ""
    while words:
        word = words.pop(0)
        if word == "-H":
            name, value = words.pop(0).split(": ", 1)
            headers[name] = value
        elif word == "-X":
            method = words.pop(0)
        elif word == "-d":
            body = words.pop(0)
        elif word != "-s":
            address = word
    kind = headers.pop("Content-Type", "application/octet-stream")
    return client.generic(method, address, body, kind, headers=headers)


@pytest.mark.parametrize("line", examples())
def test_the_examples_answer(line, city, client, person):
    keeper = person("档案管理员")
    end = timezone.now() + dt.timedelta(days=1)
    scopes = keeper.get_all_permissions()
    token = issue(keeper, name="例", scopes=scopes, expires_at=end, by=keeper).text
    answer = call(client, line, token)
    assert answer.status_code == 200, answer.content.decode()


def test_there_are_examples():
    assert len(examples()) >= 8
