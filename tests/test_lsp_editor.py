"""``zhenggai lsp`` in real editors: Neovim and Emacs without a screen open a draft, show findings, apply a correction."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pygls", reason="the language server needs pygls (extra lsp)")

from tests.lsp_client import COMMAND, ROOT, project

NVIM = shutil.which("nvim")
EMACS = shutil.which("emacs")
needs_neovim = pytest.mark.skipif(NVIM is None, reason="Neovim (nvim) is not installed")

DRAFT = "关于巡察整改进展情况的通报\n𠮷区教育局认真疏理问题。反馈问题35个，已完成整改33个，正在整改3个。\n"

START = """\
vim.o.swapfile = false
vim.cmd("filetype on")
local function out(name, value)
  local file = assert(io.open(vim.env.OUT .. "/" .. name .. ".json", "w"))
  file:write(vim.fn.json_encode(value))
  file:close()
end
local function wait(what, test)
  if not vim.wait(90000, test, 20) then
    out("failure", what)
    vim.cmd("cquit 1")
  end
end
local function found()
  local list = {}
  for _, one in ipairs(vim.diagnostic.get(0)) do
    table.insert(list, {one.lnum, one.col, one.end_col, one.severity, one.code or one.user_data.lsp.code, one.message})
  end
  table.sort(list, function(a, b) return a[2] < b[2] end)
  return list
end
local function request(method, params)
  local answers = vim.lsp.buf_request_sync(0, method, params, 90000)
  for _, answer in pairs(answers or {}) do
    return answer.result
  end
end
local function offset()
  for _, client in pairs((vim.lsp.get_clients or vim.lsp.get_active_clients)()) do
    return client.offset_encoding or "utf-16"
  end
end
local function at(line, column)
  vim.api.nvim_win_set_cursor(0, {line, column})
  return vim.lsp.util.make_position_params(0, offset())
end
local function apply(title)
  local one = vim.diagnostic.get(0)[1]
  vim.api.nvim_win_set_cursor(0, {one.lnum + 1, one.col})
  local params = vim.lsp.util.make_range_params(0, offset())
  params.context = {diagnostics = {}}
  for _, action in ipairs(request("textDocument/codeAction", params) or {}) do
    if action.title:find(title, 1, true) then
      vim.lsp.util.apply_workspace_edit(action.edit, offset())
      return
    end
  end
  out("failure", "no action " .. title)
  vim.cmd("cquit 1")
end
"""


def documented() -> str:
    """The settings for the Neovim at hand, as they stand in the manual: first those for 0.11 and later."""
    new, old = re.findall(r"```lua\n(.*?)```", (ROOT / "docs" / "editors.md").read_text("utf-8"), re.DOTALL)
    version = subprocess.run([str(NVIM), "--version"], capture_output=True, text=True, check=True).stdout
    found = re.match(r"NVIM v(\d+)\.(\d+)", version)
    assert found is not None, version
    return new if (int(found[1]), int(found[2])) >= (0, 11) else old


def neovim(folder: Path, script: str) -> dict[str, Any]:
    """What a script wrote out, by name, after Neovim ran it on the draft in ``folder``."""
    out, environment = surroundings(folder)
    (out / "script.lua").write_text(START + documented() + script, encoding="utf-8")
    command = [str(NVIM), "--headless", "-n", "-u", "NONE", "-i", "NONE", str(folder / "通报.txt")]
    done = run([*command, "-c", f"luafile {out / 'script.lua'}", "-c", "cquit 2"], environment, folder)
    results = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in out.glob("*.json")}
    assert done.returncode == 0, (results.get("failure"), done.stdout, done.stderr)
    return results


def run(command: list[str], environment: dict[str, str], folder: Path) -> subprocess.CompletedProcess[str]:
    """What an editor said, and how it ended."""
    return subprocess.run(
        command,
        env=environment,
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def surroundings(folder: Path) -> tuple[Path, dict[str, str]]:
    """A folder to write to, and variables with which an editor finds the program and leaves nothing elsewhere."""
    out = folder.parent / "out"
    out.mkdir()
    program = out / "zhenggai"
    program.write_text(
        f"#!/bin/sh\ncd {shlex.quote(str(ROOT))} && exec {shlex.join(COMMAND)}\n", encoding="utf-8"
    )
    program.chmod(0o755)
    places = dict.fromkeys(("HOME", "OUT", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"), str(out))
    return out, {**os.environ, **places, "PATH": f"{out}{os.pathsep}{os.environ['PATH']}"}


@needs_neovim
def test_neovim_shows_findings_with_columns_and_applies_a_correction(tmp_path: Path) -> None:
    folder = project(tmp_path / "项目")
    draft = folder / "通报.txt"
    draft.write_text(DRAFT, encoding="utf-8")
    results = neovim(
        folder,
        """
vim.cmd("edit")
wait("findings", function() return #found() == 2 end)
out("opened", found())
out("hover", request("textDocument/hover", at(2, found()[1][2])))
out("symbols", request("textDocument/documentSymbol", {textDocument = vim.lsp.util.make_text_document_params()}))
apply("改为")
wait("the correction is seen", function() return #found() == 1 end)
out("corrected", found())
vim.cmd("normal! Go截止目前，仍在疏理。")
wait("what is typed is checked", function() return #found() == 2 end)
vim.cmd("write")
vim.cmd("qall!")
""",
    )
    line = DRAFT.split("\n")[1]

    def column(words: str) -> int:
        """Where words begin, in bytes, as Neovim counts."""
        return len(line[: line.index(words)].encode())

    typo, total = column("疏理"), column("问题35个")
    word = [1, typo, typo + 6, 2, "demo.word", "“疏理”应为“梳理”"]
    numbers = [1, total, total + 11, 1, "demo.sum", "共35，相加为36"]
    assert results["opened"] == [word, numbers]
    assert results["corrected"] == [numbers]
    assert results["hover"]["contents"]["value"].startswith("**demo\\.word · 警告**\n\n“疏理”应为“梳理”")
    assert [one["name"] for one in results["symbols"]] == ["关于巡察整改进展情况的通报"]
    assert draft.read_text(encoding="utf-8") == DRAFT.replace("疏理", "梳理") + "截止目前，仍在疏理。\n"


@needs_neovim
def test_neovim_accepts_a_finding_in_the_configuration(tmp_path: Path) -> None:
    folder = project(tmp_path / "项目", "ignore: [demo.sum]\n")
    (folder / "通报.txt").write_text(DRAFT, encoding="utf-8")
    neovim(
        folder,
        """
vim.cmd("edit")
wait("findings", function() return #found() == 1 end)
apply("接受 demo.word")
vim.cmd("silent wall")
wait("the entry holds", function() return #found() == 0 end)
vim.cmd("qall!")
""",
    )
    assert (folder / "zhenggai.yaml").read_text(encoding="utf-8") == (
        "rules: [rules]\nselect: [demo]\nignore: [demo.sum]\n"
        'allow:\n  - rule: demo.word\n    text: "𠮷区教育局认真疏理问题。反馈问题3"\n'
        '    reason: "待填写：为什么可以这样写"\n    path: "通报.txt"\n'
    )


EMACS_START = """\
(setq eglot-sync-connect 60 make-backup-files nil create-lockfiles nil last-nonmenu-event 13)
(prefer-coding-system 'utf-8)
(require 'package)
(package-initialize)
(unless (require 'eglot nil t) (message "no eglot") (kill-emacs 7))
"""
EMACS_SCRIPT = """
(find-file (expand-file-name "通报.txt" (getenv "DRAFTS")))
(run-hooks 'post-command-hook)
(defun wait-for (count)
  (let ((end (+ (float-time) 90)))
    (while (and (/= count (length (flymake-diagnostics))) (< (float-time) end))
      (accept-process-output nil 0.05)
      (flymake-start))
    (message "findings: %S"
             (mapcar (lambda (one) (buffer-substring-no-properties (flymake-diagnostic-beg one) (flymake-diagnostic-end one)))
                     (sort (flymake-diagnostics) (lambda (one other) (< (flymake-diagnostic-beg one)
                                                                        (flymake-diagnostic-beg other))))))))
(wait-for 2)
(goto-char (point-min))
(search-forward "疏理")
(backward-char)
(setq completing-read-function
      (lambda (_ choices &rest _) (seq-find (lambda (one) (string-prefix-p "改为" one)) (all-completions "" choices))))
(eglot-code-actions (point) nil nil t)
(eglot--signal-textDocument/didChange)
(wait-for 1)
(search-forward "33个")
(backward-char 2)
(message "leads to: %S" (mapcar (lambda (one) (xref-location-marker (xref-item-location one)))
                                (xref-backend-definitions 'eglot "")))
(save-buffer)
(eglot-shutdown (eglot-current-server))
"""


@pytest.mark.skipif(EMACS is None, reason="Emacs is not installed")
def test_emacs_shows_findings_and_applies_a_correction(tmp_path: Path) -> None:
    folder = project(tmp_path / "项目")
    draft = folder / "通报.txt"
    draft.write_text(DRAFT, encoding="utf-8")
    out, environment = surroundings(folder)
    (settings,) = re.findall(
        r"```elisp\n(.*?)```", (ROOT / "docs" / "editors.md").read_text("utf-8"), re.DOTALL
    )
    (out / "script.el").write_text(
        f";; -*- coding: utf-8 -*-\n{EMACS_START}{settings}{EMACS_SCRIPT}", encoding="utf-8"
    )
    environment |= {"DRAFTS": str(folder), "LC_ALL": "C.UTF-8"}
    done = run([str(EMACS), "--batch", "-l", str(out / "script.el")], environment, folder)
    if done.returncode == 7:
        pytest.skip("Emacs has no Eglot (Debian: apt-get install elpa-eglot)")
    told = [line for line in done.stderr.splitlines() if line.startswith(("findings", "leads"))]
    assert told == [
        'findings: ("疏理" "问题35个")',
        'findings: ("问题35个")',
        f"leads to: (#<marker at {DRAFT.index('问题35个') + 1} in 通报.txt>)",
    ], (done.stdout, done.stderr)
    assert draft.read_text(encoding="utf-8") == DRAFT.replace("疏理", "梳理")
