"""What a browser sends, read into memory: no file is written, and limits hold before anything is kept."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from dataclasses import dataclass

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from checker.diagnostics import Text
from checker.files import size_words
from checker.serve.words import word, words
from checker.serve.work import Upload

_NAME = 120
_EDGE = ". -\u3000\xa0"
_UNWANTED = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Limits:
    """``size`` of one file and ``total`` of a request in bytes; ``count`` of files in one request."""

    size: int
    total: int
    count: int


class Refused(Exception):
    """A request cannot be taken: the HTTP ``status``, and why."""

    def __init__(self, status: int, message: Text) -> None:
        super().__init__(message["en"])
        self.status = status
        self.message = message


class _InMemory(MultiPartParser):
    """A parser that never lets a file roll over to the disk."""

    spool_max_size = 0


async def read_uploads(request: Request, limits: Limits, lang: str) -> list[Upload]:
    """The files of a form, or its field ``text`` as one. Raises Refused."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise Refused(415, words("error.form"))
    parser = _InMemory(
        request.headers,
        body(request, limits.total),
        max_files=limits.count + 1,  # an empty file field counts as one
        max_fields=8,
        max_part_size=limits.size,
    )
    try:
        form = await parser.parse()
    except MultiPartException as error:
        if "Too many files" in error.message:
            raise Refused(413, words("error.many", count=limits.count)) from None
        if "maximum size" in error.message:
            raise Refused(413, _too_large(word("pasted", lang), limits)) from None
        raise Refused(400, words("error.form")) from None
    uploads: list[Upload] = []
    try:
        for value in form.getlist("files"):
            if isinstance(value, UploadFile) and (value.filename or value.size):
                name = clean_name(value.filename or "", lang)
                if (value.size or 0) > limits.size:
                    raise Refused(413, _too_large(name, limits))
                uploads.append(Upload(name, await value.read()))
        text = form.get("text")
        if not uploads and isinstance(text, str) and text.strip():
            uploads.append(text_upload(f"{word('pasted', lang)}.txt", text))
    finally:
        await form.close()
    if len(uploads) > limits.count:
        raise Refused(413, words("error.many", count=limits.count))
    if not uploads:
        raise Refused(400, words("error.nothing"))
    return _distinct(uploads)


def _too_large(name: str, limits: Limits) -> Text:
    return words("error.large", name=name, size=size_words(limits.size))


def text_upload(name: str, text: str) -> Upload:
    """A text as it is typed into a form, with line ends as files have them."""
    return Upload(name, text.replace("\r\n", "\n").encode("utf-8", "replace"))


async def body(request: Request, limit: int) -> AsyncGenerator[bytes, None]:
    """The body of a request of at most ``limit`` bytes. Raises Refused when it is longer, after the rest of it
    (within reason) was read and dropped, so that the browser gets to see the answer."""
    read, patience = 0, 4 * limit
    async for chunk in request.stream():
        read += len(chunk)
        if read <= limit:
            yield chunk
        elif read > patience:
            break
    if read > limit:
        raise Refused(413, words("error.total", size=size_words(limit)))


def clean_name(name: str, lang: str = "zh") -> str:
    """A name for a report: no folders, nothing that cannot be seen, of a length that file systems take."""
    name = _UNWANTED.sub("", name.replace("\\", "/").rsplit("/", 1)[-1])
    stem, dot, suffix = name.rstrip(". ").rpartition(".")
    if not dot or len(suffix) > 10 or not suffix.isalnum():
        stem, dot, suffix = name, "", ""
    stem = stem.strip(_EDGE)[:_NAME].strip(_EDGE) or word("unnamed", lang)
    return f"{stem}{dot}{suffix}"


def _distinct(uploads: list[Upload]) -> list[Upload]:
    """Each under a name of its own: a second 通报.txt becomes 通报 (2).txt."""
    taken: set[str] = set()
    result = []
    for upload in uploads:
        stem, dot, suffix = upload.name.rpartition(".")
        if not dot:
            stem, suffix = suffix, ""
        name, count = upload.name, 1
        while name.lower() in taken:
            count += 1
            name = f"{stem} ({count}){dot}{suffix}"
        taken.add(name.lower())
        result.append(Upload(name, upload.data))
    return result
