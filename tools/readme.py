"""Writes the table of rules into README.md and README.zh-CN.md, between their marks.

python tools/readme.py          # write
python tools/readme.py --check  # exit with 1 if a table is not that of the rules
"""

from __future__ import annotations

import sys
from pathlib import Path

from checker.output.rules import rules_markdown
from checker.rules import load_rules

ROOT = Path(__file__).parent.parent
READMES = {"en": ROOT / "README.md", "zh": ROOT / "README.zh-CN.md"}
END = "<!-- rules end -->"


def with_table(text: str, table: str) -> str:
    """A README with ``table`` between its marks. Raises ValueError if they are missing."""
    start = text.index("-->", text.index("<!-- rules: ")) + len("-->")
    return f"{text[:start]}\n\n{table}\n{text[text.index(END) :]}"


def outdated() -> list[Path]:
    """The READMEs whose table is not that of the rules."""
    return [path for path, text in renewed().items() if path.read_text(encoding="utf-8") != text]


def renewed() -> dict[Path, str]:
    """Each README as it should be."""
    rules = load_rules().rules
    return {
        path: with_table(path.read_text(encoding="utf-8"), rules_markdown(rules, lang))
        for lang, path in READMES.items()
    }


if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        sys.exit(1 if outdated() else 0)
    for path, text in renewed().items():
        path.write_text(text, encoding="utf-8")
