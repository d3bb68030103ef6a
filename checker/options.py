"""The commands and their options, described once in both languages: parser, help and completion come from it."""

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
        f"输出格式：{'、'.join(FORMATS)}，默认 text；写成 格式:文件 则写进文件，可写几次",
        f"output format: {', '.join(FORMATS)}; text by default; FORMAT:FILE writes to a file; may be repeated",
    ),
    "list",
    ("格式[:文件]", "FORMAT[:FILE]"),
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
STATISTICS = Option(
    ("--statistics",), ("最后按规则列出各有多少处", "list how often each rule was broken at the end"), "flag"
)


def _format(*choices: str) -> Option:
    return Option(
        ("--format",),
        (f"输出格式，默认 {choices[0]}", f"output format, {choices[0]} by default"),
        choices=choices,
    )


COMMON = (LANG, NO_COLOR, HELP)
_REPORT = (STDIN_FILENAME, CONFIG, GENRE, MAX_SIZE)
_ONE_PATH = (
    "path",
    None,
    ("文件", "PATH"),
    ("要读的报告；- 表示标准输入", "the report to read; - is standard input"),
)
_DONE: tuple[tuple[str, Words], ...] = (
    ("0", ("做完了", "done")),
    (
        "2",
        (
            "没能做完：选项有误、文件读不了、规则文件有误",
            "could not be done: a bad option, an unreadable file, a faulty rule file",
        ),
    ),
)

COMMANDS = (
    Command(
        "check",
        "checker.commands.check",
        ("检查报告", "check reports"),
        (
            "检查整改报告，说出哪里不对。可以给文件，也可以给文件夹（其中的 .txt、.md 和 .docx 都会检查，"
            "以 . 开头的除外）；不给则检查当前文件夹。编码（UTF-8、UTF-16、GB18030）自动识别。"
            "在终端上按文件显示，错误在前，并摘出原文；送进管道或文件时一行一处："
            "文件:行:列: 级别 规则 说明。",
            "Check rectification reports and say what is wrong. PATH may be a file or a folder (all .txt, .md "
            "and .docx files in it, but hidden ones); without any, the current folder. Encodings (UTF-8, UTF-16, "
            "GB18030) are recognized. On a terminal findings are shown by file, errors first, with excerpts; "
            "in a pipe or file each takes one line: path:line:column: severity rule message.",
        ),
        (
            CHECK_FORMAT,
            OUTPUT,
            SELECT,
            IGNORE,
            FAIL_ON,
            CONFIG,
            RULES,
            GENRE,
            STDIN_FILENAME,
            MAX_SIZE,
            JOBS,
            FIX,
            DIFF,
            WRITE_ALLOW,
            QUIET,
            STATISTICS,
            *COMMON,
        ),
        (
            ("zhenggai check 通报.txt", ("检查一份报告", "check one report")),
            (
                "zhenggai check 通报.docx --format word -o 批注/",
                ("把问题写成 Word 批注", "write the findings into Word as comments"),
            ),
            (
                "zhenggai check 报告/ --fail-on error",
                ("检查一个文件夹，只有错误才算不通过", "check a folder; only errors fail"),
            ),
            ("zhenggai check 通报.txt --select count,date", ("只查数字和日期", "figures and dates only")),
            (
                "zhenggai check . --format text --format json:out.json",
                ("屏幕上看，同时存成 JSON", "to the screen and, as JSON, to a file"),
            ),
            ("zhenggai check 通报.txt --diff", ("看看可以自动改什么", "see what can be corrected")),
            (
                "cat 通报.txt | zhenggai check - --stdin-filename 通报.txt",
                ("检查标准输入", "check standard input"),
            ),
        ),
        (
            "paths",
            "*",
            ("文件或文件夹", "PATH"),
            ("要检查的文件或文件夹；- 表示标准输入", "files and folders to check; - is standard input"),
        ),
        (
            ("0", ("没有达到 --fail-on 的问题", "nothing at or above --fail-on")),
            ("1", ("有达到 --fail-on 的问题", "findings at or above --fail-on")),
            (
                "2",
                (
                    "没能查完：选项有误、没有文件可查、文件读不了、规则有误",
                    "could not do it: a bad option, nothing to check, an unreadable file, a faulty rule",
                ),
            ),
        ),
    ),
    Command(
        "facts",
        "checker.commands.report",
        ("列出从一份报告里读懂的内容", "show what was understood of one report"),
        (
            "列出从一份报告里读懂的内容：章节、问题及其状态、各个数字、日期、巡察组、联系方式、落款。",
            "Show what was understood of one report: outline, problems and their states, figures, dates, "
            "inspectors, contacts, signature.",
        ),
        (_format("text", "json"), OUTPUT, *_REPORT, *COMMON),
        (
            ("zhenggai facts 通报.txt", ("看表", "as tables")),
            ("zhenggai facts 通报.txt --format json", ("供其他程序读", "for other programs")),
        ),
        _ONE_PATH,
        _DONE,
    ),
    Command(
        "reconcile",
        "checker.commands.report",
        ("核对一份报告的数字", "reconcile the figures of one report"),
        (
            "逐个核对报告说到的数字：报告所述，正文所列或各项之和，相符、不符还是无法核对，为什么。"
            "有不符也不影响退出码；要以退出码为准请用 check。",
            "Set each figure that the report states beside what its text lists or its parts add up to: agree, "
            "disagree or unverifiable, and why. The exit status does not depend on it; use check for that.",
        ),
        (_format("text", "json"), OUTPUT, *_REPORT, *COMMON),
        (
            ("zhenggai reconcile 通报.txt", ("看对账表", "the table of account")),
            ("zhenggai reconcile 通报.txt --format json -o 对账.json", ("存成 JSON", "save it as JSON")),
        ),
        _ONE_PATH,
        _DONE,
    ),
    Command(
        "rules",
        "checker.commands.rules",
        ("列出规则", "list the rules"),
        ("列出全部规则：名称、级别、查什么。", "List all rules: name, severity and what they check."),
        (_format("text", "json", "markdown"), OUTPUT, SELECT, IGNORE, CONFIG, RULES, *COMMON),
        (
            ("zhenggai rules", ("全部规则", "all rules")),
            (
                "zhenggai rules --select count --format json",
                ("数字一类，供程序读", "one family, for programs"),
            ),
        ),
        None,
        _DONE,
    ),
    Command(
        "explain",
        "checker.commands.rules",
        ("讲解一条规则", "explain one rule"),
        (
            "讲解一条规则：查什么，为什么，依据什么，错的和对的例子。",
            "Explain one rule: what it checks, why, on which basis, a bad and a good example.",
        ),
        (_format("text", "json"), OUTPUT, CONFIG, RULES, *COMMON),
        (("zhenggai explain count.partition", ("讲解这条规则", "explain this rule")),),
        ("rule", None, ("规则", "RULE"), ("规则名，如 count.partition", "its name, such as count.partition")),
        _DONE,
    ),
    Command(
        "test-rules",
        "checker.commands.rules",
        ("用规则自带的例子检验规则", "run the examples that rules carry"),
        (
            "每条规则都带着该报的例子（⟦⟧ 标出位置）和不该报的例子；这里逐条检验。可以给规则文件或"
            "文件夹；不给则检验自带的和配置里的规则。",
            "Every rule carries examples that it must find, at the place in ⟦⟧, and others that it must not; "
            "this runs them. PATH may be rule files or folders; without any, the rules in force.",
        ),
        (_format("text", "json"), OUTPUT, SELECT, IGNORE, CONFIG, *COMMON),
        (
            ("zhenggai test-rules", ("检验全部规则", "test all rules")),
            ("zhenggai test-rules 本单位规则/", ("检验自己写的规则", "test rules of your own")),
        ),
        ("paths", "*", ("规则文件或文件夹", "PATH"), ("规则文件或文件夹", "rule files or folders")),
        (
            ("0", ("例子都对", "all examples hold")),
            ("1", ("有例子不对", "an example fails")),
            ("2", ("规则文件有误，或没有规则可检验", "a faulty rule file, or no rule to test")),
        ),
    ),
    Command(
        "config",
        "checker.commands.config",
        ("显示对一个文件生效的配置", "show the settings in force for a file"),
        (
            "显示检查这个文件时生效的每一项配置，以及它是在哪里设定的；不给文件则指当前文件夹。",
            "Show every setting in force for this file, and where each was set; without PATH, for the current "
            "folder.",
        ),
        (_format("text", "json"), OUTPUT, CONFIG, *COMMON),
        (("zhenggai config 通报.txt", ("看哪些配置在起作用", "see which settings are in force")),),
        ("path", "?", ("文件", "PATH"), ("要查看的文件或文件夹", "the file or folder")),
        _DONE,
    ),
    Command(
        "completion",
        "checker.commands.completion",
        ("输出命令补全的脚本", "print a completion script"),
        (
            "输出 bash、zsh 或 fish 的补全脚本：命令、选项、规则名、格式都能按 Tab 补全。",
            "Print the script that lets bash, zsh or fish complete commands, options, rules and formats.",
        ),
        (OUTPUT, *COMMON),
        (
            ("source <(zhenggai completion bash)", ("用于 bash，写进 ~/.bashrc", "for bash, in ~/.bashrc")),
            ("source <(zhenggai completion zsh)", ("用于 zsh，写进 ~/.zshrc", "for zsh, in ~/.zshrc")),
            (
                "zhenggai completion fish | source",
                ("用于 fish，写进 config.fish", "for fish, in config.fish"),
            ),
        ),
        ("shell", None, ("外壳", "SHELL"), ("bash、zsh 或 fish", "bash, zsh or fish")),
        _DONE,
    ),
    Command(
        "schema",
        "checker.commands.completion",
        ("输出配置或规则文件的 JSON Schema", "print the JSON Schema of settings or rule files"),
        (
            "输出 zhenggai.yaml（config）或规则文件（rules）的 JSON Schema，供编辑器补全和检查。",
            "Print the JSON Schema of zhenggai.yaml (config) or of rule files (rules), for editors to complete "
            "and check by.",
        ),
        (OUTPUT, *COMMON),
        (("zhenggai schema config -o zhenggai.schema.json", ("存成文件", "save it to a file")),),
        ("schema", None, ("哪一种", "NAME"), ("config 或 rules", "config or rules")),
        _DONE,
    ),
)

PROGRAM: Words = (
    "检查巡察（巡视）整改进展情况的通报：数字对不对得上，问题有没有答复，结构、日期、名称、联系方式、"
    "文字和标点有没有毛病。规则都写在 YAML 里，可以加自己的。",
    "Check public reports on the rectification of inspection findings: whether the figures add up, every "
    "problem is answered, and structure, dates, names, contacts, wording and punctuation are sound. All rules "
    "are YAML, and you can add your own.",
)
PROGRAM_OPTIONS = (LANG, NO_COLOR, VERSION, HELP)
PROGRAM_EXAMPLES: tuple[tuple[str, Words], ...] = (
    ("zhenggai check 通报.txt", ("检查一份报告", "check one report")),
    ("zhenggai reconcile 通报.txt", ("核对它的数字", "reconcile its figures")),
    ("zhenggai explain count.listed", ("讲解一条规则", "explain a rule")),
    ("zhenggai check --help", ("一个命令的详细说明", "a command in detail")),
)
