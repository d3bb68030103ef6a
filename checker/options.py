"""The commands and their options, described once in both languages: parser, help and completion come from it."""

from __future__ import annotations

from checker.command_options import (
    CHECK_FORMAT,
    COMMON,
    CONFIG,
    DASK,
    DIFF,
    DONE,
    FAIL_ON,
    FIX,
    GENRE,
    HELP,
    HOST,
    IGNORE,
    JOBS,
    LANG,
    MAX_SIZE,
    NO_CACHE,
    NO_COLOR,
    NO_OPEN,
    ONE_PATH,
    OUTPUT,
    PORT,
    QUIET,
    REPORT,
    RULES,
    SELECT,
    STATISTICS,
    STDIN_FILENAME,
    STDIO,
    TIME_LIMIT,
    VERSION,
    WATCH,
    WRITE_ALLOW,
    Command,
    Option,
    Words,
    format_of,
)

__all__ = ["COMMANDS", "PROGRAM", "PROGRAM_EXAMPLES", "PROGRAM_OPTIONS", "Command", "Option", "Words"]

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
            DASK,
            NO_CACHE,
            FIX,
            DIFF,
            WRITE_ALLOW,
            QUIET,
            STATISTICS,
            WATCH,
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
        (format_of("text", "json"), OUTPUT, *REPORT, *COMMON),
        (
            ("zhenggai facts 通报.txt", ("看表", "as tables")),
            ("zhenggai facts 通报.txt --format json", ("供其他程序读", "for other programs")),
        ),
        ONE_PATH,
        DONE,
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
        (format_of("text", "json"), OUTPUT, *REPORT, *COMMON),
        (
            ("zhenggai reconcile 通报.txt", ("看对账表", "the table of account")),
            ("zhenggai reconcile 通报.txt --format json -o 对账.json", ("存成 JSON", "save it as JSON")),
        ),
        ONE_PATH,
        DONE,
    ),
    Command(
        "rules",
        "checker.commands.rules",
        ("列出规则", "list the rules"),
        ("列出全部规则：名称、级别、查什么。", "List all rules: name, severity and what they check."),
        (format_of("text", "json", "markdown"), OUTPUT, SELECT, IGNORE, CONFIG, RULES, *COMMON),
        (
            ("zhenggai rules", ("全部规则", "all rules")),
            (
                "zhenggai rules --select count --format json",
                ("数字一类，供程序读", "one family, for programs"),
            ),
        ),
        None,
        DONE,
    ),
    Command(
        "explain",
        "checker.commands.rules",
        ("讲解一条规则", "explain one rule"),
        (
            "讲解一条规则：查什么，为什么，依据什么，错的和对的例子。",
            "Explain one rule: what it checks, why, on which basis, a bad and a good example.",
        ),
        (format_of("text", "json"), OUTPUT, CONFIG, RULES, *COMMON),
        (("zhenggai explain count.partition", ("讲解这条规则", "explain this rule")),),
        ("rule", None, ("规则", "RULE"), ("规则名，如 count.partition", "its name, such as count.partition")),
        DONE,
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
        (format_of("text", "json"), OUTPUT, SELECT, IGNORE, CONFIG, *COMMON),
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
        (format_of("text", "json"), OUTPUT, CONFIG, *COMMON),
        (("zhenggai config 通报.txt", ("看哪些配置在起作用", "see which settings are in force")),),
        ("path", "?", ("文件", "PATH"), ("要查看的文件或文件夹", "the file or folder")),
        DONE,
    ),
    Command(
        "completion",
        "checker.commands.completion",
        ("输出命令补全的脚本", "print a completion script"),
        (
            "输出 bash、zsh 或 fish 的补全脚本：命令、选项、规则名、格式都能按 Tab 补全。"
            "在 ~/.bashrc 或 ~/.zshrc 里写：source <(zhenggai completion bash)（或 zsh）；"
            "在 config.fish 里写：zhenggai completion fish | source",
            "Print the script that lets bash, zsh or fish complete commands, options, rules and formats. Put into "
            "~/.bashrc or ~/.zshrc: source <(zhenggai completion bash) (or zsh); into config.fish: "
            "zhenggai completion fish | source",
        ),
        (OUTPUT, *COMMON),
        (
            ("zhenggai completion bash", ("bash 的补全脚本", "the script for bash")),
            ("zhenggai completion fish", ("fish 的补全脚本", "the script for fish")),
        ),
        ("shell", None, ("外壳", "SHELL"), ("bash、zsh 或 fish", "bash, zsh or fish")),
        DONE,
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
        DONE,
    ),
    Command(
        "serve",
        "checker.commands.serve",
        ("在浏览器里检查", "check in the browser"),
        (
            "在本机打开一个网页：把报告拖进去，或者粘贴文字，就能看到问题标在原文里、数字核对表，并下载批注好的 "
            "Word。只有本机能打开，文件只在内存里，不离开本机。要让别的机器打开，用 --host 写出地址，"
            "这时地址里带口令。需要先安装：pip install 'zhenggai[web]'。",
            "Open a page on this machine: drop reports on it or paste text, see the findings in place and the "
            "table of figures, and download the annotated Word file. Only this machine can open it; files are "
            "held in memory and never leave it. With --host others can, by an address with a token. Needs "
            "pip install 'zhenggai[web]'.",
        ),
        (
            PORT,
            HOST,
            NO_OPEN,
            TIME_LIMIT,
            SELECT,
            IGNORE,
            CONFIG,
            RULES,
            GENRE,
            MAX_SIZE,
            *COMMON,
        ),
        (
            ("zhenggai serve", ("打开网页", "open the page")),
            ("zhenggai serve --port 9000 --no-open", ("只显示地址", "only show its address")),
        ),
        None,
        (
            ("0", ("按 Ctrl-C 结束", "ended with Ctrl-C")),
            (
                "2",
                (
                    "没能开始：选项、配置或规则有误，端口被占用",
                    "did not start: a bad option, settings or rules, no port",
                ),
            ),
        ),
    ),
    Command(
        "lsp",
        "checker.commands.lsp",
        ("在编辑器里检查", "check in the editor"),
        (
            "供编辑器启动的语言服务器（LSP）：边写边标出问题，悬停看规则讲解，一键改正可以放心改的，或接受并写明理由。"
            "怎样设置编辑器，见 docs/editors.md。需要先安装：pip install 'zhenggai[lsp]'。",
            "The language server (LSP) that editors start: findings as you write, the rule's page on hover, one "
            "key to correct what is safe or to accept with a reason. docs/editors.md says how to set up an "
            "editor. Needs pip install 'zhenggai[lsp]'.",
        ),
        (CONFIG, STDIO, *COMMON),
        (("zhenggai lsp", ("由编辑器启动", "started by the editor")),),
        None,
        (
            ("0", ("编辑器按规矩结束了它", "the editor ended it as it should")),
            ("1", ("编辑器没有先说就断开了", "the editor was gone without a word")),
            (
                "2",
                ("没能开始：选项有误、没有安装所需", "did not start: a bad option, something not installed"),
            ),
        ),
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
