"""Names are for people: those that lead somewhere, look like another or would be run are refused."""

from __future__ import annotations

import pytest

from zhihuan.bureau.vault.naming import checked_name, ending_of
from zhihuan.bureau.vault.refusals import RefusedFileError


@pytest.mark.parametrize(
    "name",
    ["现场照片（一）.jpg", "应急预案 2026-11-03 v1.2.pdf", "检测报告.2026.docx", "IMG_0012.JPG"],
)
def test_ordinary_names_are_kept(name: str) -> None:
    assert checked_name(name) == name


def test_a_name_is_kept_in_one_form() -> None:
    assert checked_name(" re\u0301sume\u0301.pdf") == "résumé.pdf"


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd", "..\\..\\boot.ini", "C:evil.jpg", "photo.jpg:stream", ".htaccess", "a.jpg.",
        "photo\u202egpj.exe", "a\u200b.jpg", "a\0.jpg", "a\n.jpg", "", " ", "x" * 200 + ".jpg",
        "CON.jpg", "lpt1", "shell.php.jpg", "报告.EXE.pdf", "a.html .jpg",
    ],
)  # fmt: skip
def test_names_that_deceive_or_lead_somewhere_are_refused_with_what_to_do(name: str) -> None:
    with pytest.raises(RefusedFileError) as refused:
        checked_name(name)
    assert refused.value.code == "name"
    assert "改名" in refused.value.mend


def test_the_ending_is_the_last_one() -> None:
    assert ending_of("A.TAR.GZ") == "gz"
    assert ending_of("README") == ""
