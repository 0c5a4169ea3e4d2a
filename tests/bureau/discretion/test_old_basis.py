"""The law before the Code is cited in full, and nothing is made up where the list does not name it."""

from __future__ import annotations

import pytest

from zhihuan.bureau.discretion import case_types
from zhihuan.bureau.discretion.old_basis import old_basis_words


@pytest.mark.parametrize(
    ("noted", "told"),
    [
        ("水法83(2);大气法99(2)",
         "《中华人民共和国水污染防治法》第八十三条第二项；《中华人民共和国大气污染防治法》第九十九条第二项"),
        ("环评法31.1-2(总投资1%-5%)", "《中华人民共和国环境影响评价法》第三十一条第一款、第二款（总投资1%-5%）"),
        ("固废法112(1)(10-100)", "《中华人民共和国固体废物污染环境防治法》第一百一十二条第一项（10-100万元）"),
        ("固废法102/112", "《中华人民共和国固体废物污染环境防治法》第一百零二条、第一百一十二条"),
        ("放射法54-55", "《中华人民共和国放射性污染防治法》第五十四条至第五十五条"),
        ("披露办法28(1-10万)", "《企业环境信息依法披露管理办法》第二十八条（1-10万）"),
        ("水法93(2-10)", "《中华人民共和国水污染防治法》第九十三条（2-10万元）"),
        ("碳条例", "《碳排放权交易管理暂行条例》"),
        ("新增", "新增"),
        ("新增/水法94", "新增/水法94"),
        ("", ""),
    ],
)  # fmt: skip
def test_notes_become_citations(noted, told):
    assert old_basis_words(noted) == told


def test_nearly_every_note_of_the_list_names_its_law_in_full():
    noted = [each.old_basis for each in case_types().values() if each.old_basis]
    short = [each for each in noted if "《" not in old_basis_words(each)]
    assert len(short) <= 8, short
