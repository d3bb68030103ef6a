"""Real places, so that area codes and postcodes of invented bodies can be right."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A county-level place. `digits` is the length of a local phone number behind `area`."""

    province: str
    city: str
    county: str
    area: str
    postcode: str
    city_postcode: str
    digits: int

    @property
    def level(self) -> str:
        """区, 市 or 县: how the place calls itself for short."""
        return self.county[-1]

    @property
    def name(self) -> str:
        """The name a body of the place carries: districts are named under their city."""
        if self.level == "区" and self.city:
            return self.city + self.county
        return self.county


def _place(line: str) -> Place:
    province, city, county, area, postcode, city_postcode, digits = line.split()
    return Place(
        "" if province == "-" else province,
        city,
        county,
        area,
        postcode,
        city_postcode,
        int(digits),
    )


PLACES: tuple[Place, ...] = tuple(
    _place(line)
    for line in [
        "",
        "浙江省 杭州市 余杭区 0571 311100 310000 8",
        "浙江省 宁波市 鄞州区 0574 315100 315000 8",
        "浙江省 温州市 瑞安市 0577 325200 325000 8",
        "江苏省 南京市 江宁区 025 211100 210000 8",
        "江苏省 苏州市 昆山市 0512 215300 215000 8",
        "江苏省 盐城市 东台市 0515 224200 224000 8",
        "山东省 济南市 章丘区 0531 250200 250000 8",
        "山东省 青岛市 即墨区 0532 266200 266000 8",
        "山东省 临沂市 沂水县 0539 276400 276000 7",
        "河南省 郑州市 巩义市 0371 451200 450000 8",
        "河南省 洛阳市 偃师区 0379 471900 471000 8",
        "湖北省 武汉市 江夏区 027 430200 430000 8",
        "湖北省 宜昌市 夷陵区 0717 443100 443000 7",
        "湖南省 长沙市 宁乡市 0731 410600 410000 8",
        "湖南省 岳阳市 汨罗市 0730 414400 414000 7",
        "四川省 成都市 双流区 028 610200 610000 8",
        "四川省 绵阳市 江油市 0816 621700 621000 7",
        "广东省 广州市 番禺区 020 511400 510000 8",
        "广东省 佛山市 顺德区 0757 528300 528000 8",
        "福建省 福州市 闽侯县 0591 350100 350000 8",
        "福建省 泉州市 晋江市 0595 362200 362000 8",
        "安徽省 合肥市 肥西县 0551 231200 230000 8",
        "安徽省 芜湖市 繁昌区 0553 241200 241000 7",
        "江西省 南昌市 新建区 0791 330100 330000 8",
        "江西省 赣州市 瑞金市 0797 342500 341000 7",
        "陕西省 西安市 长安区 029 710100 710000 8",
        "辽宁省 大连市 普兰店区 0411 116200 116000 8",
        "吉林省 长春市 农安县 0431 130200 130000 8",
        "河北省 石家庄市 正定县 0311 050800 050000 8",
        "甘肃省 兰州市 榆中县 0931 730100 730000 7",
        "",
    ]
    if line
)

STREETS = (
    "人民路",
    "建设路",
    "文化路",
    "新华街",
    "迎宾大道",
    "滨河路",
    "中山路",
    "府前街",
    "振兴路",
    "东风路",
)

TOWNS = ("石桥镇", "柳河镇", "青山镇", "白沙镇", "双溪镇", "大王镇", "龙泉镇", "安平镇", "湖滨镇", "清水镇")

VILLAGES = (
    "东河村",
    "西岗村",
    "杨柳村",
    "新丰村",
    "红旗村",
    "前进村",
    "上湾村",
    "桃园村",
    "大桥村",
    "石门村",
)
