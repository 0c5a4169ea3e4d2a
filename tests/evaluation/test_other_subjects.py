"""Soil, outlets and vehicles: files of each are judged by the functions of their standard."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from zhihuan.evaluation.errors import AskedError
from zhihuan.evaluation.evaluating import Evaluation
from zhihuan.evaluation.parts import Parts, groups
from zhihuan.evaluation.subject import Asked, subject
from zhihuan.standards.derivation import Derivation
from zhihuan.standards.mobile import specific_power


def evaluation(tmp_path: Path, name: str, text: str, **choices: str) -> Evaluation:
    path = tmp_path / f"{name}.csv"
    path.write_text(text, encoding="utf-8")
    defaults = {one.name: one.default or one.answers[0] for one in subject(name).choices}
    return Evaluation.of(subject(name), path, Asked(choices=defaults | choices))


def column(found: Evaluation, heading: str) -> list[object]:
    return [value for judged in found.pieces() for value in judged.columns[heading].tolist()]


# --- soil -------------------------------------------------------------------------------------------

SOIL = (
    "日期,采样点,用地分类,土地利用,土壤pH,镉,砷,锌\n"
    "2026-05-10,S1,第一类,水田,5.2,0.25,8,90\n"
    "2026-05-10,S2,第一类,水田,6.0,25,8,90\n"
    "2026-05-10,S3,第二类,水田,6.0,25,0.01L,90\n"
)


def test_built_land_is_judged_by_its_class(tmp_path: Path) -> None:
    found = evaluation(tmp_path, "soil", SOIL)
    assert column(found, "风险判定") == ["不超过筛选值", "超过筛选值", "不超过筛选值"]
    assert column(evaluation(tmp_path, "soil", SOIL), "超过筛选值的项目") == ["", "镉", ""]
    assert column(evaluation(tmp_path, "soil", SOIL), "最大超标倍数")[1] == 0.25


def test_farmland_is_judged_by_use_and_acidity(tmp_path: Path) -> None:
    found = evaluation(tmp_path, "soil", SOIL, land="farmland")
    assert column(found, "风险判定") == ["优先保护类", "严格管控类", "严格管控类"]


def test_farmland_without_its_use_is_asked_for_it(tmp_path: Path) -> None:
    text = "日期,土壤pH,镉\n2026-05-10,6,0.2\n"
    with pytest.raises(AskedError, match="土地利用"):
        column(evaluation(tmp_path, "soil", text, land="farmland"), "风险判定")


# --- outlets ----------------------------------------------------------------------------------------

HEAD = "时间,排口,污染物,实测浓度,含氧量,基准含氧量,限值,执行标准,条款,标记\n"


def test_flue_gas_is_converted_to_reference_oxygen_before_it_is_judged(tmp_path: Path) -> None:
    text = HEAD + (
        "2026-03-01T08:00+08:00,A,二氧化硫,33,9,6,35,许可证,表1,N\n"
        "2026-03-01T08:00+08:00,A,颗粒物,8,9,,10,许可证,表1,\n"
        "2026-03-01T09:00+08:00,A,二氧化硫,33,9,6,50,许可证,表2,N\n"
        "2026-03-01T10:00+08:00,A,二氧化硫,330,9,6,35,许可证,表1,M\n"
    )
    found = evaluation(tmp_path, "emission", text)
    judged = next(iter(found.pieces()))
    assert judged.columns["折算浓度"].tolist()[0] == pytest.approx(33 * 15 / 12)
    assert judged.columns["评价"].tolist() == ["超标", "达标", "达标", "无法判定"]
    assert judged.columns["超标倍数"][0] == pytest.approx(41.25 / 35 - 1, abs=1e-4)
    assert np.isnan(judged.columns["超标倍数"][1])
    why = found.why(2)[0]
    assert why.basis[0].standard == "许可证"
    assert "33×(21−6)÷(21−9)" in why.text()
    assert "由使用者随数据给出" in why.text()


def test_the_day_since_when_a_limit_holds_may_be_given(tmp_path: Path) -> None:
    text = (
        "日期,污染物,实测浓度,限值,下限,执行标准,限值施行日期\n"
        "2026-03-01,pH值,9.5,9,6,GB 8978-1996,1998-01-01\n"
        "2026-03-01,化学需氧量,30,40,,GB 8978-1996,1998-01-01\n"
    )
    found = evaluation(tmp_path, "emission", text, medium="water")
    assert column(found, "评价") == ["超标", "达标"]
    assert found.why(2)[0].basis[0].in_force_from == date(1998, 1, 1)


def test_hours_of_waste_water_only_warn(tmp_path: Path) -> None:
    text = HEAD + "2026-03-01T08:00+08:00,W,化学需氧量,55,,,40,许可证,表1,N\n"
    found = evaluation(tmp_path, "emission", text, medium="water")
    assert "仅作预警" in found.why(2)[0].text()


def test_two_pollutants_of_an_outlet_may_share_a_moment(tmp_path: Path) -> None:
    text = HEAD + (
        "2026-03-01T08:00+08:00,A,二氧化硫,33,9,6,35,许可证,表1,N\n"
        "2026-03-01T08:00+08:00,A,氮氧化物,33,9,6,50,许可证,表1,N\n"
        "2026-03-01T08:00+08:00,A,氮氧化物,33,9,6,50,许可证,表1,N\n"
    )
    found = evaluation(tmp_path, "emission", text)
    assert len(column(found, "评价")) == 2
    assert found.refusals.rows == 1


# --- vehicles ---------------------------------------------------------------------------------------


def test_remote_sensing_computes_specific_power_where_it_is_not_given(tmp_path: Path) -> None:
    text = (
        "检测日期,车牌,不透光度,林格曼黑度,NO体积分数(ppm),车速(km/h),加速度,坡度\n"
        "2026-03-01,粤T1,12,0,600,36,0.3,0\n2026-03-01,粤T2,35,1,1700,36,0.3,0\n"
    )
    found = evaluation(tmp_path, "mobile", text)
    judged = next(iter(found.pieces()))
    assert judged.columns["比功率(kW/t)"][0] == pytest.approx(
        float(specific_power(10, 0.3, 0)), abs=1e-3
    )
    assert judged.columns["评价"].tolist() == ["达标", "超标"]
    assert judged.columns["高排放筛查"].tolist() == ["否", "高排放嫌疑"]


def test_remote_sensing_without_power_is_asked_for_it(tmp_path: Path) -> None:
    with pytest.raises(AskedError, match="比功率"):
        column(evaluation(tmp_path, "mobile", "日期,不透光度\n2026-03-01,12\n"), "评价")


def test_inspections_are_judged_by_fuel_and_method(tmp_path: Path) -> None:
    text = (
        "日期,车牌,燃料,检验方法,CO(%),HC,NO,光吸收系数,NOx,轮边功率百分比\n"
        "2026-03-01,甲,汽油,ASM5025,0.3,50,900,,,\n"
        "2026-03-01,乙,柴油,加载减速,,,,0.9,800,55\n"
        "2026-03-01,丙,汽油,ASM5025,0.3,50,300,,,\n"
        "2026-03-01,丁,柴油,加载减速,,,,0.9,800,35\n"
    )
    found = evaluation(tmp_path, "mobile", text, test="inspection")
    assert column(found, "评价") == ["超标", "达标", "达标", "超标"]
    assert "NO：900，要求 ≤ 700" in found.why(2)[0].text()
    assert "40" in found.why(5)[0].text()


def test_machinery_is_judged_by_category_and_power(tmp_path: Path) -> None:
    text = (
        "日期,机械编号,机械类别,额定净功率,光吸收系数\n"
        "2026-03-01,甲,Ⅱ,75,0.6\n2026-03-01,乙,Ⅲ类,75,0.6\n"
    )
    found = evaluation(tmp_path, "mobile", text, test="machinery")
    assert column(found, "评价") == ["达标", "超标"]
    with pytest.raises(AskedError, match="机械类别"):
        column(
            evaluation(tmp_path, "mobile", "日期,车牌\n2026-03-01,甲\n", test="machinery"), "评价"
        )


# --- rows judged in several calls ---------------------------------------------------------------


class _Doubled:
    def __init__(self, values: np.ndarray) -> None:
        self.values = values

    def derivation(self, index: int) -> Derivation:
        return Derivation(title=str(self.values[index]), conclusion="", basis=())


def test_parts_go_back_to_the_order_of_the_file() -> None:
    keys, values = np.array(["b", "a", "b", "c", "a"]), np.arange(5)
    parts: Parts[_Doubled] = Parts(5)
    seen = []
    for (key,), places in groups([keys]):
        seen.append(key)
        parts.add(places, _Doubled(values[places] * 2))
    assert seen == ["a", "b", "c"]
    assert parts.column(lambda judged: judged.values).tolist() == [0, 2, 4, 6, 8]
    assert [parts.derivation(row).title for row in range(5)] == ["0", "2", "4", "6", "8"]
