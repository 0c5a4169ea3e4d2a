"""``zhihuan dictionary`` writes what the page in docs holds."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from zhihuan.cli.dictionary import command

PAGE = Path(__file__).parents[2] / "docs" / "data-dictionary.md"


def test_markdown_is_the_page_and_json_is_read():
    assert CliRunner().invoke(command).output == PAGE.read_text("utf-8")
    fields = json.loads(CliRunner().invoke(command, ["--format", "json"]).output)
    assert {"model", "field", "meaning", "is_personal"} <= set(fields[0])
