"""A fine under the Code: its own range for the act, and no old maximum ever.

No discretion standard made for the Code is known. A provincial weight table may lend its factors and
weights, with a warning that says so; a band table cannot, since its bands are sums within the old
range, and is refused. Without a table the answer is the range alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from zhihuan.bureau.discretion.answers import counted
from zhihuan.bureau.discretion.asked import Asked
from zhihuan.bureau.discretion.bound import Bound
from zhihuan.bureau.discretion.case_type import CaseType, Tier, case_type
from zhihuan.bureau.discretion.catalogue import table as table_of
from zhihuan.bureau.discretion.errors import AnswerRefusedError, TableRefusedError
from zhihuan.bureau.discretion.money import in_yuan, share_words, sum_words, to_fen
from zhihuan.bureau.discretion.old_basis import old_basis_words
from zhihuan.bureau.discretion.reckoning import Law, Mode, Reckoning, Taken
from zhihuan.bureau.discretion.regulation import annex_ends, code, general_ends, provincial
from zhihuan.bureau.discretion.span import span_of
from zhihuan.bureau.discretion.table import Situation, WeightTable
from zhihuan.bureau.discretion.validity import check_code, check_days
from zhihuan.bureau.discretion.weighing import SITUATION, sum_of
from zhihuan.standards.article import article

__all__ = ["lending", "reckon_under_code"]

_LENT = (
    "待核实：表 {number} 按旧法制定，这里只借用其裁量因素与权重，幅度按法典；"
    "法典的裁量基准公布前，结果仅供参考，不得单独作为裁量依据"
)
_RANGE_ALONE = "法典的裁量基准尚未查到：在法定幅度内综合裁量，并在文书中说明理由"


def reckon_under_code(asked: Asked) -> Reckoning:
    """The range of the act under the Code, and a figure where a weight table lends its factors.

    Raises TableRefusedError for conduct before the Code or a table that cannot lend, AnswerRefusedError
    for an answer that the table does not know or a range that the act does not have.
    """
    if asked.person:
        raise AnswerRefusedError("法典案由对个人的罚款没有裁量表，请按法条幅度办理")
    act = case_type(asked.case_id)
    check_code(asked.act_on)
    check_days(asked.act_on, asked.decided_on)
    chosen = _tier(act, asked.tier)
    base = _base(chosen.bound, asked.bases)
    table = lending(act, asked.factor_set) if asked.factor_set else None
    factors, total, steps = _factors(table, asked.answers)
    amount = _amount(chosen.bound, base, total, steps)
    span = span_of(chosen.bound, base)
    return Reckoning(
        case_id=act.code,
        title=act.name,
        law=Law.CODE,
        mode=Mode.WEIGHTS if table else Mode.RANGE,
        act_on=asked.act_on,
        is_person=False,
        factors=factors,
        total=total,
        statutory=span,
        within=span,
        amount=amount,
        floor="",
        clauses=_clauses(act, table),
        steps=(f"法定幅度（{act.clause}）：{span.words}", *steps),
        warnings=tuple(_warnings(act, chosen, table)),
        asks=(chosen.bound.asks,) if base is None else (),
    )


def lending(act: CaseType, number: str) -> WeightTable:
    """The weight table whose factors may serve for this act. Raises TableRefusedError with the reason."""
    table = table_of(number)
    if number.rstrip("b") not in act.like:
        raise TableRefusedError(f"表 {number} 不是案由 {act.code} 的相近裁量表，不能借用其裁量因素")
    if not isinstance(table, WeightTable):
        raise TableRefusedError(
            f"表 {number} 是幅度表，各档是旧法幅度内的金额，不能换算到法典的幅度；请在法定幅度内裁量"
        )
    return table


def _tier(act: CaseType, index: int) -> Tier:
    if not 0 <= index < len(act.tiers):
        raise AnswerRefusedError(f"案由 {act.code} 有{len(act.tiers)}个幅度，没有第{index + 1}个")
    return act.tiers[index]


def _base(bound: Bound, bases: Mapping[str, Decimal]) -> Fraction | None:
    if not bound.asks:
        return Fraction(1)
    given = bases.get(bound.asks)
    if given is not None and given <= 0:
        raise AnswerRefusedError(f"“{bound.asks}”须大于0")
    return None if given is None else in_yuan(given)


def _factors(
    table: WeightTable | None, answers: Mapping[str, str]
) -> tuple[tuple[Taken, ...], Fraction | None, list[str]]:
    if table is None:
        if any(answers.values()):
            raise AnswerRefusedError("请先选择借用哪张省裁量表的裁量因素，再填写档次")
        return (), None, []
    given = {name: level for name, level in answers.items() if name != SITUATION}
    factors = counted(table.factors, given)
    total, steps = sum_of(_start(table), factors)
    return factors, total, steps


def _start(table: WeightTable) -> Fraction:
    """The first column's: the others belong to aggravated ranges of the old law."""
    first: Situation = table.situations[0]
    return first.start


def _amount(
    bound: Bound, base: Fraction | None, total: Fraction | None, steps: list[str]
) -> Decimal | None:
    if base is None:
        steps.append(f"请填写“{bound.asks}”，方能算出罚款数额")
        return None
    most = None if bound.high is None else bound.high * base
    least = None if bound.low is None else bound.low * base
    if bound.is_fixed:
        steps.append(f"定额罚款：{sum_words(most or Fraction(0))}")
        return to_fen(most or Fraction(0))
    if total is None or most is None:
        steps.append(_RANGE_ALONE)
        return None
    exact = total * most
    steps.append(
        f"参照数额 = {share_words(total)} × 法典最高额{sum_words(most)} = {sum_words(exact)}"
    )
    if least is not None and exact < least:
        steps.append(f"低于法定最低罚款额{sum_words(least)}，按{sum_words(least)}计算")
        exact = least
    return to_fen(exact)


def _clauses(act: CaseType, table: WeightTable | None) -> tuple[tuple[str, str], ...]:
    found = [
        ("处罚依据", f"《{code().title}》{article(act.article)}"),
        ("行为时在旧法中", old_basis_words(act.old_basis)),
        ("数的界限", f"法典未另作规定，“以上”“以下”均包括本数（{general_ends()}）"),
    ]
    if table is not None:
        found.append(("裁量因素档次的界限", annex_ends()))
        found.append(("借用裁量因素", f"{provincial().title}附件1表{table.number}"))
    return tuple(each for each in found if each[1])


def _warnings(act: CaseType, chosen: Tier, table: WeightTable | None) -> list[str]:
    found = []
    if table is not None:
        found.append(_LENT.format(number=table.number))
        found += table.notes
    others = [each for each in act.tiers if each is not chosen]
    if others:
        told = "；".join(f"{each.condition or '一般情形'} {each.bound.words}" for each in others)
        found.append(f"本案由另有幅度：{told}，请按查明的情节选择")
    if act.told:
        found.append(f"法条另有条件：{act.told}")
    if act.measures:
        found.append(f"罚款以外：{act.measures}")
    if act.detention:
        found.append(f"行政拘留（移送公安机关）：{act.detention}")
    if act.person:
        found.append(f"对个人（万元）：{act.person}")
    return found
