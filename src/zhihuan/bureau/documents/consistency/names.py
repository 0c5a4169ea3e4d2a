"""One body, one name, one code: the same in every paper of the file."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from zhihuan.bureau.documents.consistency.case_file import CaseFile, Paper
from zhihuan.bureau.documents.consistency.finding import Finding, Weight
from zhihuan.bureau.documents.reading.bodies import alike, codes_in, labelled_bodies_in
from zhihuan.bureau.people.credit_code import is_consistent
from zhihuan.bureau.people.resident_number import looks_resident

__all__ = ["codes", "party_names"]


def party_names(file: CaseFile) -> Iterator[Finding]:
    """The party's name is written alike everywhere it is labelled as the party."""
    if not file.party:
        return
    for paper in file.standing:
        for name in labelled_bodies_in(paper.text, file.party):
            if name != file.party:
                yield _other_name(file, paper, name)


def _other_name(file: CaseFile, paper: Paper, name: str) -> Finding:
    near = alike(name, file.party)
    words = (
        _("当事人名称疑有错字：写作“%(name)s”，登记为“%(party)s”")
        if near
        else _("当事人名称不一致：写作“%(name)s”，登记为“%(party)s”")
    )
    return Finding(
        "party_name",
        words % {"name": name, "party": file.party},
        paper.name,
        _("核对营业执照，改正文书或企业登记后重新制作文书"),
        Weight.WRONG if near else Weight.LOOK,
    )


def codes(file: CaseFile) -> Iterator[Finding]:
    """Every credit code is the party's and holds its own check character."""
    for paper in file.standing:
        for code in codes_in(paper.text):
            if looks_resident(code) or code in file.identity_numbers:
                continue  # eighteen signs too, and no page quotes them
            if file.credit_code and code != file.credit_code and alike(code, file.credit_code):
                yield _code(
                    paper,
                    _("统一社会信用代码疑有错字：写作 %(code)s，登记为 %(known)s")
                    % {"code": code, "known": file.credit_code},
                )
            elif not _holds(code) and code != file.credit_code:
                yield _code(paper, _("统一社会信用代码 %(code)s 的校验位不符") % {"code": code})


def _holds(code: str) -> bool:
    try:
        return is_consistent(code)
    except ValueError:  # a sign no code has
        return False


def _code(paper: Paper, what: str) -> Finding:
    return Finding("credit_code", what, paper.name, _("核对营业执照上的代码并改正"))
