"""The written dictionary says what the models say."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from zhihuan.bureau.dictionary.document import as_csv, as_json, as_markdown
from zhihuan.bureau.dictionary.entry import entries

PAGE = Path(__file__).parents[3] / "docs" / "data-dictionary.md"


def test_the_page_in_docs_is_the_dictionary_of_today():
    assert PAGE.read_text("utf-8") == as_markdown(entries()), (
        "run: zhihuan dictionary > docs/data-dictionary.md"
    )


def test_csv_and_json_have_every_field_once():
    keys = [each.key for each in entries()]
    rows = list(csv.DictReader(io.StringIO(as_csv(entries()))))
    assert [f"{row['表']}.{row['字段']}" for row in rows] == keys
    assert [f"{each['model']}.{each['field']}" for each in json.loads(as_json(entries()))] == keys
    plate = next(row for row in rows if row["字段"] == "plate")
    assert plate["必填"] == "是"
    assert plate["个人信息"] == ""
