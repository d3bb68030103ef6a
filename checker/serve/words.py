"""What the served pages say, in both languages; what they share with ``--format html`` stands there."""

from __future__ import annotations

from checker.diagnostics import Text

_WORDS: dict[str, tuple[str, str]] = {
    "title": ("整改报告检查", "Report check"),
    "skip": ("跳到正文", "Skip to the content"),
    "home": ("检查别的报告", "Check another report"),
    "language": ("English", "中文"),
    "local": (
        "文件只在本机内存里检查，不上传，不留存。",
        "Files are checked in the memory of this machine; nothing is sent away or kept.",
    ),
    # the first page
    "invitation": ("把报告放进来，看哪里不对", "Drop a report and see what is wrong"),
    "choose": ("选择文件", "Choose files"),
    "drop": ("把报告拖到这里，或者", "Drop reports here, or"),
    "kinds": (
        "可以一次放多份：{kinds}；单个不超过 {size}，一次最多 {count} 份",
        "one or many: {kinds}; each up to {size}, up to {count} at once",
    ),
    "check": ("检查", "Check"),
    "paste": ("或者粘贴文字", "Or paste the text"),
    "paste.label": ("报告全文", "The whole report"),
    "paste.hint": ("边改边查：粘贴后可以在页面上接着改。", "You can go on editing it on the next page."),
    "pasted": ("粘贴的文字", "pasted text"),
    "unnamed": ("未命名", "unnamed"),
    "sending": ("正在读取…", "Reading…"),
    # many reports
    "batch": ("{count} 份报告", "{count} reports"),
    "column.name": ("报告", "Report"),
    "column.verdict": ("数字核对", "Figures"),
    "column.error": ("错误", "Errors"),
    "column.warning": ("警告", "Warnings"),
    "column.info": ("提示", "Notes"),
    "column.state": ("状态", "State"),
    "state.waiting": ("等待", "waiting"),
    "state.working": ("正在检查", "checking"),
    "state.done": ("已检查", "checked"),
    "state.failed": ("没能检查", "not checked"),
    "progress": ("已检查 {done} / {count} 份", "{done} of {count} checked"),
    "finished": ("{count} 份全部检查完毕", "all {count} checked"),
    "finished.failed": (
        "{count} 份中有 {failed} 份没能检查",
        "{failed} of {count} could not be checked",
    ),
    "sort": ("点列名可以排序", "Choose a column to sort by it"),
    "download-all": ("全部下载", "Download all"),
    "back": ("全部 {count} 份报告", "All {count} reports"),
    # one report
    "results": ("检查结果", "Findings"),
    "download": ("下载", "Download"),
    "as.word": ("Word（批注）", "Word, with comments"),
    "as.word-fixed": ("Word（批注，并改好标点错字）", "Word, with comments and safe corrections"),
    "as.html": ("网页", "Web page"),
    "as.xlsx": ("Excel 表", "Excel workbook"),
    "as.json": ("JSON", "JSON"),
    "as.text": ("文字", "Text"),
    "as.zip": ("全部（zip）", "Everything (zip)"),
    "outline": ("提纲", "Outline"),
    "outline.none": ("没有读出标题。", "No headings were found."),
    "edit": ("在这里修改", "Edit here"),
    "edit.hint": ("改了就重新检查；原来的文件不变。", "Checked again as you type; your file stays as it is."),
    "edit.label": ("报告文字", "Text of the report"),
    "edit.check": ("重新检查", "Check again"),
    "edit.fix": ("改好 {count} 处标点错字", "Correct {count} safe places"),
    "correct": ("修改", "Edit"),
    "checking": ("正在检查…", "Checking…"),
    "rechecked": ("已重新检查：{found}", "Checked again: {found}"),
    "previous": ("上一条", "Previous"),
    "next": ("下一条", "Next"),
    "keys": ("用 j / k 键换条", "j and k step through"),
    "more": ("同一规则还有 {count} 处", "{count} more of this rule"),
    "fewer": ("收起", "Fold"),
    "light": ("在原文里标出", "show in the text"),
    "lit": ("已在原文里标出 {count} 处", "{count} places shown in the text"),
    "forget": ("清除，不再保留", "Forget these"),
    "stopped": (
        "服务已经停止，请重新运行 zhenggai serve。",
        "The server has stopped; run zhenggai serve again.",
    ),
    "saved.reports": ("检查结果", "findings"),
    "saved.overview": ("汇总", "overview"),
    # refusals
    "error": ("没有办成", "This could not be done"),
    "error.gone": (
        "这份检查结果已经不在了：服务重新启动过，或者已被清除。请重新检查。",
        "These findings are gone: the server was started again, or they were forgotten. Check once more.",
    ),
    "error.missing": ("没有这个页面。", "There is no such page."),
    "error.nothing": (
        "没有收到文件或文字；什么都没查不算通过。",
        "No file or text came; nothing checked is never a pass.",
    ),
    "error.many": ("一次最多 {count} 份，请分几次检查。", "At most {count} at once; check them in turns."),
    "error.large": (
        "“{name}”超过 {size}，没有检查；确需检查请用 --max-size 调高上限。",
        "“{name}” is larger than {size} and was not checked; raise the limit with --max-size if it should be.",
    ),
    "error.total": (
        "这些文件合起来超过 {size}，请分几次检查。",
        "These files come to more than {size}; check them in turns.",
    ),
    "error.folder": ("请放文件，不要放文件夹。", "Drop files, not folders."),
    "error.form": ("收到的内容读不懂。", "What came could not be understood."),
    "error.time": (
        "{seconds} 秒内没有查完，已停止；可用 --time-limit 放宽。",
        "not done within {seconds} seconds, and stopped; --time-limit allows more.",
    ),
    "error.lost": (
        "检查它的进程意外终止，没有结果。",
        "The process that checked it ended unexpectedly; there is no result.",
    ),
    "error.internal": (
        "程序内部出错，没有查完；详情见运行 zhenggai serve 的窗口。",
        "A fault of the program itself; its details stand where zhenggai serve runs.",
    ),
    "error.setup": (
        "配置或规则有误，没有检查；详情见运行 zhenggai serve 的窗口。",
        "Settings or rules are faulty, nothing was checked; details stand where zhenggai serve runs.",
    ),
    "error.host": (
        "地址不对：请用程序显示的地址打开。",
        "Wrong address: open the one that the program showed.",
    ),
    "error.origin": ("不接受从别的网页发来的内容。", "What other sites send is not accepted."),
    "error.token": (
        "请用程序显示的完整地址（含口令）打开。",
        "Open the whole address that the program showed, with its token.",
    ),
    "error.method": ("不支持这种请求。", "Requests of this kind are not supported."),
    "error.text": (
        "只有文字（.txt、.md 和粘贴的）可以在这里改。",
        "Only text (.txt, .md, pasted) can be edited here.",
    ),
}


def word(key: str, lang: str, /, **values: object) -> str:
    """The words ``key`` in ``lang``, with values put in. They are plain text: escape what they come to."""
    zh, en = _WORDS[key]
    return (zh if lang == "zh" else en).format(**values)


def words(key: str, /, **values: object) -> Text:
    """The words ``key`` in every language."""
    return {lang: word(key, lang, **values) for lang in ("zh", "en")}
