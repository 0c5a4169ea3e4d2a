"""Evidence of a case: samples recorded, reports told, laboratories qualified, more than somebody's words."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from zhihuan.bureau.documents.consistency.case_file import CaseFile, Paper
from zhihuan.bureau.documents.consistency.finding import Finding, Weight

__all__ = ["more_than_words", "qualified", "reports_told", "samples_recorded"]

_EXAMINED = ("test", "appraise")
_RECORDS = ("inspection_record", "scene_record", "sampling_record")
#: Papers by which a party learns of results: of the case itself, of the inspection it grew from.
_TOLD_BY = ("results_notice", "result_notice")
_WORDS = frozenset({"statement", "testimony"})


def _all(file: CaseFile) -> tuple[Paper, ...]:
    return (*file.beside, *file.standing)


def _has_report(file: CaseFile) -> bool:
    return bool(file.taken("test_back", "appraise_back")) or any(
        each.kind == "appraisal" for each in file.exhibits
    )


def samples_recorded(file: CaseFile) -> Iterator[Finding]:
    """What a laboratory examined was taken on record."""
    if not file.taken("test") and not any(each.kind == "appraisal" for each in file.exhibits):
        return
    papers = [each for each in _all(file) if each.code in _RECORDS]
    if any(each.code == "sampling_record" or "采样" in each.text for each in papers):
        return
    yield Finding(
        "sampling_unrecorded",
        _("有监测、检测报告，而笔录和采样记录都没有写明采样"),
        "、".join(each.name for each in papers) or _("案卷中没有现场笔录"),
        _("补充采样记录，写明采样时间、位置、样品编号和采样人，由当事人核对"),
    )


def reports_told(file: CaseFile) -> Iterator[Finding]:
    """Results used as evidence were told to the party. Source: 生态环境行政处罚办法."""
    if not _has_report(file) or file.taken("tell_results"):
        return
    if any(each.code in _TOLD_BY for each in _all(file)):
        return
    yield Finding(
        "report_untold",
        _("监测、鉴定结果没有告知当事人的记录"),
        _("办理经过"),
        _("办理“告知监测（鉴定）结果”，听取当事人意见后再引用"),
    )


def qualified(file: CaseFile) -> Iterator[Finding]:
    """A laboratory's CMA and the items within its scope are on record. Whether the scope is right nobody sees here."""
    for act in file.taken("test"):
        if not file.said.get("test", {}).get("cma"):
            yield Finding(
                "cma_missing",
                _("没有写明检测机构资质认定（CMA）证书编号和项目范围"),
                _("办理经过：%(act)s") % {"act": act.title},
                _("核对资质认定证书和能力附表，附卷并写明；所测项目不在范围内的报告不作证据"),
            )
            return


def more_than_words(file: CaseFile) -> Iterator[Finding]:
    """Not only what the party or a witness said."""
    if not file.taken("question", "report"):
        return
    looked = file.taken("inspect", "test_back", "appraise_back", "lock")
    things = [each for each in file.exhibits if each.kind not in _WORDS]
    seen = [each for each in file.beside if each.code in _RECORDS]
    if looked or things or seen:
        return
    yield Finding(
        "only_words",
        _("案卷中只有当事人陈述或者证言，没有其他证据"),
        _("证据目录"),
        _("补充现场检查笔录、照片、监测数据或者书证，相互印证"),
        Weight.WRONG,
    )
