"""What a command and an option are, and the options that commands share, in both languages."""

from __future__ import annotations

from checker.output import FORMATS
from checker.records import dataclass

Words = tuple[str, str]
"""A sentence in Chinese and English."""


@dataclass(frozen=True, slots=True)
class Option:
    """An option. ``kind``: ``flag``, ``value``, ``optional`` (a value after ``=`` or none), ``list`` (repeatable) or
    ``words`` (repeatable, commas too)."""

    flags: tuple[str, ...]
    help: Words
    kind: str = "value"
    metavar: Words = ("", "")
    choices: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its attribute in the parsed arguments."""
        return self.flags[-1].lstrip("-").replace("-", "_")


@dataclass(frozen=True, slots=True)
class Command:
    """A command; ``module`` has its ``run(arguments)``. ``operand``: name, argparse's nargs, metavar, help."""

    name: str
    module: str
    summary: Words
    description: Words
    options: tuple[Option, ...]
    examples: tuple[tuple[str, Words], ...]
    operand: tuple[str, str | None, Words, Words] | None = None
    statuses: tuple[tuple[str, Words], ...] = ()


LANG = Option(
    ("--lang",),
    (
        "界面和提示用的语言，默认 zh；也可用环境变量 ZHENGGAI_LANG 设定",
        "language of messages, zh by default; ZHENGGAI_LANG in the environment sets it too",
    ),
    choices=("zh", "en"),
)
NO_COLOR = Option(
    ("--no-color",),
    ("不用颜色；设了环境变量 NO_COLOR 也一样", "no colours; so does NO_COLOR in the environment"),
    "flag",
)
HELP = Option(("-h", "--help"), ("显示这份说明", "show this help"), "flag")
VERSION = Option(("--version",), ("显示版本", "show the version"), "flag")
OUTPUT = Option(
    ("-o", "--output"),
    ("写到这个文件，不写到屏幕", "write to this file, not to the screen"),
    metavar=("文件", "FILE"),
)
CONFIG = Option(
    ("--config",),
    (
        "用这份配置，不再从报告所在文件夹向上找 zhenggai.yaml",
        "use this configuration instead of looking upward from the report for zhenggai.yaml",
    ),
    metavar=("文件", "FILE"),
)
SELECT = Option(
    ("--select",),
    (
        "只用这些规则：规则名或一类的名，用逗号隔开，可写几次",
        "only these rules: names or families, with commas between; may be repeated",
    ),
    "words",
    ("规则", "RULES"),
)
IGNORE = Option(
    ("--ignore",),
    ("不用这些规则，写法同上", "not these rules; written alike"),
    "words",
    ("规则", "RULES"),
)
RULES = Option(
    ("--rules",),
    (
        "另外加上这个文件夹里的规则（*.yaml），可写几次",
        "add the rules in this folder (*.yaml); may be repeated",
    ),
    "list",
    ("文件夹", "DIR"),
)
GENRE = Option(
    ("--genre",),
    (
        "文种；不写则由内容判断，一般是 inspection-rectification",
        "the genre; judged from the text if not given, as a rule inspection-rectification",
    ),
    metavar=("文种", "GENRE"),
)
MAX_SIZE = Option(
    ("--max-size",),
    ("超过这个大小的文件不检查，默认 32MB", "do not check files larger than this; 32MB by default"),
    metavar=("大小", "SIZE"),
)
STDIN_FILENAME = Option(
    ("--stdin-filename",),
    (
        "标准输入（-）的文件名，供显示、找配置和判断格式",
        "what to call standard input (-): for messages, settings and its kind",
    ),
    metavar=("名字", "NAME"),
)
CHECK_FORMAT = Option(
    ("--format",),
    (
        f"输出格式：{'、'.join(FORMATS)}，默认 text；写成 格式:文件 则写进文件，可写几次。"
        "jsonl（每个文件一行）和 parquet 随查随写，先查完的先写",
        f"output format: {', '.join(FORMATS)}; text by default; FORMAT:FILE writes to a file; may be repeated. "
        "jsonl (a line for each file) and parquet are written as files are done, in that order",
    ),
    "list",
    ("格式[:文件]", "FORMAT[:FILE]"),
)
DASK = Option(
    ("--dask",),
    (
        "在这个 Dask 集群上检查（调度器的地址，如 tcp://主机:8786）；需要先安装：pip install 'zhenggai[cluster]'",
        "check on this Dask cluster (the address of its scheduler, as tcp://host:8786); needs "
        "pip install 'zhenggai[cluster]'",
    ),
    metavar=("地址", "ADDRESS"),
)
FAIL_ON = Option(
    ("--fail-on",),
    (
        "有这一级或更重的问题时退出码为 1，默认 warning；never 则总不为 1",
        "exit with 1 for findings of this severity or worse, warning by default; never: never with 1",
    ),
    choices=("error", "warning", "info", "never"),
)
JOBS = Option(
    ("-j", "--jobs"),
    (
        "同时用几个进程；默认由文件多少决定，结果与进程数无关",
        "number of processes; chosen by the number of files by default; the output is the same for any",
    ),
    metavar=("数目", "N"),
)
NO_CACHE = Option(
    ("--no-cache",),
    (
        "什么都不留存，也不用以前留存的：规则和文法重新编译，每个文件重新检查",
        "keep nothing and use nothing kept: compile rules and grammars anew, check every file anew",
    ),
    "flag",
)
QUIET = Option(
    ("-q", "--quiet"),
    ("只显示问题本身：不显示原文摘录、提醒和合计", "findings only: no excerpts, notes or totals"),
    "flag",
)
FIX = Option(
    ("--fix",),
    (
        "改正可以放心改的（标点、错别字；数字和名称从不改），写回原文件；与 --format word 一起用时不动原文件，"
        "在 Word 里用修订改好",
        "correct what is safe (punctuation, typos; never a figure or a name) in the file itself; with --format word "
        "the file stays as it is and the corrections are tracked changes",
    ),
    "flag",
)
DIFF = Option(
    ("--diff",),
    (
        "只显示 --fix 会怎样改，不改文件；有可改的，退出码为 1",
        "only show what --fix would do, changing nothing; exit with 1 if there is anything",
    ),
    "flag",
)
WRITE_ALLOW = Option(
    ("--write-allow",),
    (
        "把现有的问题都记进配置的 allow，以后只报新的；不写文件则记进生效的 zhenggai.yaml。理由请自己填",
        "record all findings of today under allow in the configuration, so that only new ones are told; "
        "without FILE, in the zhenggai.yaml in force. Fill in the reasons yourself",
    ),
    "optional",
    ("文件", "FILE"),
)
WATCH = Option(
    ("--watch",),
    (
        "文件一有改动就重新检查，按 Ctrl-C 结束；需要先安装：pip install 'zhenggai[watch]'",
        "check again whenever a file changes, until Ctrl-C; needs pip install 'zhenggai[watch]'",
    ),
    "flag",
)
STATISTICS = Option(
    ("--statistics",), ("最后按规则列出各有多少处", "list how often each rule was broken at the end"), "flag"
)
PORT = Option(
    ("--port",),
    (
        "网页的端口；默认 8420，被占用则另选一个",
        "the port of the page; 8420 by default, or another one if that is taken",
    ),
    metavar=("端口", "PORT"),
)
HOST = Option(
    ("--host",),
    (
        "在这个地址上等候；默认 127.0.0.1，只有本机能打开。其他地址要凭口令",
        "listen on this address; 127.0.0.1 by default, for this machine only. Others need a token",
    ),
    metavar=("地址", "HOST"),
)
STDIO = Option(
    ("--stdio",),
    (
        "从标准输入输出收发；有的编辑器会加上，写不写都一样",
        "talk on standard input and output, as it always does",
    ),
    "flag",
)
NO_OPEN = Option(("--no-open",), ("不自动打开浏览器", "do not open the browser"), "flag")
TIME_LIMIT = Option(
    ("--time-limit",),
    ("一份报告最多检查多少秒，默认 30", "seconds that checking one report may take, 30 by default"),
    metavar=("秒", "SECONDS"),
)


def format_of(*choices: str) -> Option:
    return Option(
        ("--format",),
        (f"输出格式，默认 {choices[0]}", f"output format, {choices[0]} by default"),
        choices=choices,
    )


COMMON = (LANG, NO_COLOR, HELP)
REPORT = (STDIN_FILENAME, CONFIG, GENRE, MAX_SIZE)
ONE_PATH = (
    "path",
    None,
    ("文件", "PATH"),
    ("要读的报告；- 表示标准输入", "the report to read; - is standard input"),
)
DONE: tuple[tuple[str, Words], ...] = (
    ("0", ("做完了", "done")),
    (
        "2",
        (
            "没能做完：选项有误、文件读不了、规则文件有误",
            "could not be done: a bad option, an unreadable file, a faulty rule file",
        ),
    ),
)
