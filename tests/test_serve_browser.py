"""The served page in a real browser: drop, see, click, edit, save; by keyboard, on a phone, in the dark, on paper."""

from __future__ import annotations

import base64
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright", reason="needs Playwright")
pytest.importorskip("starlette", reason="the page needs the extra web")

from playwright import sync_api

from checker.readers import read_bytes
from tests.test_serve import PAYLOADS, REPORT, ROOT, hostile

CHROMIUM = Path("/usr/bin/chromium")
if not CHROMIUM.exists():
    pytest.skip(f"needs a browser at {CHROMIUM} (Debian: apt-get install chromium)", allow_module_level=True)

OPTIONS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
REPEATED = REPORT + "修订管理制度,明确责任。\n" * 5
LIT = "[...(CSS.highlights.get('zhenggai') ?? [])].map((range) => range.toString())"


@pytest.fixture(scope="module")
def address(compiled: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of its own process, as a person starts it."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    environment.pop("ZHENGGAI_LANG", None)
    server = subprocess.Popen(
        [sys.executable, "-m", "checker", "serve", "--no-open", "--port", "0"],
        stdout=subprocess.PIPE,
        env=environment,
        cwd=tmp_path_factory.mktemp("served"),
        text=True,
        encoding="utf-8",
    )
    assert server.stdout is not None
    yield server.stdout.readline().partition("：")[2].strip()
    server.terminate()
    server.wait(30)
    server.stdout.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as play:
        started = play.chromium.launch(executable_path=str(CHROMIUM), args=OPTIONS.split())
        yield started
        started.close()


@pytest.fixture(scope="module")
def context(browser: Any) -> Iterator[Any]:
    """What a browser keeps between pages, of which each test clears what it might find."""
    made = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    yield made
    made.close()


@pytest.fixture
def page(context: Any, address: str) -> Iterator[Any]:
    """A page; whatever it asks of another machine, and whatever its script or its policy objects to, is an error."""
    context.clear_cookies()
    made = context.new_page()
    made.set_default_timeout(20_000)
    wrong: list[str] = []
    made.on("request", lambda one: wrong.append(one.url) if not one.url.startswith(address) else None)
    made.on("websocket", lambda one: wrong.append(one.url))
    made.on("console", lambda one: wrong.append(one.text) if one.type == "error" else None)
    made.on("pageerror", lambda error: wrong.append(str(error)))
    made.on("dialog", lambda one: (wrong.append(one.message), one.dismiss()))
    made.goto(address)
    yield made
    made.close()
    assert wrong == []


def drop(page: Any, *files: tuple[str, bytes]) -> None:
    """Let go of files over the page, as the file manager of a desktop does."""
    page.evaluate(
        """(files) => {
          const transfer = new DataTransfer();
          for (const [name, data] of files) {
            const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
            transfer.items.add(new File([bytes], name));
          }
          for (const type of ["dragenter", "dragover", "drop"])
            document.body.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
        }""",
        [[name, base64.b64encode(data).decode()] for name, data in files],
    )


def show(page: Any, text: str = REPORT, name: str = "甲.txt") -> None:
    drop(page, (name, text.encode()))
    page.wait_for_selector("#report")


def test_drop_a_file_and_click_a_figure(page: Any) -> None:
    show(page)
    assert page.title() == "甲.txt · 整改报告检查"
    assert page.locator("h1").inner_text() == "中共某某区某某局党组关于区委巡察整改进展情况的通报"
    total = page.locator(".figure", has_text="问题3个").first
    total.click()
    (words,) = page.evaluate(LIT)
    assert "问题3个" in words and words in REPORT
    assert page.locator(".lit").get_attribute("data-line") == "4"
    assert page.evaluate("document.activeElement.id") == "t1-4"


def test_click_on_what_is_listed(page: Any) -> None:
    show(page)
    counted = page.locator("tr", has_text="问题3个").locator("button.counted")
    assert counted.inner_text() == "3 正文所列"
    counted.press("Enter")
    lit = page.locator(".lit").evaluate_all("(lines) => lines.map((line) => line.dataset.line)")
    assert lit == ["6", "8", "10"]
    assert page.locator("#status").inner_text() == "已在原文里标出 3 处"
    assert all(words.startswith("（") for words in page.evaluate(LIT))


def test_from_finding_to_finding_by_keyboard(page: Any) -> None:
    show(page)
    names = page.locator(".finding").evaluate_all("(all) => all.map((one) => one.id)")
    assert len(names) >= 3

    def focused() -> str:
        return str(page.evaluate("document.activeElement.id"))

    page.keyboard.press("j")
    assert focused() == names[0]
    page.keyboard.press("j")
    assert focused() == names[1]
    page.keyboard.press("ArrowDown")
    assert focused() == names[2]
    page.keyboard.press("k")
    assert focused() == names[1]
    marked = page.locator(f"#{names[1].replace('f', 'm', 1)}")
    box = marked.bounding_box()
    assert box is not None and 0 <= box["y"] <= 900
    page.locator("#keys").uncheck()
    page.keyboard.press("j")
    assert focused() == "keys"


def test_filters(page: Any) -> None:
    show(page)
    before = page.locator(".finding:visible").count()
    errors = page.locator(".finding.error").count()
    assert 0 < errors < before
    page.locator("[data-filter-severity=error]").uncheck()
    assert page.locator(".finding:visible").count() == before - errors
    page.locator("[data-filter-severity=error]").check()
    page.locator("[data-filter-family]").select_option("count")
    shown = page.locator(".finding:visible").evaluate_all("(all) => all.map((one) => one.dataset.family)")
    assert set(shown) == {"count"}


def test_repeats_are_folded(page: Any) -> None:
    show(page, REPEATED)
    repeated = page.locator(".finding:has(.rule code:text-is('punctuation.width'))")
    count = repeated.count()
    assert count > 3
    assert repeated.locator("visible=true").count() > 0
    visible = page.locator(".finding:not(.folded):has(.rule code:text-is('punctuation.width'))")
    assert visible.count() == 1
    more = visible.locator(".more")
    assert more.inner_text() == f"同一规则还有 {count - 1} 处"
    more.click()
    assert visible.count() == count
    page.locator(".finding .more").click()
    assert visible.count() == 1
    page.evaluate("(name) => { location.hash = name }", repeated.last.get_attribute("id"))
    page.locator(".finding.folded").wait_for(state="detached")


def test_the_outline_leads_into_the_text(page: Any) -> None:
    show(page)
    page.locator(".outline summary").click()
    link = page.locator("#outline a", has_text="制度执行不严")
    link.click()
    assert page.evaluate("location.hash") == "#t1-8"
    assert page.locator("#t1-8:target").inner_text().startswith("（二）")


def test_pasted_text_is_checked_as_it_is_edited(page: Any) -> None:
    page.fill("#text", REPORT)
    page.locator(".paste button").click()
    page.wait_for_selector("#report")
    assert page.locator(".finding:has(code:text-is('count.partition'))").count() == 1
    page.locator(".editor summary").click()
    page.locator("[data-filter-severity=warning]").uncheck()
    draft = page.locator("#draft")
    assert draft.input_value() == REPORT
    draft.fill(REPORT.replace("正在整改2个", "正在整改1个"))
    page.locator(".finding:has(code:text-is('count.partition'))").wait_for(state="detached")
    assert page.evaluate("document.activeElement.id") == "draft"
    assert page.locator("#status").inner_text().startswith("已重新检查：")
    assert not page.locator("[data-filter-severity=warning]").is_checked()
    assert page.locator(".finding.warning:visible").count() == 0
    page.locator("button.counted").first.click()  # what was put in place answers as well
    assert page.evaluate(LIT) != []
    page.locator("#fixes button").click()
    page.locator("#fixes button").wait_for(state="detached")
    assert page.locator("#draft").input_value() == REPORT.replace("正在整改2个", "正在整改1个").replace(
        "截止目前", "截至目前"
    )


def test_a_finding_leads_to_its_words_where_they_are_edited(page: Any) -> None:
    text = REPORT.replace("截止目前", "𠮷局截止目前")
    show(page, "前言。\n" * 60 + text)
    finding = page.locator(".finding:has(code:text-is('text.typo'))")
    finding.locator(".correct").click()
    assert page.evaluate("document.activeElement.id") == "draft"
    chosen = "[draft.value.slice(draft.selectionStart, draft.selectionEnd), draft.scrollTop > 0]"
    assert page.evaluate(chosen) == ["截止目前", True]
    box = page.locator(".editor").bounding_box()
    assert box is not None and (box["y"] + box["height"], box["x"] > 480) == (
        900,
        True,
    )  # below the text alone
    page.keyboard.type("截至目前")
    finding.wait_for(state="detached")
    page.locator("[data-step='1']").click()
    current = page.locator(".finding.current")
    marked = page.locator("mark.here").all_inner_texts()
    assert "".join(marked) == page.evaluate(chosen)[0] != ""
    assert current.count() == 1


def test_download_the_word_file_and_open_it_again(page: Any, tmp_path: Path) -> None:
    pytest.importorskip("docx", reason="Word files need the extra word")
    show(page)
    with page.expect_download() as download:
        page.locator(".downloads a", has_text="Word（批注）").click()
    saved = tmp_path / download.value.suggested_filename
    assert saved.name == "甲.docx"
    download.value.save_as(saved)
    assert read_bytes(saved.read_bytes(), saved.name).text.split() == REPORT.split()
    comments = zipfile.ZipFile(saved).read("word/comments.xml").decode()
    assert comments.count("<w:comment ") == page.locator(".finding").count()
    page.goto("/".join(page.url.split("/")[:3]))
    drop(page, (saved.name, saved.read_bytes()))
    page.wait_for_selector("#report")
    assert page.locator(".facts dd").first.inner_text() == "甲.docx"
    assert page.locator(".editor").count() == 0
    assert page.locator(".finding .message", has_text="二者不符").count() == 1


def test_many_reports(page: Any, tmp_path: Path) -> None:
    clean = REPORT.replace("正在整改2个", "正在整改1个")
    drop(page, ("乙.txt", clean.encode()), ("甲.txt", REPORT.encode()), ("空.txt", b""))
    page.wait_for_selector(".downloads:not([hidden])")
    assert page.locator(".progress [role=status]").inner_text() == "3 份中有 1 份没能检查"
    rows = page.locator("tbody tr")
    assert rows.count() == 3

    def order() -> list[str]:
        return [text.split("\n")[0] for text in rows.locator("td:first-child").all_inner_texts()]

    head = page.locator("th", has_text="错误")
    head.locator("button").click()
    assert (order()[0], head.get_attribute("aria-sort")) == ("甲.txt", "descending")
    head.locator("button").click()
    assert (order()[-1], head.get_attribute("aria-sort")) == ("甲.txt", "ascending")
    with page.expect_download() as download:
        page.locator(".downloads a").first.click()
    download.value.save_as(tmp_path / "all.zip")
    assert "_检查结果.json" in zipfile.ZipFile(tmp_path / "all.zip").namelist()
    page.locator("tbody a", has_text="甲.txt").click()
    page.wait_for_selector("#report")
    page.get_by_text("← 全部 3 份报告").click()
    page.wait_for_selector(".batch")
    page.locator(".forget button").click()
    page.wait_for_selector("form.drop")


def test_progress_goes_on_after_a_broken_connection(browser: Any, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    broken: list[str] = []

    def answer(route: Any) -> None:
        if broken:
            route.continue_()
        else:
            broken.append(page.url)
            route.abort()

    page.route("**/rows", answer)
    page.goto(address)
    drop(page, *((f"{number}.txt", REPORT.encode()) for number in range(16)))
    page.locator("[role=status]", has_text="服务已经停止，请重新运行 zhenggai serve。").wait_for()
    page.wait_for_selector(".downloads:not([hidden])")
    assert page.locator(".progress [role=status]").inner_text() == "16 份全部检查完毕"
    context.close()


def test_markup_in_a_report_does_nothing(page: Any) -> None:
    payload = "".join(PAYLOADS)
    name = payload.replace("/", "／")
    drop(page, (f"{name}.txt", hostile(payload)))
    page.wait_for_selector("#report")
    shown = page.locator("#t1-1").inner_html()
    plain = re.sub(r'<a class="ref.*?</a>|<mark.*?>|</mark>', "", shown)
    assert payload in unescape(plain)
    page.locator(".editor summary").click()
    page.locator("#draft").fill(hostile(payload).decode() + payload)
    page.locator("#status", has_text="已重新检查").wait_for()
    assert page.locator("main :is(script, style, img, svg, iframe)").count() == 0
    assert page.locator("#report a[href^='javascript']").count() == 0


def test_what_is_too_much_is_said_before_it_is_sent(page: Any) -> None:
    page.evaluate("document.querySelector('.drop').dataset.size = '10'")
    drop(page, ("甲.txt", REPORT.encode()))
    assert page.locator(".drop [role=alert]").inner_text() == (
        "“甲.txt”超过 32 MB，没有检查；确需检查请用 --max-size 调高上限。"
    )
    page.evaluate("document.querySelector('.drop').dataset.count = '1'")
    drop(page, ("甲.txt", b"1"), ("乙.txt", b"1"))
    assert page.locator(".drop [role=alert]").inner_text() == "一次最多 200 份，请分几次检查。"
    assert page.locator("form.drop").count() == 1


def test_without_script(browser: Any, address: str, tmp_path: Path) -> None:
    report = tmp_path / "甲.txt"
    report.write_text(REPORT, encoding="utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.set_input_files("#files", str(report))
    page.locator(".drop button").click()
    page.locator(".finding").first.wait_for()
    assert page.locator(".finding").count() >= 3
    page.locator(".editor summary").click()
    page.locator("#draft").fill(REPORT.replace("正在整改2个", "正在整改1个"))
    page.locator(".editor button", has_text="重新检查").click()
    page.wait_for_load_state()
    assert page.locator(".finding:has(code:text-is('count.partition'))").count() == 0
    context.close()


BLURRED = """() => {
  const light = (color) => color.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  return [...document.querySelectorAll("textarea, select, button.plain, a.button, .drop")]
    .filter((one) => one.getClientRects().length).filter((one) => {
      const edge = light(getComputedStyle(one).borderTopColor) + 0.05;
      let under = one.parentElement;
      while (under.parentElement && getComputedStyle(under).backgroundColor === "rgba(0, 0, 0, 0)") under = under.parentElement;
      const ground = light(getComputedStyle(under).backgroundColor) + 0.05;
      return Math.max(edge, ground) / Math.min(edge, ground) < 3;
    }).map((one) => one.outerHTML.slice(0, 120));
}"""
UNNAMED = """() => [...document.querySelectorAll("input, select, textarea, button, a, progress, nav")].filter((one) =>
  !(one.labels?.length || one.getAttribute("aria-label") || one.textContent.trim())).map((one) => one.outerHTML)"""
SKIPPED = """() => {
  let last = 0;
  return [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter((one) => !one.closest(".paper")).filter((one) => {
    const level = Number(one.localName[1]);
    const skipped = level > last + 1;
    last = level;
    return skipped;
  }).map((one) => one.outerHTML);
}"""
FAINT = """() => {
  const parts = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = (color) => {
    const [r, g, b] = parts(color).slice(0, 3).map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const under = (one) => {
    for (let node = one; node; node = node.parentElement) {
      const color = getComputedStyle(node).backgroundColor;
      if ((parts(color)[3] ?? 1) === 1) return color;
    }
    return "rgb(255, 255, 255)";
  };
  return [...document.querySelectorAll("body *")].filter((one) =>
    one.getClientRects().length && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
  ).map((one) => {
    const [high, low] = [light(getComputedStyle(one).color), light(under(one))].sort((a, b) => b - a);
    return [(high + 0.05) / (low + 0.05), one.outerHTML.slice(0, 120)];
  }).filter(([ratio]) => ratio < 4.5);
}"""


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_can_be_read(page: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})

    def look() -> None:
        assert page.evaluate(UNNAMED) == []
        assert page.evaluate(SKIPPED) == []
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
            assert page.evaluate(FAINT) == []
            assert page.evaluate(BLURRED) == []

    home = page.url
    look()
    show(page, REPEATED)
    page.locator(".editor summary").click()
    page.locator(".outline summary").click()
    page.locator("button.counted").first.click()
    look()
    page.goto(home)
    drop(page, ("甲.txt", REPORT.encode()), ("空.txt", b""))
    page.wait_for_selector(".downloads:not([hidden])")
    look()


def test_in_english(page: Any) -> None:
    page.get_by_role("link", name="English").click()
    assert page.locator("h1").inner_text() == "Drop a report and see what is wrong"
    page.wait_for_load_state("load")
    show(page)
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("#filters legend").inner_text() == "Filter"
    outside = page.locator(".single > :not(h1):not(.report):not(.outline):not(.editor)").all_inner_texts()
    assert [text for text in outside if any("\u4e00" <= character <= "\u9fff" for character in text)] == []


def test_on_paper(page: Any) -> None:
    show(page, REPEATED)
    page.emulate_media(media="print")
    for name in (".downloads", ".stepper", ".editor", ".bar", ".site", ".forget"):
        assert not page.locator(name).first.is_visible(), name
    assert page.locator(".finding:visible").count() == page.locator(".finding").count()
    assert page.locator("#report .rules").is_visible()
    assert not page.locator(".outline").is_visible()
    assert page.evaluate("getComputedStyle(report).breakBefore") == "auto"  # no page for the title alone
    assert page.pdf().startswith(b"%PDF")
