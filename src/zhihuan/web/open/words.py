"""The words of the public pages in the reader's language.

What is disclosed is judged once for all readers, in Chinese; here it is told to one of them: subjects,
judgements, factors, towns. Derivations, advice on health and law stay in the words of the standards. A
word without a translation is shown as it is: a name nobody translated is better than none.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping

from django.utils.translation import get_language, gettext, gettext_noop

from zhihuan.bureau.places.city import city_folder
from zhihuan.web.live.factor_words import words

#: Words of the standards that pages show; listed so that they have their translation.
SUBJECTS = (
    gettext_noop("环境空气"),
    gettext_noop("地表水"),
    gettext_noop("声环境"),
    gettext_noop("企业自动监测"),
)
JUDGEMENTS = (
    gettext_noop("优"),
    gettext_noop("良"),
    gettext_noop("轻度污染"),
    gettext_noop("中度污染"),
    gettext_noop("重度污染"),
    gettext_noop("严重污染"),
    gettext_noop("Ⅰ类"),
    gettext_noop("Ⅱ类"),
    gettext_noop("Ⅲ类"),
    gettext_noop("Ⅳ类"),
    gettext_noop("Ⅴ类"),
    gettext_noop("劣Ⅴ类"),
    gettext_noop("达标"),
    gettext_noop("昼间超标"),
    gettext_noop("夜间超标"),
    gettext_noop("昼间、夜间超标"),
    gettext_noop("超过限值"),
    gettext_noop("未超限值"),
    gettext_noop("无有效数据"),
    gettext_noop("缺项，不发布指数"),
    gettext_noop("尚无昼夜等效声级"),
    gettext_noop("数据异常，不作评价"),
    gettext_noop("数据不足，不作评价"),
    gettext_noop("未登记声环境功能区，不作评价"),
)
FACTORS = (
    gettext_noop("细微颗粒物PM2.5"),
    gettext_noop("可吸入颗粒物PM10"),
    gettext_noop("臭氧"),
    gettext_noop("二氧化硫"),
    gettext_noop("二氧化氮"),
    gettext_noop("一氧化碳"),
    gettext_noop("水温"),
    gettext_noop("pH值"),
    gettext_noop("溶解氧"),
    gettext_noop("电导率"),
    gettext_noop("浊度"),
    gettext_noop("高锰酸盐指数"),
    gettext_noop("氨氮"),
    gettext_noop("总磷"),
    gettext_noop("总氮"),
    gettext_noop("等效声级"),
    gettext_noop("昼间等效声级"),
    gettext_noop("夜间等效声级"),
    gettext_noop("化学需氧量"),
    gettext_noop("五日生化需氧量"),
    gettext_noop("污水"),
    gettext_noop("废气"),
    gettext_noop("氮氧化物"),
    gettext_noop("烟尘"),
    gettext_noop("非甲烷总烃"),
    gettext_noop("汞"),
)


def told(word: str) -> str:
    """A word of the above (or any other) for the reader; "" stays ""."""
    return gettext(word) if word else ""


def factor_name(code: str) -> str:
    """臭氧, ozone; the code itself where no table knows it."""
    return gettext(words(code).name)


def reading(code: str, value: float) -> str:
    """化学需氧量 31.5 mg/L."""
    known = words(code)
    return f"{factor_name(code)} {known.number(value)} {known.unit}".rstrip()


def town_name(code: str, name: str) -> str:
    """The town's name; its pinyin for whoever reads another language."""
    if (get_language() or "zh").startswith("zh"):
        return name
    return _pinyin().get(code, name)


@functools.cache
def _pinyin() -> Mapping[str, str]:
    """By division code, as the packaged city has it."""
    features = json.loads((city_folder() / "towns.geojson").read_text("utf-8"))["features"]
    return {
        each["properties"]["code"]: each["properties"]["pinyin"].capitalize() for each in features
    }
