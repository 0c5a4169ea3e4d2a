"""Write the templates of penalty cases: ``python scripts/write_enforcement_documents.py``.

What stands in them is in ``enforcement_documents.yaml`` beside: letters have a ``body``, forms that are one table a ``form``,
lists a ``list``; ``identity`` tells who the party is: ``full`` with the number of a person's identity document, ``masked``
without. The .docx files are the templates from then on: lawyers edit them in a word processor. Running this
again undoes their edits.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from official_document import ORGAN, body, form, listed, sheet, signed

FOLDER = Path(__file__).parents[1] / "src/zhihuan/lines/enforcement/documents"
SOURCE = Path(__file__).with_name("enforcement_documents.yaml")
SEALED = ("{{ issuer.name }}（印章）", "{{ document.day | day_in_characters }}")
#: A number and an address of a person: in full where the law wants the person named by them, else masked.
FULL = ("line.identity.number | opened", "line.identity.address | opened")
MASKED = ("line.identity.number.shown", "line.identity.address.shown")
LISTED = (
    "{% for each in FACT %}{{ line.words[each] }}{% if not loop.last %}、{% endif %}{% endfor %}"
)
OFFICERS = (
    "{% for each in WHOSE.officers %}{{ each.name }}（执法证号 {{ each.certificate }}）"
    "{% if not loop.last %}、{% endif %}{% endfor %}"
)
WHO = (
    "{% if line.identity.is_person %}{{ line.identity.document or '身份证件未登记' }}，证件号码：{{ NUMBER }}，住址：{{ ADDRESS }}"
    "{% else %}统一社会信用代码{{ party.credit_code or '无' }}，地址{{ line.address }}，法定代表人（负责人）{{ line.head }}{% endif %}"
    "{% if line.identity.is_individual %}，经营者{{ line.identity.name }}，{{ line.identity.document or '身份证件未登记' }}，"
    "证件号码：{{ NUMBER }}{% endif %}"
)
#: Who took a step that the case may have gone without, and when.
TAKEN = "{% if 'STEP' in done %}{{ done.STEP.actor }}　{{ done.STEP.at | day }}{% endif %}"


def main() -> None:
    """Write all."""
    FOLDER.mkdir(exist_ok=True)
    for name, told in yaml.safe_load(SOURCE.read_text("utf-8")).items():
        _written(told).save(str(FOLDER / f"{name}.docx"))


def _written(told: dict[str, Any]) -> Any:
    number = "{{ document.number }}" if told.get("numbered") else ""
    document = sheet(told["title"], number, organ=told.get("organ", ORGAN))
    if told.get("to"):
        body(document, (f"={told['to']}：",))
    if told.get("identity"):
        body(document, _identity(*(FULL if told["identity"] == "full" else MASKED)))
    if "form" in told:
        form(document, [_spelt_row(each) for each in told["form"]])
    if "list" in told:
        columns = told["list"]
        heads = {name: float(width) for name, (width, _text) in columns["columns"].items()}
        texts = [_spelt(text) for _width, text in columns["columns"].values()]
        listed(document, heads, columns["each"], texts)
    body(document, [_spelt(text) for text in told.get("body", ())])
    below = told.get("signed", () if "form" in told else SEALED)
    signed(document, [_spelt(text) for text in below])
    return document


def _identity(number: str, address: str) -> tuple[str, ...]:
    """Who the party is, below the address of a letter. Source: 行政处罚法 §59(1)(1)."""
    document = (
        "身份证件：{{ line.identity.document or '未登记' }}　证件号码：{{ (NUMBER) or '未登记' }}"
    ).replace("NUMBER", number)
    return (
        "{%p if line.identity.is_person %}",
        f"={document}",
        f"=住址：{{{{ {address} }}}}",
        "{%p else %}",
        "=统一社会信用代码：{{ party.credit_code or '无' }}",
        "=地址：{{ line.address }}　法定代表人（负责人）：{{ line.head }}",
        "{%p endif %}",
        "{%p if line.identity.is_individual %}",
        f"=经营者：{{{{ line.identity.name }}}}　{document}",
        "{%p endif %}",
    )


def _spelt_row(row: Any) -> Any:
    if isinstance(row, str):
        return _spelt(row)
    return {name: _spelt(text) if isinstance(text, str) else text for name, text in row.items()}


def _spelt(text: str) -> str:
    """[[fact]]: the words of a list of codes; [[officers]], [[officers step]]: names and certificates;
    [[taken step]]: who took it and when; [[who full]], [[who masked]]: the party's code, address and head, or the person's
    document and address."""
    return re.sub(r"\[\[(.+?)\]\]", lambda found: _macro(found[1]), text)


def _macro(told: str) -> str:
    name, _blank, step = told.partition(" ")
    if name == "who":
        number, address = FULL if step == "full" else MASKED
        return WHO.replace("NUMBER", number).replace("ADDRESS", address)
    if name == "officers":
        return OFFICERS.replace("WHOSE", f"done.{step}" if step else "step")
    return TAKEN.replace("STEP", step) if name == "taken" else LISTED.replace("FACT", told)


if __name__ == "__main__":
    main()
