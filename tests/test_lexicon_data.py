"""The lexicon files hold what their heads promise: shapes, unique keys, known sources, no self-contradiction."""

import re
import time
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
LEXICON = ROOT / "rules" / "lexicon"
SEEDS = ROOT.parent / "shared" / "seeds"

FILES = ["typos", "phrases", "quoted", "regions", "furniture", "broken", "unfinished"]


@cache
def load(name):
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((LEXICON / f"{name}.yaml").read_text(encoding="utf-8"), Loader=loader)


def entries(name):
    """Return all the entries of a file that cite a source."""
    data = load(name)
    if isinstance(data, list):
        return data
    return [entry for key in ("words", "lines", "tokens") for entry in data.get(key, [])]


def repeated(values):
    ordered = sorted(values)
    return [one for one, two in pairwise(ordered) if one == two]


def covered(text, start, end, exceptions):
    """Tell whether an exception overlaps the place."""
    return any(
        match.start() < end and start < match.end()
        for exception in exceptions
        for match in re.finditer(re.escape(exception), text)
    )


def findings(text, wrong, exceptions):
    """Return where `wrong` stands in the text and no exception covers it."""
    if wrong not in text:
        return []
    return [
        match.start()
        for match in re.finditer(re.escape(wrong), text)
        if not covered(text, match.start(), match.end(), exceptions)
    ]


@pytest.mark.parametrize("name", FILES)
def test_small_and_text_only(name):
    path = LEXICON / f"{name}.yaml"
    assert path.stat().st_size < 600_000
    assert "\t" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [name for name in FILES if name != "regions"])
def test_every_source_is_explained(name):
    listed = set(re.findall(r"`(\w+)`", (LEXICON / "SOURCES.md").read_text(encoding="utf-8")))
    assert {entry["source"] for entry in entries(name)} - listed == set()


def test_typos_have_the_shape_of_their_head():
    needed, known = {"wrong", "right", "safe", "source", "sense"}, {"except"}
    assert [entry for entry in load("typos") if not needed <= set(entry) <= needed | known] == []
    assert [entry for entry in load("typos") if not isinstance(entry["safe"], bool)] == []
    assert len(load("typos")) >= 300


def test_typos_are_unique():
    assert repeated(entry["wrong"] for entry in load("typos")) == []


def test_a_typo_is_not_its_own_correction():
    assert [entry["wrong"] for entry in load("typos") if entry["wrong"] == entry["right"]] == []


def test_correcting_a_typo_makes_no_other():
    bad = [
        (entry["wrong"], other["wrong"])
        for entry in load("typos")
        for other in load("typos")
        if findings(entry["right"], other["wrong"], other.get("except", []))
    ]
    assert bad == []


def test_exceptions_of_typos_hold_the_wrong_form():
    bad = [
        (entry["wrong"], exception)
        for entry in load("typos")
        for exception in entry.get("except", [])
        if entry["wrong"] not in exception
    ]
    assert bad == []


def test_a_typo_is_found_alone_and_not_in_its_exceptions():
    for entry in load("typos"):
        exceptions = entry.get("except", [])
        assert findings(f"，{entry['wrong']}。", entry["wrong"], exceptions) == [1]
        for exception in exceptions:
            assert findings(exception, entry["wrong"], exceptions) == []


def test_a_longer_typo_is_not_implied_by_a_shorter_one():
    typos = {entry["wrong"]: entry for entry in load("typos")}
    implied = [
        (long, short)
        for long, entry in typos.items()
        for short, other in typos.items()
        if short != long
        and long.replace(short, other["right"]) == entry["right"]
        and findings(long, short, other.get("except", []))
    ]
    assert implied == []


CORRECT = (
    "存在形式主义、官僚主义，走形式、摆样子的问题得到纠正。报名截止时间为6月30日。目的的确立，实实在在的变化。"
    "自己完成自查，建立既有机制，立即要求整改。疏理河道淤泥，设帐篷接待来访。严防犯罪，拒绝秘密传播。"
    "不了了之的问题逐条了解，共和和谐，日常安全巡查组每周检查，检察机关开展检察工作。编制《手册》，落实整改任务。"
    "一切消除隐患的办法都用上了，站在讲政治的高度，逐条认领。在坚持原则的基础上，完善制度。增强“四个意识”、"
    "坚定“四个自信”、做到“两个维护”，深刻领悟“两个确立”的决定性意义。铸牢中华民族共同体意识。"
    "学习贯彻习近平新时代中国特色社会主义思想，学习总书记重要讲话。落实中央八项规定及其实施细则精神。"
    "中小学校实行党组织领导的校长负责制，高校实行党委领导下的校长负责制。纠治形式主义、官僚主义、享乐主义和奢靡之风。"
)


def test_good_prose_has_no_finding():
    found = [e["wrong"] for e in load("typos") if findings(CORRECT, e["wrong"], e.get("except", []))]
    found += [
        wrong
        for e in load("phrases")
        for wrong in e["wrong"]
        if findings(CORRECT, wrong, e.get("except", []))
    ]
    found += [
        e["pattern"]
        for e in load("broken")
        for match in re.finditer(e["pattern"], CORRECT)
        if not covered(CORRECT, match.start(), match.end(), e.get("except", []))
    ]
    assert found == []


def test_phrases_have_the_shape_of_their_head():
    needed = {"phrase", "right", "wrong", "sense", "source"}
    known = {"each", "except", "members", "verbs_before", "not_verbs", "kind", "since"}
    assert [entry["phrase"] for entry in load("phrases") if not needed <= set(entry) <= needed | known] == []


def test_wrong_phrases_are_unique():
    assert repeated(wrong for entry in load("phrases") for wrong in entry["wrong"]) == []


def test_no_right_phrase_contains_a_wrong_one():
    rights = {r for e in load("phrases") for r in [e["right"], *e.get("each", {}).values()]}
    bad = [
        (right, wrong)
        for right in rights
        for entry in load("phrases")
        for wrong in entry["wrong"]
        if findings(right, wrong, entry.get("except", []))
    ]
    assert bad == []


def test_single_corrections_of_phrases_belong_to_wrong_forms():
    assert [e["phrase"] for e in load("phrases") if not set(e.get("each", {})) <= set(e["wrong"])] == []


def test_verbs_are_on_one_side():
    both = [
        entry["phrase"]
        for entry in load("phrases")
        if set(entry.get("verbs_before", [])) & set(entry.get("not_verbs", []))
    ]
    assert both == []


def test_quoted_terms_are_unique_and_bare():
    terms = [entry["term"] for entry in load("quoted")]
    assert repeated(terms) == []
    assert [term for term in terms if re.search('[“”"]', term)] == []
    assert [e["term"] for e in load("quoted") for x in e.get("except", []) if e["term"] not in x] == []


def test_furniture_has_kinds_and_no_repetition():
    data = load("furniture")
    assert {entry["kind"] for entry in data["lines"] + data["tokens"]} == {
        "furniture",
        "label",
        "attachment",
        "markup",
    }
    assert {entry["where"] for entry in data["lines"]} == {"head", "foot", "any"}
    assert repeated(entry["text"] for entry in data["lines"]) == []
    assert repeated(entry["text"] for entry in data["tokens"]) == []


def test_furniture_leaves_a_report_alone():
    lines = [
        "一、整改工作组织情况",
        "来源于群众的意见已逐条办理。",
        "附件：整改台账一览表，另行印发",
        "联系电话：0999-1234567",
    ]
    begun = [
        (line, entry["text"])
        for line in lines
        for entry in load("furniture")["lines"]
        if line.startswith(entry["text"]) and len(line) <= entry.get("max", 10**6)
    ]
    assert begun == []


@pytest.mark.parametrize("entry", load("broken"), ids=lambda entry: entry["hint"])
def test_broken_collocations_prove_themselves(entry):
    pattern, exceptions = re.compile(entry["pattern"]), entry.get("except", [])

    def found(text):
        return [m for m in pattern.finditer(text) if not covered(text, m.start(), m.end(), exceptions)]

    assert entry["bad"] and all(found(text) for text in entry["bad"])
    assert entry["good"] and not any(found(text) for text in entry["good"])


def test_broken_patterns_are_safe():
    patterns = [entry["pattern"] for entry in load("broken")]
    assert repeated(patterns) == []
    assert [pattern for pattern in patterns if re.search(r"\(\?[=!<]|[+*]\)?[+*{]|\.\*|\.\+", pattern)] == []


def test_unfinished_words():
    words = load("unfinished")["words"]
    assert repeated(entry["word"] for entry in words) == []
    assert {entry["strength"] for entry in words} == {"strong", "weak"}
    assert {entry["kind"] for entry in words} == {"future", "ongoing", "undone"}
    assert [(e["word"], x) for e in words for x in e.get("except", []) if e["word"] not in x] == []


def region(place):
    return [entry for entry in load("regions")["regions"] if place in entry["places"]]


def test_regions_have_well_formed_codes():
    for entry in load("regions")["regions"]:
        assert entry["code"] == entry["codes"][0]
        assert all(re.fullmatch(r"0(10|2\d|[3-9]\d\d)", code) for code in entry["codes"])
        assert entry["postcodes"] and all(re.fullmatch(r"\d{2,3}", prefix) for prefix in entry["postcodes"])
        assert entry["places"] and repeated(entry["places"]) == []


def test_regions_cover_the_country():
    data = load("regions")
    provinces = {entry["name"] for entry in data["provinces"]}
    assert len(provinces) == 31
    assert {entry["province"] for entry in data["regions"]} == provinces
    assert len({entry["city"] for entry in data["regions"]}) >= 337
    assert len({place for entry in data["regions"] for place in entry["places"]}) >= 5000


@pytest.mark.parametrize(
    ("place", "code", "prefix"),
    [
        ("二道区", "0431", "130"),
        ("璧山区", "023", "40"),
        ("芙蓉区", "0731", "410"),
        ("长宁区", "021", "20"),
        ("昆山市", "0512", "215"),
        ("义乌市", "0579", "322"),
        ("恩施土家族苗族自治州", "0718", "445"),
        ("乌兰浩特市", "0482", "137"),
        ("三沙市", "0898", "573"),
        ("雄安新区", "0312", "071"),
        ("石河子市", "0993", "832"),
    ],
)
def test_regions_known(place, code, prefix):
    assert [(entry["code"], prefix in entry["postcodes"]) for entry in region(place)] == [(code, True)]


def test_a_name_in_several_places_stands_in_each():
    assert {entry["code"] for entry in region("朝阳区")} == {"010", "0431"}
    assert region("朝阳") == []


def test_regions_load_fast():
    begin = time.perf_counter()
    load.__wrapped__("regions")
    assert time.perf_counter() - begin < 5


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not beside the project")
def test_typos_in_the_seeds_are_those_known():
    texts = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.iterdir())]
    found = {
        entry["wrong"]
        for entry in load("typos")
        for text in texts
        if findings(text, entry["wrong"], entry.get("except", []))
    }
    assert found == {"疏理", "认清形式", "当做福利", "设帐", "更好的用于", "有计划的开展"}
