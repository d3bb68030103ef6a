"""What the program says of itself, in both languages: keys to sentences with ``{placeholders}``.

What rules say stands in the rules; what ``--help`` says in :mod:`checker.options`.
"""

from __future__ import annotations

from checker.diagnostics import CheckerError, Text

LANGUAGES = ("zh", "en")

MESSAGES: dict[str, tuple[str, str]] = {
    # reading
    "path.missing": ("没有这个文件或文件夹", "no such file or folder"),
    "path.unreadable": ("读不了：{reason}", "cannot be read: {reason}"),
    "path.special": ("不是普通文件，读不了", "not a regular file, cannot be read"),
    "folder.unreadable": ("文件夹打不开：{reason}", "the folder cannot be opened: {reason}"),
    "path.none": (
        "没有找到可以检查的文件（{suffixes}）；什么都没查不算通过",
        "no file to check was found ({suffixes}); nothing checked is never a pass",
    ),
    "file.empty": (
        "文件是空的，没有可检查的内容；什么都没查不算通过",
        "the file is empty, there is nothing to check; nothing checked is never a pass",
    ),
    "file.large": (
        "文件超过 {limit}，没有检查；确需检查请用 --max-size 调高上限",
        "the file is larger than {limit} and was not checked; raise the limit with --max-size if it should be",
    ),
    "file.binary": (
        "不是文本文件（含二进制内容），没有检查",
        "not a text file (binary content), not checked",
    ),
    "file.disguised": (
        "内容其实是{kind}，与扩展名不符；请改正扩展名，或另存为 .docx 或 .txt",
        "this is really {kind}, whatever its suffix says; correct the suffix or save it as .docx or .txt",
    ),
    "file.nul": (
        "第 {line} 行第 {column} 列有空字符（NUL），不是正常的文本",
        "line {line}, column {column} holds a NUL character: not a proper text",
    ),
    "file.bad-byte": (
        "第 {line} 行第 {column} 列的字节 {byte} 不是有效的 {encoding} 编码；请另存为 UTF-8",
        "line {line}, column {column}: byte {byte} is not valid {encoding}; save the file as UTF-8",
    ),
    "file.cut-off": (
        "第 {line} 行第 {column} 列的 {encoding} 编码不完整（文件可能被截断）",
        "line {line}, column {column}: the {encoding} text is cut off in mid-character",
    ),
    "suffix.old-word": (
        "不能直接读 {suffix}；请在 WPS 或 Word 里打开，选“另存为”，文件类型选“Word 文档（*.docx）”，再检查 .docx",
        "{suffix} cannot be read; open it in Word or WPS, choose Save As, type “Word Document (*.docx)”, "
        "and check the .docx",
    ),
    "suffix.unsupported": (
        "还不能读 {suffix} 文件；可另存为纯文本（.txt）再检查",
        "{suffix} files cannot be read yet; save as plain text (.txt) and check that",
    ),
    "skipped.old-word": (
        "没有检查：{suffix} 请先另存为 .docx",
        "not checked: save {suffix} as .docx first",
    ),
    "reader.extra": (
        "读 {suffix} 需要先安装：pip install 'zhenggai[{extra}]'",
        "reading {suffix} needs: pip install 'zhenggai[{extra}]'",
    ),
    # Word
    "word.old": (
        "内容是旧版 Word 或 WPS 文件（只是扩展名为 .docx）；请在 WPS 或 Word 里打开，选“另存为”，"
        "文件类型选“Word 文档（*.docx）”，再检查",
        "this is an old Word or WPS file named .docx; open it in Word or WPS, choose Save As, type "
        "“Word Document (*.docx)”, and check that",
    ),
    "word.locked": (
        "文件加了密码，读不了；请在 WPS 或 Word 里去掉打开密码后另存为 .docx",
        "the file is protected by a password; remove it in Word or WPS and save as .docx",
    ),
    "word.not-zip": (
        "不是 .docx 文件（扩展名不对，或者没有下载完整）；请在 WPS 或 Word 里打开并另存为 .docx",
        "not a .docx file (wrong suffix, or not downloaded whole); open it in Word or WPS and save as .docx",
    ),
    "word.damaged": (
        "文件已损坏，读不了（{part}）；请在 WPS 或 Word 里打开并另存为 .docx",
        "the file is damaged ({part}); open it in Word or WPS and save as .docx",
    ),
    "word.no-document": (
        "里面没有 Word 正文（可能是表格、演示文稿或别的压缩文件）",
        "holds no Word document (it may be a workbook, a presentation or another zip file)",
    ),
    "word.bomb": (
        "解压后过大，没有检查；请把正文另存为新的 .docx",
        "too large when unpacked, not checked; save the text as a new .docx",
    ),
    "word.doctype": (
        "{part} 里有文档类型声明（DOCTYPE），正常的 Word 文件没有；为安全起见没有检查",
        "{part} holds a DOCTYPE, which no proper Word file does; not checked, to be safe",
    ),
    "word.tracked": (
        "文件里有修订，按全部接受后的文字检查",
        "the file holds tracked changes; it was checked as if all were accepted",
    ),
    "word.hidden": ("文件里有隐藏文字，没有检查", "the file holds hidden text, which was not checked"),
    "word.contents": ("自动目录没有检查", "the table of contents was not checked"),
    "word.finding": ("【{severity}】{message}", "[{severity}] {message}"),
    "word.related": ("“{text}”：{message}", "“{text}”: {message}"),
    "word.place": ("位置：{place}，“{text}”", "where: {place}, “{text}”"),
    "word.suggestion": ("建议改为“{text}”", "suggested: “{text}”"),
    "word.suggestion-gone": ("建议删去", "suggested: delete"),
    "word.corrected": ("已用修订改为“{text}”", "corrected as a tracked change: “{text}”"),
    "word.corrected-gone": ("已用修订删去", "deleted as a tracked change"),
    "word.why": ("为什么：{why}", "why: {why}"),
    "word.rule": ("规则：{rule}", "rule: {rule}"),
    "word.embedded": ("文件里嵌入的其他文档没有检查", "documents embedded in the file were not checked"),
    # web pages and PDF
    "html.deep": (
        "网页嵌套过深或标记过多，不像一份报告，没有检查；请把正文另存为 .txt 或 .docx",
        "the page is nested too deep or has too many elements to be a report, and was not checked; save its "
        "text as .txt or .docx",
    ),
    "pdf.damaged": (
        "不是完好的 PDF 文件，读不了（可能没有下载完整）",
        "not a sound PDF file, it cannot be read (it may not be downloaded whole)",
    ),
    "pdf.locked": (
        "PDF 加了密码，读不了；请去掉密码后再检查",
        "the PDF is protected by a password; remove it first",
    ),
    "pdf.scanned": (
        "PDF 里没有文字，只有图像（扫描件）；请用原来的 Word 文件，或先做文字识别",
        "the PDF holds no text, only images (a scan); check the Word file, or run text recognition first",
    ),
    "pdf.garbled": (
        "PDF 里的文字没有对应的字符编码，读出来是乱码；请用原来的 Word 文件",
        "the text of the PDF has no character codes and reads as garbage; check the Word file instead",
    ),
    "pdf.large": (
        "PDF 解开后过大或过于复杂，没有检查；请把正文另存为 .docx 或 .txt",
        "too large or too complex when unpacked, not checked; save the text as .docx or .txt",
    ),
    "pdf.some-scanned": (
        "第 {pages} 页没有文字（可能是扫描件），没有检查",
        "page(s) {pages} hold no text (they may be scans) and were not checked",
    ),
    # configuration
    "config.yaml": ("YAML 写法有误：{problem}", "not valid YAML: {problem}"),
    "config.toml": ("TOML 写法有误：{problem}", "not valid TOML: {problem}"),
    "config.alias": ("这里不能用锚点、别名或标签", "anchors, aliases and tags are not allowed here"),
    "config.duplicate": ("“{key}”写了两次", "“{key}” is given twice"),
    "config.unknown": ("没有“{key}”这一项{suggestion}", "unknown key “{key}”{suggestion}"),
    "config.suggestion": ("，是不是“{word}”？", "; did you mean “{word}”?"),
    "config.type": ("“{key}”应当是{wanted}", "“{key}” must be {wanted}"),
    "config.choice": (
        "“{key}”的值“{value}”不对，可用：{choices}",
        "“{value}” is not a value of “{key}”; use one of: {choices}",
    ),
    "config.required": ("缺少“{key}”", "“{key}” is missing"),
    "config.empty": ("“{key}”不能是空的", "“{key}” must not be empty"),
    "config.escapes": (
        "{path} 在版本库之外，配置不能引用；库外的规则请用命令行的 --rules",
        "{path} lies outside the repository, which no configuration may reach; name such rules with --rules",
    ),
    "config.extends-loop": ("extends 绕成了圈：{path}", "extends goes round in a circle: {path}"),
    "config.extends-many": (
        "extends 牵出的配置超过 {count} 个",
        "extends leads to more than {count} configurations",
    ),
    "config.missing": ("没有这个配置文件", "no such configuration file"),
    "config.no-table": ("没有 [tool.zhenggai] 一节", "has no [tool.zhenggai] table"),
    "config.folder": ("没有这个文件夹：{path}", "no such folder: {path}"),
    "config.outside": ("{path} 在配置文件所在的文件夹之外", "{path} lies outside the configuration's folder"),
    "wanted.mapping": ("键值对", "a mapping"),
    "wanted.list": ("列表", "a list"),
    "wanted.text": ("一个词", "a single value"),
    "wanted.size": ("文件大小，如 32MB", "a file size such as 32MB"),
    "allow.unused": (
        "这条 allow 已经没有对应的问题（{rule}{text}），可以删去",
        "this allow entry matches nothing any more ({rule}{text}) and can go",
    ),
    # rules
    "rule.unknown": ("没有“{rule}”这条规则{suggestion}", "there is no rule “{rule}”{suggestion}"),
    "rule.matches-nothing": (
        "“{rule}”不对应任何规则{suggestion}",
        "“{rule}” matches no rule{suggestion}",
    ),
    "rules.none": ("没有规则可检验", "there is no rule to test"),
    "rules.none-left": (
        "select、ignore、severity 合起来一条规则也没有留下；什么都没查不算通过",
        "select, ignore and severity leave no rule; nothing checked is never a pass",
    ),
    "tested.passed": (
        "{rules} 条规则的 {examples} 个例子都对",
        "all {examples} examples of {rules} rules hold",
    ),
    "tested.failed": (
        "{rules} 条规则的 {examples} 个例子中，{failures} 个不对",
        "{failures} of {examples} examples of {rules} rules fail",
    ),
    # corrections
    "fix.kind": (
        "不能在原文件上改正；Word 文件请用 --format word --fix -o 文件夹，改动以修订标出",
        "cannot be corrected in place; for Word files use --format word --fix -o FOLDER, which tracks the changes",
    ),
    "fix.restless": (
        "没有改：{rules} 的改法互相抵触，改不完",
        "not corrected: the corrections of {rules} undo each other",
    ),
    "fix.changed": (
        "没有改：检查期间文件变了，或不能按原编码原样写回",
        "not corrected: the file has changed since, or cannot be written back in its encoding as it was",
    ),
    "fix.remote": (
        "没有改：只能改本机上的文件",
        "not corrected: only files of this machine can be",
    ),
    "fix.done": ("改正了 {count} 处（{rules}）", "{count} corrected ({rules})"),
    "fix.would": ("可以改正 {count} 处（{rules}）", "{count} can be corrected ({rules})"),
    "fix.done-all": ("{files} 个文件共改正 {count} 处", "{count} corrected in {files} files"),
    "fix.would-all": ("{files} 个文件共可改正 {count} 处", "{count} can be corrected in {files} files"),
    "fix.stdin": (
        "--fix 不能改标准输入；要看怎样改，请用 --diff",
        "--fix cannot correct standard input; use --diff to see what it would do",
    ),
    # accepted findings
    "allow.reason": ("待填写：为什么可以这样写", "to be filled in: why this is right"),
    "allow.written": (
        "记下了 {count} 处，请逐条填写理由（reason）",
        "{count} recorded; fill in the reason of each",
    ),
    "allow.encoding": ("不是 UTF-8 编码", "not UTF-8"),
    "allow.nothing": ("没有问题要记", "there is nothing to record"),
    "allow.place": (
        "不能自动写进这个文件的 allow，请自己加上：\n{entries}",
        "the allow of this file cannot be written by the program; add these yourself:\n{entries}",
    ),
    "cli.no-other": ("{option} 不能和 {other} 一起用", "{option} does not go with {other}"),
    "cli.no-stdin": (
        "{option} 不能用于标准输入；可加 --stdin-filename 说明是哪个文件",
        "{option} cannot be used for standard input; say with --stdin-filename which file it is",
    ),
    # command line
    "cli.error": ("zhenggai: 错误：{message}", "zhenggai: error: {message}"),
    "cli.hint": ("详见 zhenggai {command}--help", "see zhenggai {command}--help"),
    "cli.note": ("{place}: 提示：{message}", "{place}: note: {message}"),
    "cli.fault": ("{place}: 错误：{message}", "{place}: error: {message}"),
    "cli.no-command": ("没有“{word}”这个命令{suggestion}", "there is no command “{word}”{suggestion}"),
    "cli.check-path": ("要检查这个文件，请用：zhenggai check {word}", "to check it: zhenggai check {word}"),
    "cli.unrecognized": ("不认识的参数：{words}", "unrecognized arguments: {words}"),
    "cli.required": ("缺少参数：{words}", "missing: {words}"),
    "cli.needs-value": ("{option} 后面要有一个值", "{option} needs a value"),
    "cli.no-value": ("{option} 后面不带值", "{option} takes no value"),
    "cli.invalid-choice": (
        "{option} 的值“{value}”不对，可用：{choices}",
        "“{value}” is not a value of {option}; use one of: {choices}",
    ),
    "cli.invalid-operand": (
        "不认识“{value}”，可用：{choices}",
        "“{value}” is not known; use one of: {choices}",
    ),
    "cli.invalid-value": ("{option} 的值“{value}”不对", "“{value}” is not a value of {option}"),
    "cli.ambiguous": ("{option} 可以指几个选项：{choices}", "{option} could be any of: {choices}"),
    "cli.two-on-stdout": (
        "{first} 和 {second} 不能都写到标准输出；请写成 格式:文件，如 {second}:报告.{second}",
        "{first} and {second} cannot both go to standard output; write FORMAT:FILE, as in {second}:report.{second}",
    ),
    "cli.needs-folder": (
        "{format} 格式要写进文件夹：请加 -o 文件夹",
        "the {format} format writes into a folder: add -o FOLDER",
    ),
    "cli.needs-file": (
        "{format} 格式不能写到标准输出：请加 -o 文件",
        "the {format} format cannot go to standard output: add -o FILE",
    ),
    "cli.stdin-once": ("标准输入（-）只能用于单独一个命令参数", "standard input (-) can be named once only"),
    "cli.interrupted": ("已中断", "interrupted"),
    "output.extra": (
        "{format} 格式需要先安装：pip install 'zhenggai[{extra}]'",
        "the {format} format needs: pip install 'zhenggai[{extra}]'",
    ),
    "watch.waiting": ("正在留意改动，按 Ctrl-C 结束", "watching for changes; Ctrl-C ends it"),
    "watch.changed": ("有改动，重新检查", "changed, checking again"),
    "command.extra": (
        "{command} 需要先安装：pip install 'zhenggai[{extra}]'",
        "{command} needs: pip install 'zhenggai[{extra}]'",
    ),
    "serve.address": ("检查网页：{address}", "The page: {address}"),
    "serve.stop": ("按 Ctrl-C 结束", "Ctrl-C ends it"),
    "serve.open": (
        "提示：这个地址同一网络里的人都能连上；地址里的口令就是钥匙，请只发给该用的人。内容不加密。",
        "note: others on the network can connect; the token in the address is the key. Nothing is encrypted.",
    ),
    "serve.port": ("{host}:{port} 用不了：{reason}", "{host}:{port} cannot be used: {reason}"),
    "output.unwritable": ("写不了：{reason}", "cannot be written: {reason}"),
    "internal": (
        "程序内部出错，没有查完（{error}）；设环境变量 ZHENGGAI_DEBUG=1 可看详情",
        "a fault of the program itself, not checked ({error}); set ZHENGGAI_DEBUG=1 for details",
    ),
    "output.own": (
        "不覆盖正在检查的文件；请用 -o 换一个文件夹",
        "would overwrite the report that is checked; choose another folder with -o",
    ),
    "worker.lost": (
        "检查它的进程意外终止，没有结果",
        "the process that checked it ended unexpectedly; there is no result",
    ),
    "worker.failed": (
        "没有查成：分派出去的检查没有结果（{error}）",
        "not checked: the work that was sent out came to nothing ({error})",
    ),
    "dask.unreachable": (
        "连不上 Dask 集群 {address}：{reason}",
        "the Dask cluster {address} cannot be reached: {reason}",
    ),
    "dask.idle": (
        "Dask 集群 {address} 里没有可用的工作进程",
        "the Dask cluster {address} has no workers",
    ),
    "dask.absent": (
        "Dask 工作进程 {worker} 上没有安装 zhenggai",
        "zhenggai is not installed where the Dask worker {worker} runs",
    ),
    "dask.version": (
        "Dask 工作进程 {worker} 上 zhenggai 的版本是 {found}，这里是 {own}；请装成同一版本",
        "the Dask worker {worker} has version {found} of zhenggai, and this is {own}; install the same one",
    ),
    # output
    "sarif.root": ("检查时所在的文件夹", "the folder in which the check ran"),
    "sarif.fix": ("按规则改正", "Correct as the rule says"),
    "sarif.status-0": ("没有需要处理的问题", "nothing to object to"),
    "sarif.status-1": ("有需要处理的问题", "findings"),
    "sarif.status-2": ("没能查完", "could not be done"),
    "junit.clean": ("没有发现问题", "nothing found"),
    "junit.fault": ("没能检查", "could not be checked"),
    "severity.error": ("错误", "error"),
    "severity.warning": ("警告", "warning"),
    "severity.info": ("提示", "info"),
    "progress": ("检查", "checking"),
    "fold": (
        "{rule} 共 {count} 处，其余在第 {lines} 行",
        "{rule}: {count} places; the others on lines {lines}",
    ),
    "fold.more": ("…等", "…"),
    "related.more": ("… 共 {count} 处", "... {count} places in all"),
    "line": ("第 {line} 行", "line {line}"),
    "place.paragraph": ("第 {paragraph} 段", "paragraph {paragraph}"),
    "summary.more-files": ("另有 {count} 个文件有问题", "{count} more files with findings"),
    "summary.clean": ("{files} 个文件，没有发现问题", "{files} checked: nothing found"),
    "summary.found": ("{files} 个文件：{counts}", "{files} checked: {counts}"),
    "summary.none-checked": ("没有检查任何文件", "nothing was checked"),
    "summary.error": ("{count} 个错误", "{count} error{s}"),
    "summary.warning": ("{count} 个警告", "{count} warning{s}"),
    "summary.info": ("{count} 条提示", "{count} note{s}"),
    "summary.faults": ("{count} 处出错，没能查完", "{count} fault{s}, not complete"),
}


def say(key: str, lang: str, /, **values: object) -> str:
    """The sentence ``key`` in ``lang``; values that are a Text are taken in that language."""
    zh, en = MESSAGES[key]
    chosen = {name: value[lang] if isinstance(value, dict) else value for name, value in values.items()}
    return (zh if lang == "zh" else en).format(**chosen)


def both(key: str, /, **values: object) -> Text:
    """The sentence ``key`` in every language."""
    return {lang: say(key, lang, **values) for lang in LANGUAGES}


def failure(key: str, path: str = "", line: int = 0, column: int = 0, /, **values: object) -> CheckerError:
    """The error ``key`` at a place; ``line`` and ``column`` may be used in the sentence too."""
    return CheckerError(both(key, **{"line": line, "column": column, **values}), path, line, column)
