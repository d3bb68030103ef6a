"""Who was inspected, by whom, when and in what manner: the setting of one invented report."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from bench.numbers import chinese
from bench.places import PLACES, TOWNS, Place

CAPITALS = frozenset(
    [
        "杭州",
        "南京",
        "济南",
        "郑州",
        "武汉",
        "长沙",
        "成都",
        "广州",
        "福州",
        "合肥",
        "南昌",
        "西安",
        "长春",
        "石家庄",
        "兰州",
    ]
)
BUREAUS = (
    "教育局",
    "卫生健康局",
    "民政局",
    "住房和城乡建设局",
    "交通运输局",
    "农业农村局",
    "文化和旅游局",
    "市场监督管理局",
    "人力资源和社会保障局",
    "水利局",
    "应急管理局",
    "司法局",
)
PROVINCIAL = ("水利厅", "民政厅", "交通运输厅", "农业农村厅", "商务厅", "文化和旅游厅")
COMPANIES = ("交通投资集团", "水务集团", "城市建设投资集团", "公共交通集团", "文化旅游发展集团")
COLLEGES = ("工程职业学院", "师范高等专科学校", "农业职业学院", "信息职业技术学院")
FACULTIES = ("机械工程学院", "经济管理学院", "外国语学院", "土木工程学院")
FIELDS = ("营商环境领域", "粮食购销领域", "乡村振兴领域", "工程建设领域", "养老服务领域")
OFFICES = ("办公室", "组织人事科", "计划财务科", "综合业务科", "政策法规科", "督查科", "机关党委")
PROVINCIAL_OFFICES = ("办公室", "组织人事处", "计划财务处", "综合业务处", "政策法规处", "督查处", "机关党委")
COMPANY_OFFICES = ("综合管理部", "党群工作部", "财务资产部", "审计法务部", "工程管理部", "安全监管部")


@dataclass(frozen=True, slots=True)
class Setting:
    """The names and dates that one report keeps to throughout."""

    genre: str
    body: str
    place: Place
    full: str
    short: str
    stem: str
    act: str
    authority: str
    inspector: str
    round: str
    kind: str
    matter: str
    source: str
    leader: str
    group: str
    offices: tuple[str, ...]
    postcode: str
    address: str
    start: date
    end: date
    feedback: date
    as_of: tuple[int, int]
    signed: date


def day(value: date) -> str:
    """2025年3月5日."""
    return f"{value.year}年{value.month}月{value.day}日"


def month(value: tuple[int, int]) -> str:
    """2025年3月."""
    return f"{value[0]}年{value[1]}月"


def months_between(first: date, last: tuple[int, int]) -> list[tuple[int, int]]:
    """The months after that of `first` up to `last`."""
    out = []
    year, number = first.year, first.month
    while (year, number) < last:
        year, number = (year, number + 1) if number < 12 else (year + 1, 1)
        out.append((year, number))
    return out


def make_setting(rng: random.Random, body: str) -> Setting:
    """A setting for `body`: bureau, committee, city, town, college, faculty, company, province, central, audit,
    environment."""
    place = rng.choice(
        [p for p in PLACES if p.city[:-1] in CAPITALS] if body in ("province", "central") else PLACES
    )
    county, city = place.level, place.city
    number = chinese(rng.randint(1, 9))
    act = {"audit": "审计", "environment": "督察"}.get(body, "巡察")
    offices = {"company": COMPANY_OFFICES, "province": PROVINCIAL_OFFICES, "central": PROVINCIAL_OFFICES}.get(
        body, OFFICES
    )
    leader, group = "党组书记", "党组"
    postcode, address = place.postcode, f"{place.city}{place.county}"
    authority = f"{county}委"
    bureau = rng.choice(BUREAUS)
    full = f"中共{place.name}{bureau}党组"
    short, stem = f"{county}{bureau}党组", f"{county}{bureau}"
    term = chinese(rng.randint(11, 15))
    if body == "committee":
        full, short = f"中共{place.name}{bureau}委员会", f"{county}{bureau}党委"
        leader, group = "党委书记", "党委"
    elif body == "city":
        full, short, stem = f"中共{city}{bureau}党组", f"市{bureau}党组", f"市{bureau}"
        authority, postcode, address = "市委", place.city_postcode, city
    elif body == "town":
        town = rng.choice(TOWNS)
        full, short, stem = f"中共{place.name}{town}委员会", f"{town}党委", town
        leader, group, address = "党委书记", "党委", address + town
    elif body == "college":
        name = city[:-1] + rng.choice(COLLEGES)
        school = "学校" if name.endswith("学校") else "学院"
        full, short, stem = f"中共{name}委员会", f"{school}党委", school
        act, authority, postcode, address = "巡视", "省委", place.city_postcode, city
        leader, group = "党委书记", "党委"
    elif body == "faculty":
        faculty = rng.choice(FACULTIES)
        full, short, stem = f"中共{city[:-1]}理工大学{faculty}委员会", f"{faculty}党委", faculty
        authority, postcode, address = "学校党委", place.city_postcode, city
        leader, group = "党委书记", "党委"
    elif body == "company":
        name = f"{city}{rng.choice(COMPANIES)}有限公司"
        full, short, stem = f"中共{name}委员会", "集团党委", "集团公司"
        authority, postcode, address = "市委", place.city_postcode, city
        leader, group = "党委书记", "党委"
    elif body == "province":
        bureau = rng.choice(PROVINCIAL)
        full, short, stem = f"中共{place.province}{bureau}党组", f"省{bureau}党组", f"省{bureau}"
        act, authority, postcode, address = "巡视", "省委", place.city_postcode, city
    elif body == "central":
        full, short, stem = f"中共{place.province[:-1]}省委", "省委", "省"
        act, authority, postcode, address = "巡视", "党中央", place.city_postcode, city
        leader, group = "省委书记", "省委常委会"
    elif body == "audit":
        full, short, stem = f"{place.name}{bureau}", f"{county}{bureau}", f"{county}{bureau}"
        authority, group, leader = f"{county}委审计委员会", "局", "局主要负责人"
    elif body == "environment":
        word = {"区": "区政府", "市": "市政府", "县": "县政府"}[county]
        full, short, stem = f"{place.name}人民政府", word, county
        authority, group, leader = "省委、省政府", word, f"{county}长"
    kinds = [("常规", 5), ("专项", 1), ("提级", 1), ("机动", 1), ("回头看", 1)]
    kind = rng.choices([k for k, _ in kinds], [w for _, w in kinds])[0]
    if body in ("audit", "environment", "central", "province", "college"):
        kind = "常规"
    inspector = f"{authority}第{number}{act}组"
    round_ = (
        f"{term}届{authority}第{chinese(rng.randint(2, 9))}轮"
        if authority[-1] == "委" and body != "faculty"
        else ""
    )
    if body == "central":
        inspector, round_ = f"中央第{number}巡视组", ""
    elif body == "audit":
        inspector, round_ = f"{county}审计局", ""
    elif body == "environment":
        inspector, round_ = f"省第{number}生态环境保护督察组", ""
    start = date(rng.randint(2021, 2024), rng.randint(2, 9), rng.randint(1, 26))
    end = start + timedelta(days=rng.randint(30, 85))
    feedback = end + timedelta(days=rng.randint(30, 100))
    as_of_day = feedback + timedelta(days=rng.randint(150, 300))
    signed = date(as_of_day.year, as_of_day.month, 28) + timedelta(days=rng.randint(4, 40))
    field = rng.choice(FIELDS)
    named = {
        "常规": (f"常规{act}", f"{round_}{act}" if round_ and rng.random() < 0.5 else f"{inspector}反馈意见"),
        "专项": (f"{field}专项{act}", f"{authority}{field}专项{act}"),
        "提级": (f"提级{act}", f"{authority}提级{act}"),
        "机动": (f"机动{act}", f"{authority}机动{act}"),
        "回头看": (f"{act}“回头看”", f"{authority}{act}“回头看”反馈意见"),
    }[kind]
    if body == "audit":
        year = start.year - 1
        named = (f"{year}年度预算执行和其他财政收支情况审计", f"{year}年度预算执行审计查出问题")
    elif body == "environment":
        named = ("生态环境保护督察", f"{inspector}督察反馈问题")
    street = (
        f"{rng.choice(('人民路', '文化路', '建设路', '府前街', '滨河路', '振兴路'))}{rng.randint(2, 399)}号"
    )
    return Setting(
        genre={"audit": "audit", "environment": "environment"}.get(body, "inspection-rectification"),
        body=body,
        place=place,
        full=full,
        short=short,
        stem=stem,
        act=act,
        authority=authority,
        inspector=inspector,
        round=round_,
        kind=named[0],
        matter=named[1],
        source={"audit": "审计查出", "environment": "督察反馈"}.get(body, f"{act}反馈"),
        leader=leader,
        group=group,
        offices=offices,
        postcode=postcode,
        address=address + street,
        start=start,
        end=end,
        feedback=feedback,
        as_of=(as_of_day.year, as_of_day.month),
        signed=signed,
    )
