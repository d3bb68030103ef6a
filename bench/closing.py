"""The end of a report: welcome, contact block in its variants, signature and date."""

import random

from bench.model import Builder
from bench.places import Place
from bench.settings import Setting, day
from bench.words import WELCOME

_MAIL = ("163.com", "126.com", "sina.com")


def phone(rng: random.Random, place: Place, separator: str = "-") -> str:
    """A landline of the place."""
    first = rng.choice("268") if place.digits == 8 else rng.choice("2567")
    rest = "".join(rng.choice("0123456789") for _ in range(place.digits - 1))
    if separator == "()":
        return f"（{place.area}）{first}{rest}"
    return f"{place.area}{separator}{first}{rest}"


def contact(b: Builder, rng: random.Random, setting: Setting) -> None:
    """Write the welcome and a contact block with a phone and a postal way."""
    place = setting.place
    shape = rng.choice(("line", "line", "fields", "fields", "duty", "box"))
    number = phone(rng, place, rng.choices(("-", "()", "—"), (8, 1, 1))[0])
    mail = (
        "".join(rng.choice("abcdefghjkmnpqrstuvwxyz") for _ in range(6))
        + f"{rng.randint(10, 999)}@{rng.choice(_MAIL)}"
    )
    welcome = rng.choice(WELCOME).format(act=setting.act)
    post = setting.postcode
    box = f"{place.city}{place.county}{rng.randint(2, 99)}号信箱"
    mobile = rng.choice(("139", "138", "137", "158", "186")) + f"{rng.randint(10_000_000, 99_999_999)}"
    tel = rng.choice(("联系电话", "监督电话", "联系电话"))
    facts: list[tuple[str, str, int]] = []
    if shape == "line":
        line = b.add(
            f"{welcome}{tel}：{number}（工作日）；通讯地址：{setting.address}；邮政编码：{post}；"
            f"电子邮箱：{mail}。",
            "welcome",
            "contact",
        )
        facts = [
            ("phone", number, line),
            ("address", setting.address, line),
            ("postcode", post, line),
            ("email", mail, line),
        ]
    elif shape == "box":
        line = b.add(f"{welcome}{tel}：{number}；邮政信箱：{box}；邮编：{post}。", "welcome", "contact")
        facts = [("phone", number, line), ("postal-box", box, line), ("postcode", post, line)]
    else:
        b.add(welcome, "welcome")
        facts.append(("phone", number, b.add(f"{tel}：{number}", "contact")))
        if shape == "duty":
            facts.append(("mobile", mobile, b.add(f"值班手机：{mobile}", "contact")))
        facts.append(("email", mail, b.add(f"电子邮箱：{mail}", "contact")))
        facts.append(("address", setting.address, b.add(f"通讯地址：{setting.address}", "contact")))
        facts.append(("postcode", post, b.add(f"邮政编码：{post}", "contact")))
    b.contacts.extend(facts)


def signature(b: Builder, setting: Setting) -> tuple[str, str, int]:
    """Write the signing body and the date; returns the fact."""
    line = b.add(setting.full, "signature")
    b.dates.append(("signed", setting.signed.isoformat(), b.add(day(setting.signed), "signed")))
    return setting.full, setting.signed.isoformat(), line
