"""The served page without a browser: who may ask, what may be sent, what comes back, and that nothing is left."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("starlette", reason="the page needs the extra web")
pytest.importorskip("httpx2", reason="Starlette's test client needs httpx2")

import anyio
from starlette.datastructures import Headers
from starlette.testclient import TestClient

from checker.commands.serve import access_to
from checker.manual import UsageError
from checker.packs import Pack
from checker.readers import read_bytes
from checker.serve import work
from checker.serve.app import Service, application
from checker.serve.security import Access, host_allowed, refusal, same_origin
from checker.serve.store import Store
from checker.serve.uploads import Limits, clean_name
from checker.serve.work import Failed, Setup, Upload
from checker.serve.workers import Workers
from checker.settings import Override
from tests.caches import thin

ROOT = Path(__file__).parent.parent
PORT = 8420
BASE = f"http://127.0.0.1:{PORT}"
LOCAL = Access(frozenset({"127.0.0.1", "localhost", "::1"}), PORT)
OPEN = Access(frozenset({"localhost", "office-pc"}), PORT, addresses=True, token="s3cret")
FORM = {"content-type": "multipart/form-data; boundary=x"}
LIMITS = Limits(size=100_000, total=400_000, count=4)
REPORT = """中共某某区某某局党组关于区委巡察整改进展情况的通报

根据区委统一部署，2024年3月5日至4月30日，区委第二巡察组对区某某局党组进行了巡察。
反馈问题3个，已完成整改2个，正在整改2个。
一、整改情况
（一）关于学习不够深入的问题
已完成整改。修订制度2项。
（二）关于制度执行不严的问题
已完成整改。
（三）关于项目进展缓慢的问题
正在整改，截止目前方案已经印发。
"""


@pytest.fixture(scope="module")
def workers(compiled: None) -> Iterator[Workers]:
    """One process for the whole module; what waits for it belongs to each test's own loop."""
    made = Workers(Setup(Override()), 1, 60)
    made.start()
    yield made
    made.close()


class _Kept(Workers):
    """The processes of another, which outlive the application."""

    def __init__(self, other: Workers) -> None:
        super().__init__(other.setup, other.count, other.limit)
        self._idle, self._all = other._idle, other._all

    def start(self) -> None:
        pass

    def close(self) -> None:
        pass


@pytest.fixture
def client(workers: Workers) -> Iterator[TestClient]:
    service = Service(_Kept(workers), Store(), LIMITS, "zh")
    headers = {"origin": BASE}
    with TestClient(application(service, LOCAL), BASE, headers=headers, follow_redirects=False) as made:
        yield made


def post(client: TestClient, *files: tuple[str, bytes]) -> str:
    """Send files and return the address of what came of them, once all is done."""
    answer = client.post("/check", files=[("files", file) for file in files])
    assert answer.status_code == 303, answer.text
    address = answer.headers["location"]
    until(lambda: client.get(f"{batch_of(address)}/rows").json()["done"] == len(files))
    return str(client.get(f"{batch_of(address)}/rows").json()["address"])


def batch_of(address: str) -> str:
    return "/".join(address.split("/")[:3])


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def said(answer_text: str) -> str:
    """What a page of refusal says."""
    found = re.search(r'role="alert"><h1>.*?</h1><p>(.*?)</p>', answer_text)
    assert found
    return found[1]


# --- who may ask -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "local", "open_"),
    [
        ("127.0.0.1:8420", True, True),
        ("localhost:8420", True, True),
        ("LOCALHOST:8420", True, True),
        ("[::1]:8420", True, True),
        ("127.0.0.1", False, False),
        ("127.0.0.1:80", False, False),
        ("localhost.evil.example:8420", False, False),
        ("evil.example:8420", False, False),
        ("192.168.1.7:8420", False, True),
        ("office-pc:8420", False, True),
        ("", False, False),
        ("127.0.0.1:8420@evil.example", False, False),
    ],
)
def test_names_that_the_server_answers_to(host: str, local: bool, open_: bool) -> None:
    assert (host_allowed(host, LOCAL), host_allowed(host, OPEN)) == (local, open_)


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({"origin": BASE}, True),
        ({"origin": BASE, "sec-fetch-site": "same-origin"}, True),
        ({}, False),
        ({"origin": "null"}, False),
        ({"origin": "http://evil.example"}, False),
        ({"origin": f"https://127.0.0.1:{PORT}"}, False),
        ({"origin": "http://127.0.0.1:9999"}, False),
        ({"origin": f"http://localhost:{PORT}"}, False),
        ({"origin": BASE, "sec-fetch-site": "cross-site"}, False),
    ],
)
def test_only_pages_of_ours_may_post(headers: dict[str, str], allowed: bool) -> None:
    assert same_origin(Headers(headers), f"127.0.0.1:{PORT}") == allowed


def test_a_foreign_name_and_a_foreign_page_are_refused(client: TestClient) -> None:
    rebound = client.get("/", headers={"host": f"evil.example:{PORT}"})
    assert (rebound.status_code, said(rebound.text)) == (421, "地址不对：请用程序显示的地址打开。")
    posted = client.post(
        "/check", headers={"origin": "http://evil.example"}, files={"files": ("a.txt", b"a")}
    )
    assert (posted.status_code, said(posted.text)) == (403, "不接受从别的网页发来的内容。")
    assert client.request("DELETE", "/").status_code == 405
    assert client.get("/check").status_code == 405


def test_the_network_needs_the_token(workers: Workers) -> None:
    app = application(Service(_Kept(workers), Store(), LIMITS, "zh"), OPEN)
    with TestClient(
        app, f"http://192.168.1.7:{PORT}", headers={"origin": f"http://192.168.1.7:{PORT}"}
    ) as client:
        for path in ("/", "/?token=", "/?token=wrong", "/static/serve.js", "/b/x"):
            assert client.get(path).status_code == 401, path
        assert client.post("/check", files={"files": ("a.txt", b"a")}).status_code == 401
        entered = client.get("/?token=s3cret")
        assert entered.status_code == 200
        cookie = entered.headers["set-cookie"]
        assert cookie == "zhenggai-8420=s3cret; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax"
        assert client.get("/static/serve.js").status_code == 200


def test_beyond_this_machine_only_with_a_token() -> None:
    for host in ("127.0.0.1", "localhost", "::1", "127.8.8.8"):
        assert access_to(host, PORT)[0].token is None
    access, address = access_to("0.0.0.0", PORT)
    assert access.token is not None and len(access.token) >= 32
    assert address == f"http://{socket.gethostname().lower()}:{PORT}/?token={access.token}"
    assert access_to("10.1.2.3", PORT)[0].token != access.token
    assert access_to("::1", PORT)[1] == f"http://[::1]:{PORT}/"


def test_two_hosts_at_once_are_refused() -> None:
    twice = Headers(raw=[(b"host", b"127.0.0.1:8420"), (b"host", b"evil.example:8420")])
    assert refusal("GET", twice, LOCAL, False) == (421, "error.host")


# --- what an answer allows -------------------------------------------------------------------------------


def test_every_answer_is_sealed(client: TestClient) -> None:
    address = post(client, ("甲.txt", REPORT.encode()))
    paths = (
        "/",
        address,
        f"{address}/json",
        f"{address}/html",
        "/static/serve.js",
        "/nowhere",
        "/b/x",
        "/b/x/all/zip",
    )
    for path in paths:
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'"), path
        assert "unsafe" not in policy and "http" not in policy and "*" not in policy, path
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["cache-control"] == "no-store", path
        assert headers["x-frame-options"] == "DENY", path
    assert "sandbox" in client.get(f"{address}/html").headers["content-security-policy"]


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name in ("href", "src", "action"):
                self.addresses.add(value or "")


PAYLOADS = (
    "<script>alert(1)</script>",
    "<style>*{display:none}</style>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "\"><b onmouseover='alert(1)'>",
    "</textarea><iframe src=//evil.example>",
    "{{7*7}}${7*7}",
)
OWN_TAGS = """
html head meta title link script body a header main h1 h2 h3 h4 h5 h6 p span b ul ol li nav form
button label input textarea details summary div section article dl dt dd table thead tbody tr th td
caption small q mark code blockquote del ins fieldset legend select option output progress br
noscript
"""


def hostile(payload: str) -> bytes:
    """A report with ``payload`` in every place that a page shows."""
    return (
        f"中共{payload}党组关于区委巡察整改进展情况的通报\n\n"
        f"反馈问题3个，已完成整改2个，正在整改2个{payload}。\n"
        f"一、{payload}整改情况\n（一）关于{payload}的问题\n已完成整改。，{payload}\n"
        f"（三）关于{payload}不严的问题\n{payload}\t{payload}\n"
        f"联系电话：0431-1234567{payload}\n{payload}\n"
    ).encode()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_in_a_report_and_in_its_name_is_text(client: TestClient, payload: str) -> None:
    name = payload.replace("/", "／")
    single = post(client, (f"{name}.txt", hostile(payload)))
    pages = [client.get(single).text, client.get(f"{single}?lang=en").text]
    several = post(client, (f"{name}.txt", hostile(payload)), (f"{name}.pdf", payload.encode()))
    pages.append(client.get(several).text)
    pages.append(client.get(f"{several}/rows").json()["rows"])
    edited = client.post(
        f"{single}/text", content=hostile(payload), headers={"content-type": "text/plain"}
    ).json()
    pages.append("".join(value for key, value in edited.items() if key not in ("title", "found")))
    for page in pages:
        seen = _Tags()
        seen.feed(page)
        assert seen.tags - set(OWN_TAGS.split()) == set()
        assert [
            name for name in seen.attributes if name.startswith("on") or name in ("style", "srcdoc")
        ] == []
        assert [one for one in seen.addresses if not re.match(r"[/#?]", one) or one.startswith("//")] == []
        assert page.count("<script") in (0, 2)


def test_no_page_names_a_folder_of_this_machine(client: TestClient) -> None:
    address = post(client, ("甲.txt", REPORT.encode()), ("乙.docx", b"PK\x03\x04broken"))
    pages = [
        client.get(path).text
        for path in ("/", address, f"{address}/1", f"{address}/1/html", f"{address}/1/json")
    ]
    shown = "".join(pages)
    assert [
        folder for folder in (str(ROOT), str(Path.home()) + "/", str(Path.cwd())) if folder in shown
    ] == []


def test_a_crashed_rule_does_not_name_its_folder(tmp_path: Path) -> None:
    rule = """
- id: demo.crash
  severity: warning
  assert: 1 / size(report.mark_runs) == 1
  message: {zh: 错, en: wrong}
  why: {zh: 无。, en: None.}
  basis: {zh: 无。, en: None.}
  bad: [⟦一⟧]
  good: [一]
"""
    (tmp_path / "demo.yaml").write_text(rule, encoding="utf-8")
    setup = Setup(Override(rules=(tmp_path,), select=("demo",)))
    (crash,) = re.findall(
        r'class="message">(.*?)<', work.show(Upload("甲.txt", "一".encode()), setup, "zh").section
    )
    assert crash == "规则 demo.crash 出错，没有查完（demo.yaml:4:13：除数为零）"


# --- what may be sent ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "status", "message"),
    [
        ([], 400, "没有收到文件或文字；什么都没查不算通过。"),
        (
            [("a.txt", b"x" * 100_001)],
            413,
            "“a.txt”超过 100000 B，没有检查；确需检查请用 --max-size 调高上限。",
        ),
        ([(f"{number}.txt", b"x") for number in range(5)], 413, "一次最多 4 份，请分几次检查。"),
        ([(f"{number}.txt", b"x") for number in range(9)], 413, "一次最多 4 份，请分几次检查。"),
        ([("a.txt", b"x" * 500_000)], 413, "这些文件合起来超过 400000 B，请分几次检查。"),
    ],
)
def test_limits(client: TestClient, files: list[tuple[str, bytes]], status: int, message: str) -> None:
    answer = client.post(
        "/check", files=[("files", file) for file in files], data={"unused": ""} if not files else None
    )
    if not files:
        answer = client.post("/check", files=[("files", ("", b""))])
    assert (answer.status_code, said(answer.text)) == (status, message)


def test_what_is_no_form_is_refused(client: TestClient) -> None:
    for content_type in ("application/x-www-form-urlencoded", "text/plain", "multipart/form-data"):
        answer = client.post("/check", content=b"files=1", headers={"content-type": content_type})
        assert answer.status_code in (400, 415), content_type
        assert said(answer.text) == "收到的内容读不懂。"


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("通报.docx", "通报.docx"),
        ("C:\\公文\\通报.docx", "通报.docx"),
        ("../../etc/passwd", "passwd"),
        ("..", "未命名"),
        ("-", "未命名"),
        ("", "未命名"),
        (".txt", "未命名.txt"),
        ("a\x00b\n.txt", "ab.txt"),
        ("报告\u202etxt.exe", "报告txt.exe"),
        ("长" * 300 + ".docx", "长" * 120 + ".docx"),
    ],
)
def test_names_of_files(name: str, clean: str) -> None:
    assert clean_name(name) == clean


@given(st.text(max_size=200))
def test_no_name_leads_elsewhere(name: str) -> None:
    clean = clean_name(name)
    assert clean and clean == clean_name(clean)
    assert Path(clean).name == clean and clean not in (".", "..", "-")
    assert len(clean) <= 131 and not any(ord(one) < 32 for one in clean)


def test_two_files_of_one_name_stay_apart(client: TestClient) -> None:
    address = post(client, ("甲.txt", REPORT.encode()), ("甲.txt", REPORT.encode()))
    assert re.findall(r"甲[^<]*\.txt(?=</a>)", client.get(address).text) == ["甲.txt", "甲 (2).txt"]


def test_a_file_that_cannot_be_read_says_why(client: TestClient) -> None:
    address = post(client, ("空.txt", b""))
    assert address.count("/") == 2
    page = client.get(address).text
    assert "没能检查" in page and "文件是空的，没有可检查的内容；什么都没查不算通过" in page
    opened = client.get(f"{address}/1")
    assert (opened.status_code, said(opened.text)) == (
        422,
        "文件是空的，没有可检查的内容；什么都没查不算通过",
    )
    assert "没有收到文件或文字" not in page


# --- what comes back -------------------------------------------------------------------------------------


def test_one_report_is_shown_at_once(client: TestClient) -> None:
    address = post(client, ("甲.txt", REPORT.encode()))
    assert address.endswith("/1")
    page = client.get(address).text
    assert "<h1>中共某某区某某局党组关于区委巡察整改进展情况的通报</h1>" in page
    assert re.search(r'data-places="4:\d+-4:\d+"', page)
    assert 'href="#t1-6"><b>一</b>' in page or "关于学习不够深入的问题</a>" in page
    assert 'class="finding error"' in page
    english = client.get(f"{address}?lang=en")
    assert '<html lang="en">' in english.text and "Text of the report" in english.text
    assert "Text of the report" in client.get(address).text  # the language is kept


def test_pasted_text_is_a_report(client: TestClient) -> None:
    answer = client.post("/check", data={"text": REPORT.replace("\n", "\r\n")}, files={"files": ("", b"")})
    until(lambda: client.get(f"{batch_of(answer.headers['location'])}/rows").json()["done"] == 1)
    page = client.get(f"{batch_of(answer.headers['location'])}/1").text
    assert "粘贴的文字.txt" in page
    assert f'aria-describedby="edit-hint">\n{REPORT}</textarea>' in page


def test_an_edited_text_is_checked_again(client: TestClient) -> None:
    address = post(client, ("甲.txt", REPORT.encode()))
    before = client.get(f"{address}/json").json()
    assert "count.partition" in {one["rule"] for one in before["diagnostics"]}
    right = REPORT.replace("正在整改2个", "正在整改1个")
    answer = client.post(
        f"{address}/text", content=right.encode(), headers={"content-type": "text/plain;charset=utf-8"}
    )
    assert set(answer.json()) == {"title", "badges", "found", "filters", "outline", "report", "fixes"}
    after = client.get(f"{address}/json").json()
    assert "count.partition" not in {one["rule"] for one in after["diagnostics"]}
    assert client.get(f"{address}/text").content.decode() == right
    form = client.post(f"{address}/text", files={"files": ("", b"")}, data={"text": REPORT})
    assert (form.status_code, form.headers["location"]) == (303, address)
    assert client.get(f"{address}/json").json() == before


def test_a_text_that_cannot_be_checked_takes_no_place(client: TestClient) -> None:
    address = post(client, ("甲.txt", REPORT.encode()))
    headers = {"content-type": "text/plain", "accept": "application/json"}
    answer = client.post(f"{address}/text", content=b" \n", headers=headers)
    assert (answer.status_code, answer.text) == (422, "文件是空的，没有可检查的内容；什么都没查不算通过")
    assert client.get(f"{address}/text").content.decode() == REPORT


def test_safe_corrections_are_made_where_they_were_found() -> None:
    upload = Upload("甲.txt", REPORT.encode())
    shown = work.show(upload, Setup(Override()), "zh")
    assert shown.fixes == 1
    corrected = work.correct(upload, Setup(Override()))
    assert corrected == REPORT.replace("截止目前", "截至目前")
    again = work.show(Upload("甲.txt", corrected.encode()), Setup(Override()), "zh")
    assert again.fixes == 0
    with pytest.raises(Failed):
        work.correct(Upload("甲.docx", b"x"), Setup(Override()))


def test_downloads(client: TestClient) -> None:
    pytest.importorskip("docx", reason="Word files need the extra word")
    pytest.importorskip("openpyxl", reason="workbooks need the extra xlsx")
    address = post(client, ("甲.txt", REPORT.encode()))
    word_file = client.get(f"{address}/word")
    assert word_file.headers["content-disposition"] == (
        "attachment; filename=\"zhenggai.docx\"; filename*=UTF-8''%E7%94%B2.docx"
    )
    assert read_bytes(word_file.content, "甲.docx").text.split() == REPORT.split()
    assert "word/comments.xml" in zipfile.ZipFile(io.BytesIO(word_file.content)).namelist()
    fixed = zipfile.ZipFile(io.BytesIO(client.get(f"{address}/word-fixed").content)).read("word/document.xml")
    assert b"<w:del " in fixed or b"<w:ins " in fixed
    assert client.get(f"{address}/html").text.startswith("<!DOCTYPE html>")
    assert zipfile.ZipFile(io.BytesIO(client.get(f"{address}/xlsx").content)).testzip() is None
    assert client.get(f"{address}/json").json()["diagnostics"][0]["path"] == "甲.txt"
    for form in ("zip", "exe", "text/x"):
        assert client.get(f"{address}/{form}").status_code == 404


def test_everything_of_many_reports(client: TestClient) -> None:
    pytest.importorskip("docx", reason="Word files need the extra word")
    pytest.importorskip("openpyxl", reason="workbooks need the extra xlsx")
    address = post(client, ("甲.txt", REPORT.encode()), ("乙.md", REPORT.encode()), ("丙.txt", b""))
    rows = client.get(f"{address}/rows").json()
    assert (rows["done"], rows["progress"]) == (3, "3 份中有 1 份没能检查")
    packed = zipfile.ZipFile(io.BytesIO(client.get(f"{address}/all/zip").content))
    assert sorted(packed.namelist()) == sorted(
        ["甲.docx", "乙.docx", "_检查结果.html", "_汇总.xlsx", "_检查结果.json"]
    )
    data = json.loads(packed.read("_检查结果.json"))
    assert (data["files"], [one["path"] for one in data["errors"]]) == (2, ["丙.txt"])
    assert client.get(f"{address}/all/word").status_code == 404


def test_what_is_forgotten_is_gone(client: TestClient) -> None:
    address = post(client, ("甲.txt", REPORT.encode()))
    assert client.post(f"{batch_of(address)}/forget").headers["location"] == "/"
    for path in (address, f"{address}/json", f"{batch_of(address)}/rows"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert said(answer.text).startswith("这份检查结果已经不在了")


def test_old_reports_and_too_many_bytes_are_let_go() -> None:
    now = [0.0]
    store = Store(clock=lambda: now[0], max_bytes=25)
    first = store.add([Upload("a.txt", b"x" * 10)])
    second = store.add([Upload("b.txt", b"x" * 10)])
    third = store.add([Upload("c.txt", b"x" * 10)])
    assert [store.get(one.key) is one for one in (first, second, third)] == [False, True, True]
    assert (first.open, second.open) == (False, True)
    now[0] = 13 * 3600
    assert [store.get(one.key) for one in (second, third)] == [None, None]
    huge = store.add([Upload("d.txt", b"x" * 100)])
    assert store.get(huge.key) is huge


# --- processes -------------------------------------------------------------------------------------------


def test_a_report_that_takes_too_long_is_stopped_and_the_next_one_checked() -> None:
    async def run() -> list[str]:
        workers = Workers(Setup(Override()), 1, 60)
        workers.start()
        heard = []
        try:
            await workers.run(os.getpid)
            workers.limit = 0.3
            for function, argument in ((time.sleep, 30), (os._exit, 1)):
                try:
                    await workers.run(function, argument)
                except Failed as error:
                    heard.append(error.message["zh"])
            workers.limit = 60
            summary = await workers.run(work.summarize, Upload("甲.txt", REPORT.encode()), workers.setup)
            heard.append(summary.title)
        finally:
            workers.close()
        return heard

    assert anyio.run(run) == [
        "0.3 秒内没有查完，已停止；可用 --time-limit 放宽。",
        "检查它的进程意外终止，没有结果。",
        "中共某某区某某局党组关于区委巡察整改进展情况的通报",
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="ends a process with signals")
@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize("end", ["SIGINT", "SIGKILL"])
def test_nothing_is_left_of_a_server_that_ended(tmp_path: Path, end: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    server = subprocess.Popen(
        [sys.executable, "-m", "checker", "serve", "--no-open", "--port", str(port)],
        stdout=subprocess.PIPE,
        env=environment,
        text=True,
        cwd=tmp_path,
        encoding="utf-8",
    )
    assert server.stdout is not None
    assert server.stdout.readline() == f"检查网页：http://127.0.0.1:{port}/\n"
    address = f"http://127.0.0.1:{port}"
    content = REPORT.encode() * 3_000  # more than any parser keeps in memory by itself
    data = (
        b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
        + content
        + b"\r\n--x--\r\n"
    )
    request = urllib.request.Request(f"{address}/check", data, {**FORM, "origin": address})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect())
    with pytest.raises(urllib.error.HTTPError) as answer:
        opener.open(request, timeout=60)
    assert answer.value.code == 303
    assert list(tmp_path.iterdir()) == []
    children = [int(one) for one in _children(server.pid)]
    server.send_signal(getattr(signal, end))
    assert server.wait(30) == (0 if end == "SIGINT" else -signal.SIGKILL)
    server.stdout.close()
    assert list(tmp_path.iterdir()) == []
    until(lambda: not any(_alive(child) for child in children), 45)


def test_what_a_process_works_out_is_kept_though_it_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable, place in thin(tmp_path).items():
        monkeypatch.setenv(variable, place)
    (kept,) = tmp_path.iterdir()
    before = Pack(kept.read_bytes()).names()
    workers = Workers(Setup(Override()), 1, 60)
    workers.start()
    try:
        anyio.run(workers.run, work.summarize, Upload("甲.txt", REPORT.encode()), workers.setup)
    finally:
        workers.close()
    assert list(tmp_path.iterdir()) == [kept]
    assert before < Pack(kept.read_bytes()).names()


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:  # type: ignore[override]
        return None


def _children(process: int) -> list[str]:
    listed = Path(f"/proc/{process}/task/{process}/children")
    return listed.read_text().split() if listed.exists() else []


def _alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


# --- the command -----------------------------------------------------------------------------------------


def test_bad_options_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    from checker.cli import main
    from checker.commands.serve import listen

    assert main(["serve", "--time-limit", "soon"]) == 2
    assert (
        capsys.readouterr().err == "zhenggai: 错误：--time-limit 的值“soon”不对\n详见 zhenggai serve --help\n"
    )
    with pytest.raises(UsageError):
        listen("127.0.0.1", "70000", "zh")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["serve", "--no-open", "--port", str(port)]) == 2
        assert capsys.readouterr().err.startswith(f"zhenggai: 错误：127.0.0.1:{port} 用不了：")


def test_without_a_port_another_is_chosen_where_the_usual_one_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from checker.commands import serve

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setattr(serve, "PORT", taken.getsockname()[1])
        with serve.listen("127.0.0.1", None, "zh") as listener:
            assert listener.getsockname()[1] != serve.PORT
