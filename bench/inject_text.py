"""Faults in words, punctuation, numbers, and what must not be published."""

import random

from bench.faults import Fault, Injector, appended, changed, line, lines_of, prose, swap
from bench.model import Report
from bench.typos import TYPOS

_SET_PHRASES = (
    ("增强“四个意识”、坚定“四个自信”", "坚定“四个意识”、增强“四个自信”"),
    ("坚定“四个自信”、做到“两个维护”", "坚定“四个自信”、增强“两个维护”"),
    ("中央八项规定及其实施细则精神", "中央八项规定及实施细则精神"),
)
_LOST = (
    "高度，成立专门工作班子。",
    "党员先锋模范到了积极作用。",
    "通过整改，干部作风到了明显转变。",
    "更加注治本，推动制度落地。",
)
_HOLES = (
    "由×××同志牵头负责。", "整改时限为____年12月底前。", "具体数据【待补充】。", "完成时间待定。",
    "（此处填写整改成效）", "先后召开会议**次。", "由XX科负责日常工作。",
)  # fmt: skip
_RESIDUE = ("打印本页 关闭窗口", "【字体：大 中 小】", "分享到：", "扫一扫在手机打开当前页", "上一篇：没有了")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def typo(report: Report, rng: random.Random) -> Fault | None:
    """A wrong word."""
    wrong, _right, carrier = rng.choice(TYPOS)
    return appended(report, rng, carrier.format(wrong), "text.typo", also=("text.missing-word",))


def fixed_phrase(report: Report, rng: random.Random) -> Fault | None:
    """A set phrase with the wrong verb or a word short."""
    places = [
        (n, old, new) for n in lines_of(report, "next") for old, new in _SET_PHRASES if old in line(report, n)
    ]
    if not places:
        return None
    number, old, new = rng.choice(places)
    return Fault(
        changed(report, swap(report, number, old, new)), ("text.fixed-phrase",), frozenset((number,)), new
    )


def lost_word(report: Report, rng: random.Random) -> Fault | None:
    """A word lost in the middle of a set expression."""
    places = [n for n in lines_of(report, "organization") if "高度重视，" in line(report, n)]
    if places and rng.random() < 0.5:
        edits = swap(report, places[0], "高度重视，", "高度，")
        return Fault(changed(report, edits), ("text.missing-word",), frozenset(places[:1]), "高度，")
    return appended(report, rng, rng.choice(_LOST), "text.missing-word")


def placeholder(report: Report, rng: random.Random) -> Fault | None:
    """A blank that nobody filled in."""
    also = ("text.residue", "punctuation.pairs", "punctuation.marks", "date.invalid", "date.relative")
    return appended(report, rng, rng.choice(_HOLES), "text.placeholder", also=also)


def masked(report: Report, rng: random.Random) -> Fault | None:
    """A figure masked with asterisks."""
    claims = [
        c
        for c in report.claims
        if c.scope == "report" and c.text[-1] in "个条项" and c.noun in ("problem", "measure")
    ]
    if not claims:
        return None
    claim = rng.choice(claims)
    text = line(report, claim.line)
    start = claim.column - 1
    figure = "".join(ch for ch in claim.text if ch.isdigit())
    if not figure:
        return None
    words = claim.text.replace(figure, rng.choice(("**", "*", "××")), 1)
    edited = text[:start] + words + text[start + len(claim.text) :]
    also = ("text.residue", "count.no-total", "count.repeat", "count.listed")
    return Fault(
        changed(report, {claim.line: edited}), ("text.placeholder",), frozenset((claim.line,)), words, also
    )


def residue(report: Report, rng: random.Random) -> Fault | None:
    """Page furniture, an attachment's header, markup."""
    if report.suffix != ".md" and rng.random() < 0.3:
        places = prose(report)
        number = rng.choice(places)
        text = line(report, number)
        at = text.index("，") if "，" in text else len(text) // 2
        edited = f"**{text[:at]}**{text[at:]}"
        bold = ("text.placeholder", "structure.run-in")
        return Fault(changed(report, {number: edited}), ("text.residue",), frozenset((number,)), "**", bold)
    if rng.random() < 0.4:
        return Fault(changed(report, {}, {0: ["附件3", ""]}), ("text.residue",), frozenset((1,)), "附件3")
    end = len(report.lines)
    words = rng.choice(_RESIDUE)
    also = ("punctuation.width",)
    return Fault(changed(report, {}, {end: [words]}), ("text.residue",), frozenset((end + 1,)), words, also)


def half_width(report: Report, rng: random.Random) -> Fault | None:
    """A half-width mark among Chinese."""
    places = [n for n in prose(report) if "，" in line(report, n)[4:-4]]
    if not places:
        return None
    number = rng.choice(places)
    text = line(report, number)
    spots = [
        i
        for i in range(4, len(text) - 4)
        if text[i] in "，；：" and _plain(text[i - 1]) and _plain(text[i + 1])
    ]
    if not spots:
        return None
    at = rng.choice(spots)
    new = {"，": ",", "；": ";", "：": ":"}[text[at]]
    edited = text[:at] + new + text[at + 1 :]
    return Fault(
        changed(report, {number: edited}),
        ("punctuation.width",),
        frozenset((number,)),
        edited[at - 5 : at + 6],
    )


def _plain(ch: str) -> bool:
    return "一" <= ch <= "鿿"


def pairs(report: Report, rng: random.Random) -> Fault | None:
    """A quote, bracket or title mark that lost its partner."""
    also = ("punctuation.marks", "name.document", "name.organization", "punctuation.enumeration")
    spots = [(n, ch) for n in prose(report) for ch in "”》）“《（" if ch in line(report, n)[12:]]
    if not spots:
        return None
    number, ch = rng.choice(spots)
    text = line(report, number)
    edited = text[:12] + text[12:].replace(ch, "", 1)
    lines = frozenset((number,))
    return Fault(changed(report, {number: edited}), ("punctuation.pairs",), lines, f"without {ch}", also)


def nested(report: Report, rng: random.Random) -> Fault | None:
    """Double quotes inside double quotes."""
    places = [p.line for p in report.problems if "‘" in line(report, p.line) and "“" in line(report, p.line)]
    if not places:
        sentence = "扎实开展“整治“四风”问题、纠正不正之风”专项行动。"
        return appended(report, rng, sentence, "punctuation.pairs")
    number = rng.choice(places)
    edited = line(report, number).replace("‘", "“").replace("’", "”")
    return Fault(changed(report, {number: edited}), ("punctuation.pairs",), frozenset((number,)), edited)


def marks(report: Report, rng: random.Random) -> Fault | None:
    """A doubled or stray mark."""
    number = rng.choice(prose(report))
    text = line(report, number)
    options = [text + "。", text.replace("，", "，，", 1), text.replace("，", "、，", 1)]
    if "；" in text:
        options.append(text.replace("；", "；。", 1))
    if "，并" in text:
        options.append(text.replace("，并", "。并", 1))
    edited = rng.choice([o for o in options if o != text])
    return Fault(
        changed(report, {number: edited}), ("punctuation.marks",), frozenset((number,)), edited[-30:]
    )


def document_number(report: Report, rng: random.Random) -> Fault | None:
    """A document number in square brackets, with 第, or with a leading zero."""
    year = report.names["feedback"][:4]
    number = rng.choice(
        (f"[{year}]20号", f"〔{year}〕第20号", f"〔{year}〕08号", f"（{year}）20号", f"【{year}】20号")
    )
    sentence = f"落实《关于加强资金监管的通知》（财监{number}）要求。"
    also = ("punctuation.width", "text.placeholder", "punctuation.pairs")
    return appended(report, rng, sentence, "number.document-number", also=also)


def identity(rng: random.Random) -> str:
    """An identity-card number whose checksum holds."""
    body = (
        rng.choice(("330110", "410181", "430124", "500118"))
        + f"19{rng.randint(60, 99)}{rng.randint(1, 12):02d}"
    )
    body += f"{rng.randint(1, 28):02d}{rng.randint(100, 999)}"
    total = sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def bank_card(rng: random.Random) -> str:
    """A card number of 19 digits whose Luhn sum holds."""
    body = "622848" + "".join(rng.choice("0123456789") for _ in range(12))
    total = 0
    for i, ch in enumerate(reversed(body)):
        digit = int(ch) * (2 if i % 2 == 0 else 1)
        total += digit - 9 if digit > 9 else digit
    return body + str(-total % 10)


def identifier(report: Report, rng: random.Random) -> Fault | None:
    """An identity card, a bank card, a private phone in the text."""
    mobile = f"13{rng.randint(5, 9)}{rng.randint(10_000_000, 99_999_999)}"
    sentence = rng.choice(
        (
            f"已向申请人（身份证号{identity(rng)}）退还多收费用。",
            f"款项已退回至其个人账户（卡号{bank_card(rng)}）。",
            f"经电话（{mobile}）回访，当事人对办理结果表示满意。",
        )
    )
    return appended(report, rng, sentence, "privacy.identifier", also=("privacy.person",), marks=("measure",))


def person(report: Report, rng: random.Random) -> Fault | None:
    """A named pupil, or a named person who was sanctioned."""
    name = rng.choice(("王小明", "刘志强", "张丽华", "陈建国"))
    sentence = rng.choice(
        (
            f"给予{name}党内警告处分。",
            f"对违规人员{name}作出诫勉处理。",
            f"学生{name}家庭困难补助已补发到位。",
            f"对驾驶员{name}进行了批评教育，并责令其退还费用。",
        )
    )
    return appended(report, rng, sentence, "privacy.person", marks=("measure",))


def open_case(report: Report, rng: random.Random) -> Fault | None:
    """A case still under investigation."""
    sentence = rng.choice(
        (
            "相关问题线索已移交纪检监察机关，目前正在初步核实。",
            "对有关责任人涉嫌违纪问题正在立案审查。",
            "该案件正在调查中，待查清后依规处理。",
        )
    )
    also = ("status.done-but-future", "count.all-done-conflict", "date.relative")
    return appended(report, rng, sentence, "disclosure.case", also=also, marks=("measure",))


def secret(report: Report, rng: random.Random) -> Fault | None:
    """A mark of secrecy."""
    words = rng.choice(("秘密★5年", "机密★10年", "内部资料 注意保存", "不予公开"))
    return Fault(
        changed(report, {}, {0: [words, ""]}),
        ("disclosure.secret",),
        frozenset((1,)),
        words,
        ("text.residue",),
    )


INJECTORS: tuple[Injector, ...] = (
    typo, typo, typo, fixed_phrase, lost_word, placeholder, masked, residue, half_width, pairs, nested, marks,
    document_number, identifier, person, open_case, secret,
)  # fmt: skip
