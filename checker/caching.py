"""What is worked out from the installation's own files, kept from run to run.

Grammars, lexicons, rules, regular expressions and constructors are compiled once and kept in one file beside the
compiled modules (``__pycache__``), or in the user's cache folder where that cannot be written. The file's name tells
the version, the Python and the content it was made from, so that an old one is never read. It holds what Python's
``marshal`` can write, with checksums (:mod:`checker.packs`), and is trusted as compiled modules are. One that is cut
short, that another user could have written, or that cannot be written is as good as none. ``ZHENGGAI_CACHE_DIR``
names another folder; :func:`disable` turns all off.
"""

from __future__ import annotations

import atexit
import marshal
import os
import sys
from collections.abc import Callable, Iterator
from functools import cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from checker.packs import Pack, checksum, digest, pack

P = ParamSpec("P")
T = TypeVar("T")

FORMAT = 2
_MAGIC = b"zhenggai"
_CHECKSUM = len(checksum(b""))
_LIMIT = 16_000_000
"""So many bytes are kept at most; then it begins anew."""
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_PACKAGE = Path(__file__).resolve().parent
_FOLDERS = ("grammars", "rules")


class _State:
    """What this process knows: whether anything is kept, what is new, and whether it will be written."""

    enabled = True
    registered = False
    fresh: dict[str, bytes] = {}  # noqa: RUF012


def disable() -> None:
    """Read and write nothing from now on."""
    _State.enabled = False


def enable() -> None:
    """Read and write again."""
    _State.enabled = True


def enabled() -> bool:
    """Whether anything is kept."""
    return _State.enabled


def kept(make: Callable[P, T]) -> Callable[P, T]:
    """As ``functools.cache``, for functions that make plain data of the installation's files and of strings."""
    memory: dict[Any, T] = {}

    @wraps(make)
    def get(*arguments: P.args, **keys: P.kwargs) -> T:
        assert not keys
        if arguments not in memory:
            name = f"{make.__module__}.{make.__qualname__}{arguments!r}"
            found = fetch(name)
            if found is None:
                found = make(*arguments, **keys)
                keep(name, found)
            memory[arguments] = found
        return memory[arguments]

    return get


def fetch(name: str) -> Any:
    """What was kept under ``name``, or None."""
    data = _State.fresh.get(name) or (_kept().get(name) if _State.enabled else None)
    return None if data is None else marshal.loads(data)


def keep(name: str, value: Any) -> None:
    """Keep plain data under ``name``; it is written when the program ends."""
    if not _State.enabled:
        return
    _State.fresh[name] = marshal.dumps(value)
    if not _State.registered:
        _State.registered = True
        atexit.register(flush)


def packed(value: Any) -> bytes:
    """Plain data as bytes, which load at once, for what is seldom needed."""
    return marshal.dumps(value)


def unpacked(data: bytes) -> Any:
    """The plain data again."""
    return marshal.loads(data)


def flush() -> None:
    """Write what is new beside what was kept before. Never fails."""
    if not (_State.enabled and _State.fresh):
        return
    name = _pack_name()
    if installation.__wrapped__() not in name:
        return  # files have changed while this program ran
    for folder in folders():
        path = folder / name
        kept = _read_pack(path).pieces() | _State.fresh
        if _put(path, pack(kept if sum(map(len, kept.values())) < _LIMIT else _State.fresh), 0o644):
            _State.fresh.clear()
            _prune(folder, name)
            return


def write(path: Path, value: Any) -> bool:
    """Put plain data into a file for the user alone; whether it could be done."""
    data = marshal.dumps(value)
    return _put(path, _MAGIC + checksum(data) + data, 0o600)


def _put(path: Path, data: bytes, mode: int) -> bool:
    """Write a file at once or not at all; whether it could be done."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(temporary, _NEW, mode)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
            temporary.replace(path)
        except BaseException:
            temporary.unlink()
            raise
    except OSError:
        return False
    return True


def read(path: Path) -> Any:
    """What :func:`write` put into a file; None if that cannot be had or cannot be trusted."""
    content = _content(path)
    head, data = content[: len(_MAGIC) + _CHECKSUM], content[len(_MAGIC) + _CHECKSUM :]
    if head != _MAGIC + checksum(data):
        return None
    try:
        return marshal.loads(data)
    except (ValueError, EOFError, TypeError, MemoryError):
        return None


def _content(path: Path) -> bytes:
    """The content of a file that can be trusted; nothing of any other."""
    try:
        with path.open("rb") as file:
            return file.read() if _trusted(os.fstat(file.fileno())) else b""
    except OSError:
        return b""


def _trusted(status: os.stat_result) -> bool:
    """Whether nobody but the user, or whoever installed the program, can have written a file."""
    if not hasattr(os, "getuid"):
        return True
    return status.st_uid in (os.getuid(), _installer()) and not status.st_mode & 0o022


@cache
def _installer() -> int:
    return Path(__file__).stat().st_uid


@cache
def folders() -> tuple[Path, ...]:
    """The folders for what is kept, the best first."""
    chosen = os.environ.get("ZHENGGAI_CACHE_DIR")
    if chosen:
        return (Path(chosen).absolute(),)
    compiled = getattr(__spec__, "cached", None)
    beside = Path(compiled).parent if compiled else _PACKAGE / "__pycache__"
    return (beside, *_user_folders())


def _user_folders() -> Iterator[Path]:
    """Where this system keeps a user's caches."""
    variable, home = _CACHES.get(sys.platform, ("XDG_CACHE_HOME", "~/.cache"))
    base = Path(os.environ.get(variable, ""))
    if not base.is_absolute():
        try:
            base = Path(home).expanduser()
        except RuntimeError:  # there is no home
            return
    yield base / "zhenggai"


_CACHES = {"win32": ("LOCALAPPDATA", "~/AppData/Local"), "darwin": ("", "~/Library/Caches")}


@cache
def installation() -> str:
    """A name for everything the program is made of: its version, its Python, its data, its modules."""
    from checker import __version__

    parts = [f"{FORMAT} {__version__} {sys.version} {sys.byteorder} {sys.maxsize}".encode()]
    for name in _FOLDERS:
        for parent in (_PACKAGE, _PACKAGE.parent):
            for path in _files(parent / name):
                parts += (path.encode("utf-8", "surrogateescape"), Path(path).read_bytes())
    for entry in sorted(os.scandir(_PACKAGE), key=lambda entry: entry.name):
        if entry.name.endswith(".py"):
            status = entry.stat()
            parts.append(f"{entry.name} {status.st_size} {status.st_mtime_ns}".encode())
    return digest(b"\0".join(parts))


def _files(folder: Path | str) -> Iterator[str]:
    """The files under a folder in order; none if there is no such folder."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.is_dir():
            yield from _files(entry.path)
        elif entry.name.endswith((".lark", ".yaml")):
            yield entry.path


def _pack_name() -> str:
    return f"zhenggai-{sys.implementation.cache_tag}-{installation()}.pack"


@cache
def _kept() -> Pack:
    """What earlier runs kept."""
    name = _pack_name()
    for folder in folders():
        found = _read_pack(folder / name)
        if found.names():
            return found
    return Pack(pack({}))


def _read_pack(path: Path) -> Pack:
    try:
        return Pack(_content(path))
    except (ValueError, EOFError, TypeError, MemoryError):
        return Pack(pack({}))


def _prune(folder: Path, name: str) -> None:
    """Remove what earlier states of the installation left."""
    start = name[: name.rindex("-") + 1]
    try:
        for entry in os.scandir(folder):
            if entry.name != name and entry.name.startswith(start) and entry.name.endswith(".pack"):
                Path(entry.path).unlink()
    except OSError:
        return
