"""Bytes to :class:`Source`: one reader for each kind of file, imported when first needed.

A reader is a function ``read(data: bytes, path: str) -> Source`` that raises CheckerError for bytes it cannot
make sense of. To add a format, add its suffixes to ``READERS``.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import PurePath

from checker.messages import failure
from checker.source import Source

Reader = Callable[[bytes, str], Source]

READERS = {
    ".txt": "checker.readers.text",
    ".text": "checker.readers.text",
    ".md": "checker.readers.text",
    ".markdown": "checker.readers.text",
    ".docx": "checker.readers.word",
    ".html": "checker.readers.html",
    ".htm": "checker.readers.html",
    ".pdf": "checker.readers.pdf",
}
"""The module whose ``read`` takes files of this suffix. Folders are searched for these suffixes."""

EXTRAS = {".docx": "word", ".html": "html", ".htm": "html", ".pdf": "pdf"}
"""The extra of this package that a suffix needs, where it is one."""

UNREADABLE = {
    ".doc": "suffix.old-word",
    ".wps": "suffix.old-word",
    ".wpt": "suffix.old-word",
    ".dot": "suffix.old-word",
    ".rtf": "suffix.old-word",
    ".odt": "suffix.old-word",
    ".ofd": "suffix.unsupported",
    ".xlsx": "suffix.unsupported",
    ".xls": "suffix.unsupported",
    ".et": "suffix.unsupported",
}
"""Suffixes that are refused, and the message that says what to do instead."""


def suffix_of(path: str) -> str:
    """The suffix in lower case, ``""`` if none."""
    return PurePath(path).suffix.lower()


def read_bytes(data: bytes, path: str) -> Source:
    """The report in ``data``; ``path`` names it and its suffix chooses the reader (unknown ones: text).

    Raises CheckerError, with ``path`` and as exact a place as can be told.
    """
    suffix = suffix_of(path)
    if suffix not in READERS and suffix in UNREADABLE:
        raise failure(UNREADABLE[suffix], path, suffix=suffix)
    if not data:
        raise failure("file.empty", path)
    try:
        reader: Reader = import_module(READERS.get(suffix, "checker.readers.text")).read
    except ImportError:
        if suffix not in EXTRAS:
            raise
        raise failure("reader.extra", path, suffix=suffix, extra=EXTRAS[suffix]) from None
    source = reader(data, path)
    if not source.text.strip():
        raise failure("file.empty", path)
    return source
