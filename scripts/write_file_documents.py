"""Write the sheets that every file has, whatever its line: cover, catalogue, note of checking, receipt of service.

    python scripts/write_file_documents.py

The .docx files are the templates from then on; running this again undoes edits made in a word processor.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from official_document import body, form, listed, sheet

FOLDER = Path(__file__).parents[1] / "src/zhihuan/bureau/documents/documents"
ORGAN = "{{ organ }}"


def main() -> None:
    """Write all four."""
    made = {
        "cover": _cover(), "catalogue": _catalogue(), "checking_note": _note(), "service_receipt": _receipt(),
    }  # fmt: skip
    for name, document in made.items():
        document.save(str(FOLDER / f"{name}.docx"))


def _cover() -> Any:
    document = sheet("案卷（{{ volume }}）", organ=ORGAN)
    form(document, [
        {"案件名称": "{{ title }}", "_cm": 1.6},
        {"案由": "{{ case_type }}", "_cm": 1.2},
        {"当事人": "{{ party }}", "统一社会信用代码": "{{ credit_code }}"},
        {"文号": "{{ number }}", "处理结果": "{{ outcome }}"},
        {"立案日期": "{{ begun | day }}", "结案日期": "{{ ended | day }}"},
        {"承办人": "{{ handlers }}", "_cm": 1.2},
        {"件数": "{{ count }}", "页数": "{{ pages }}"},
        {"档号": "{{ archived }}", "保管期限": ""},
        {"归档日期": "", "归档人": ""},
    ])  # fmt: skip
    return document


def _catalogue() -> Any:
    document = sheet("卷内目录", organ=ORGAN)
    form(document, [{"案件名称": "{{ title }}"}, {"当事人": "{{ party }}", "卷别": "{{ volume }}"}])
    document.add_paragraph()
    heads = {
        "序号": 1.2,
        "文号（编号）": 3.1,
        "责任者": 2.6,
        "题名": 4.2,
        "日期": 2.3,
        "页数": 1.2,
        "备注": 1.6,
    }
    answers = ("place", "number", "author", "title", "day", "pages", "note")
    listed(document, heads, "for each in pieces", [f"{{{{ each.{name} }}}}" for name in answers])
    body(document, ("=共 {{ count }} 件，{{ pages }} 页。打印日期：{{ day | day }}",))
    return document


def _note() -> Any:
    document = sheet("卷内备考表", organ=ORGAN)
    form(document, [
        {"案件名称": "{{ title }}"},
        {"卷别": "{{ volume }}", "档号": "{{ archived }}"},
        {"本卷情况说明": (
            "本卷共 {{ count }} 件，{{ pages }} 页。\n文书页数由版式推算，照片每件计一页，录音录像不计页；装订时以实际页数为准。"
            "{% if uncounted %}\n未计页数的 {{ uncounted }} 件。{% endif %}{% if void %}\n含已作废或已撤回的 {{ void }} 件，见目录备注。{% endif %}"
            "\n案卷自检：{% if findings %}须改正或核对 {{ findings }} 处，见“案卷自检.csv”。{% else %}未发现问题。{% endif %}"
        ), "_cm": 9},
        {"立卷人": "", "检查人": ""},
        {"立卷时间": "", "检查时间": ""},
    ])  # fmt: skip
    return document


def _receipt() -> Any:
    document = sheet("送达回证", organ=ORGAN)
    form(document, [
        {"案件名称": "{{ title }}"},
        {"送达文书名称、文号": "{{ document }}"},
        {"受送达人": "{{ recipient }}", "制作日期": "{{ made_on | day }}"},
    ])  # fmt: skip
    document.add_paragraph()
    heads = {
        "送达方式": 2.2,
        "送达日期": 2.3,
        "送达地点": 3.0,
        "签收人（关系）": 2.8,
        "送达人": 2.6,
        "凭证、说明": 3.3,
    }
    answers = ("way", "day", "place", "received", "served_by", "told")
    listed(document, heads, "for each in attempts", [f"{{{{ each.{name} }}}}" for name in answers])
    document.add_paragraph()
    form(document, [
        {"受送达人（签名、盖章）": "\n>年　　月　　日", "_cm": 2},
        {"代收人（签名）及与受送达人的关系": "\n>年　　月　　日", "_cm": 2},
        {"见证人（签名）": "\n", "送达人（签名）": "\n"},
        {"备注": "{{ note }}", "_cm": 1.6},
    ])  # fmt: skip
    return document


if __name__ == "__main__":
    main()
