"""Word (.docx): the text as a person reads it on the page, one paragraph a line.

Labels of automatic numbering are part of it. A row of a table is a line with tabs between its cells; text boxes
and notes follow the paragraph that they hang on; tracked changes count as accepted. Headers, footers, hidden
text, comments and the table of contents are left out.
"""

from __future__ import annotations

from checker.messages import LANGUAGES, both
from checker.readers.word_package import open_package
from checker.readers.word_walk import extract
from checker.source import Source


def read(data: bytes, path: str) -> Source:
    """The source in ``data``, with its origins and notes. Raises CheckerError."""
    document = extract(open_package(data, path))
    remarks = [both(key) for key in document.remarks]
    zh, en = LANGUAGES
    return Source(
        path,
        document.text,
        "word",
        origins=document.origins,
        notes=tuple((remark[zh], remark[en]) for remark in remarks),
        data=data,
    )
