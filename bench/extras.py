"""Other figures of a report: measures, rules, money, people, shares, other rounds, villages; and numbers that count
nothing."""

from bench.figures import Voice, claim
from bench.numbers import money, numeral, percent
from bench.places import VILLAGES


def measures(voice: Voice) -> str:
    """Measures of the plan and how many are carried out."""
    rng, counts = voice.rng, voice.counts
    total = counts.total * rng.randint(2, 4) + rng.randint(0, 5)
    left = rng.randint(1, 5) if set(counts.states) - {"done"} else 0
    done = total - left
    n = voice.n
    unit = rng.choice(("条", "项"))
    whole = claim(
        "measure",
        "total",
        total,
        f"{rng.choice(('提出', '制定'))}整改措施{n(total)}{unit}",
        "=e",
        "#measures",
    )
    shape = rng.random()
    if shape < 0.25:
        return f"{rng.choice(('研究', '共'))}{claim('measure', 'total', total, f'制定整改措施{n(total)}{unit}', '=u')}。"
    if shape < 0.4:
        tasks = counts.total + rng.randint(3, 12)
        first = claim("task", "total", tasks, f"{n(tasks)}项整改任务", "=u")
        second = claim("measure", "total", total, f"{n(total)}条具体措施", "=u")
        return f"反馈意见共分解为{first}、{second}。"
    if not left:
        everything = claim("measure", "done", None, rng.choice(("已全部落实", "已全部完成")), "*")
        return f"{whole.replace('=e', '=u')}，{everything}。"
    part = claim("measure", "done", done, f"已完成{n(done)}{unit}", "=e", "#measures")
    if shape < 0.6:
        rest = claim("measure", "ongoing", left, f"其余{n(left)}{unit}正在落实", "=a", "#measures")
        return f"{whole}，{part}，{rest}。".replace("=e", "=a")
    if shape < 0.8:
        printed, value = percent(done, total)
        rate = claim("measure", "rate", value, f"措施完成率{printed}", "=a")
        return f"{whole}，{part}，{rate}。"
    return f"{whole}，{part}。"


def rules(voice: Voice) -> str:
    """K1, with the parts in a bracket now and then."""
    rng = voice.rng
    new, revised = rng.randint(2, 9), rng.randint(2, 12)
    total = new + revised
    n = voice.n
    if rng.random() < 0.4:
        whole = claim("rule", "any", total, f"建立健全制度{n(total)}项", "=a", "#rules")
        first = claim("rule", "any", new, f"新建{n(new)}项", "?", "=-", "#rules")
        second = claim("rule", "any", revised, f"修订{n(revised)}项", "?", "=-", "#rules")
        return f"{whole}（{first}、{second}）。"
    return (
        claim(
            "rule", "any", total, f"{rng.choice(('完善制度', '修订完善制度', '新建和修订制度'))}{n(total)}项"
        )
        + "。"
    )


def recovered(voice: Voice) -> str:
    """K2: a sum of money."""
    printed, value = money(voice.rng)
    return (
        claim("money", "any", value, f"{voice.rng.choice(('清退资金', '追缴资金', '收回资金'))}{printed}")
        + "。"
    )


def audit_money(voice: Voice) -> str:
    """R-15: money found is money recovered and money outstanding."""
    rng = voice.rng
    back, rest = rng.randint(2000, 90000), rng.randint(300, 9000)

    def wan(value: int) -> str:
        return f"{value // 100}.{value % 100:02d}万元"

    whole = claim(
        "money", "any", (back + rest) * 100.0, f"审计查出问题金额{wan(back + rest)}", "=e", "#money"
    )
    first = claim("money", "any", back * 100.0, f"已整改到位{wan(back)}", "?", "=-", "#money")
    second = claim("money", "any", rest * 100.0, f"正在整改{wan(rest)}", "?", "=-", "#money")
    return f"{whole}，其中{first}，{second}。"


def people(voice: Voice) -> str:
    """K3–K7: people dealt with."""
    rng, n = voice.rng, voice.n
    first, second = rng.randint(2, 9), rng.randint(1, 6)
    shape = rng.randint(0, 4)
    if shape == 0:
        return (
            f"{claim('person', 'any', first, f'批评教育{n(first)}人')}、"
            f"{claim('person', 'any', second, f'诫勉谈话{n(second)}人')}。"
        )
    if shape == 1:
        total = claim("person", "any", first + second, f"给予党纪处分{n(first + second)}人", "=a", "#people")
        one = claim("person", "any", first, f"警告{n(first)}人", "?", "=-", "#people")
        two = claim("person", "any", second, f"严重警告{n(second)}人", "?", "=-", "#people")
        return f"{total}（{one}、{two}）。"
    if shape == 2:
        return f"对履职不力的予以问责，{claim('person', 'any', first, f'共问责{n(first)}人')}。"
    if shape == 3 and voice.style == "arabic":
        return (
            f"{claim('person', 'any', first, f'组织处理{n(first)}人')}，"
            f"{claim('person', 'any', 0, '政务处分0人')}。"
        )
    part = rng.randint(1, first - 1)
    whole = claim("person", "any", first, f"谈话提醒{n(first)}人", "=e")
    return f"{whole}，其中{claim('person', 'any', part, f'科级干部{n(part)}人', '?', '=-', scope='other')}。"


def share(voice: Voice) -> str:
    """X2: a leader's share."""
    number = voice.rng.randint(2, 4)
    part = claim("problem", "any", number, f"领办{voice.n(number)}个重点问题", scope="other")
    return f"{voice.setting.leader}带头{part}，其余问题由分管同志牵头整改。"


def earlier(voice: Voice) -> str:
    """X3: an earlier round."""
    rng, n = voice.rng, voice.n
    number = rng.randint(6, 25)
    if voice.setting.body in ("audit", "environment"):
        year = voice.setting.start.year - 2
        whole = claim("problem", "total", number, f"{n(number)}个问题", scope="other")
        return f"{year}年度{voice.setting.source}的{whole}{claim('problem', 'done', None, '已全部完成整改', '*', scope='other')}。"
    whole = claim(
        "problem", "total", number, f"上一轮{voice.setting.source}的{n(number)}个问题", scope="other"
    )
    if rng.random() < 0.5:
        return f"{whole}{claim('problem', 'done', None, '已全部完成整改', '*', scope='other')}。"
    done = claim("problem", "done", number - 1, f"已完成整改{n(number - 1)}个", scope="other")
    return f"{whole}，{done}。"


def at_once(voice: Voice) -> str:
    """I1: problems put right at once, inside the total."""
    number = voice.rng.randint(1, max(1, voice.counts.of("done") // 3))
    part = claim("problem", "any", number, f"立行立改问题{voice.n(number)}个", scope="other")
    return f"整改工作启动后，首批集中办结{part}。"


def long_term(voice: Voice) -> str:
    """L2: problems that need lasting effort, a part of the whole."""
    number = voice.rng.randint(2, 4)
    part = claim("problem", "any", number, f"需长期坚持的{voice.n(number)}个", scope="other")
    return f"上述问题中，{part}，已逐项明确常态化措施。"


def villages(voice: Voice) -> str:
    """Independent totals: the town and its villages."""
    rng, n = voice.rng, voice.n
    names = rng.sample(VILLAGES, 3)
    total = rng.randint(12, 60)
    left = rng.randint(0, 3)
    whole = claim(
        "problem",
        "total",
        total,
        f"{names[0]}、{names[1]}、{names[2]}党组织提级巡察反馈问题{n(total)}个",
        scope="other",
    )
    done = claim("problem", "done", total - left, f"已完成整改{n(total - left)}个", scope="other")
    if not left:
        return f"{whole}，{done}。"
    rest = claim("problem", "ongoing", left, f"正在整改{n(left)}个", scope="other")
    return f"{whole}，{done}，{rest}。"


def responsibility(voice: Voice) -> str:
    """Shared responsibility: parts that add up to more than the whole, and say why."""
    rng = voice.rng
    names = rng.sample(voice.setting.offices, 3)
    third = max(1, voice.counts.total // 3)
    parts = [third + 1, third + 1, third + 2]
    shown = [
        claim("problem", "any", value, f"{name}{voice.n(value)}个", "?", "=-", scope="other")
        for name, value in zip(names, parts, strict=True)
    ]
    return f"按牵头单位划分，涉及{'、'.join(shown)}（部分问题由多个单位共同整改，存在重复计算）。"


def checks(voice: Voice) -> str:
    """T7: independent totals, of checks that ran beside the inspection."""
    rng, n = voice.rng, voice.n
    what = rng.choice(("选人用人专项检查", "意识形态工作责任制专项检查", "民生资金专项检查"))
    number = rng.randint(3, 9)
    whole = claim("problem", "total", number, f"反馈问题{n(number)}个", scope="other")
    return f"同步开展的{what}{whole}，{claim('problem', 'done', number, f'已完成整改{n(number)}个', scope='other')}。"


def distributive(voice: Voice) -> str:
    """X5: 各."""
    number = voice.rng.randint(2, 3)
    names = "、".join(voice.rng.sample(voice.setting.offices, 2))
    return (
        f"{names}{claim('problem', 'any', number, f'各牵头{voice.n(number)}个', '?', '=-', scope='other')}。"
    )


def lists(voice: Voice) -> str:
    """M4: 问题清单 and 责任清单 as nouns."""
    number = voice.counts.total * 2 + voice.rng.randint(0, 9)
    text = claim("other", "total", number, f"{voice.n(number)}条“责任清单”", "?", "=-")
    return f"逐条细化任务、压实责任，形成{text}。"


def batches(voice: Voice) -> str:
    """X4: this batch and the sum of all; noun and unit are not those of the problems."""
    rng = voice.rng
    batch, total = rng.randint(5, 20), rng.randint(60, 190)
    return (
        f"督察期间第{numeral(rng.randint(2, 9), 'chinese')}批交办群众信访举报件{batch}件，"
        f"累计交办{total}件，已办结{total}件。"
    )


def traps(voice: Voice) -> str:
    """Numbers that count no problems."""
    rng = voice.rng
    self_check = "对“三会一课”、中央八项规定及其实施细则精神落实情况"
    if voice.setting.body in ("audit", "environment"):
        self_check = "对重点任务落实情况"
    return rng.choice(
        (
            f"围绕整改工作形成“1+{rng.randint(3, 6)}+N”制度框架，召开第{rng.randint(31, 88)}次党组会议专题研究。",
            f"组织开展集中学习{rng.randint(2, 9)}0余次，班子成员走访基层单位{rng.randint(30, 90)}家。",
            f"印发《整改工作督查办法》（整改办〔{voice.setting.feedback.year}〕{rng.randint(11, 99)}号），{self_check}开展全面自查。",
            f"实施“{rng.randint(1, 9)}{rng.randint(1, 9)}{rng.randint(1, 9)}”服务提升工程，依托12345热线收集群众诉求。",
            "坚持每月调度一次、每季度通报一次，班子成员每人每季度至少到联系点督导一次。",
        )
    ).replace("党组会议", f"{voice.setting.group if voice.setting.group in ('党组', '党委') else ''}会议")
