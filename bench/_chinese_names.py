"""Names as a Chinese city's registry has them: companies, people, streets. Seeded, invented, nobody's.

Built from parts that real names are built from, so that lengths, shared beginnings and repetitions are
those of a real registry: half of all names begin with the same three characters, which is what makes
ordering and searching them hard.
"""

from __future__ import annotations

from random import Random

_SURNAMES = "李王张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
_GIVEN = "伟芳娜敏静秀丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红建国志文斌辉力永健世广义兴良海山仁波宁贵福生龙元全胜学祥才发武新利清飞彬富顺信子昌成康星光天达安岩中茂进林有坚和彪博诚先敬震振壮会思群豪心邦承乐绍功松善厚庆民友裕河哲江浩亮政谦亨奇固之轮翰朗伯宏言若鸣朋梁栋维启克伦翔旭鹏泽"
_WORDS = "华明宏达盛兴泰恒鑫源丰和顺永安隆昌祥利嘉美新天海东南金银龙凤广中大德信诚荣富强瑞康健力创科技宝捷锐博雅佳欧联合众邦立信志远卓越亿百万千"
_TRADES = (
    "五金制品", "灯饰电器", "电镀", "印染", "纸业", "家具", "塑料制品", "电子科技", "化工", "食品",
    "服饰", "包装材料", "金属表面处理", "精密机械", "建材", "涂料", "环保科技", "医药", "陶瓷", "汽车配件",
    "农业", "物流", "水务", "餐饮管理", "玻璃", "橡胶制品", "照明科技", "模具", "日用化学品", "混凝土",
)  # fmt: skip
_FORMS = ("有限公司",) * 14 + ("股份有限公司", "厂", "厂", "经营部", "加工厂", "养殖场")
_ROADS = [
    "兴业路",
    "工业大道",
    "东镇大道",
    "康乐路",
    "新丰南路",
    "沿江东路",
    "环镇北路",
    "民营路",
    "富华道",
    "港义路",
    "福源路",
    "同安大道",
    "建设路",
    "振兴路",
]


class Names:
    """``Names(Random(7)).company("中山市")``; the same seed gives the same names."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance

    def company(self, city: str, town: str) -> str:
        """Half begin with the city, a fifth with city and town, the rest with their own word."""
        chance = self._chance
        lot = chance.random()
        begin = city if lot < 0.5 else f"{city}{town}" if lot < 0.7 else ""
        word = "".join(chance.sample(_WORDS, 2 if chance.random() < 0.8 else 3))
        return f"{begin}{word}{chance.choice(_TRADES)}{chance.choice(_FORMS)}"

    def person(self) -> str:
        """Surname and one or two characters."""
        given = self._chance.sample(_GIVEN, 1 if self._chance.random() < 0.2 else 2)
        return self._chance.choice(_SURNAMES) + "".join(given)

    def address(self, town: str) -> str:
        """Town, road, number."""
        return f"{town}{self._chance.choice(_ROADS)}{self._chance.randint(1, 399)}号"

    def phone(self) -> str:
        """Eleven digits, seven of them fixed, so that nobody mistakes them for a real number."""
        return f"1900000{self._chance.randint(0, 9999):04d}"
