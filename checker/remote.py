"""Files that lie elsewhere (``s3://``, ``hdfs://``, ``memory://``), opened through fsspec."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from checker.diagnostics import CheckerError
from checker.files import is_hidden, printable
from checker.messages import failure

_MAGIC = "*?["


def read(address: str, limit: int) -> bytes:
    """The first ``limit`` bytes of a file. Raises CheckerError."""
    system, path = _system(address)
    try:
        with system.open(path, "rb") as file:
            data: bytes = file.read(limit)
        return data
    except Exception as error:  # each service has errors of its own
        raise _refusal(address, error) from None


def files_under(address: str) -> list[str] | None:
    """The addresses of all files in a folder, or of those that a pattern means and of all in the folders that it
    means; None if there is one file at ``address``. Hidden ones are left out of folders. Raises CheckerError."""
    system, path = _system(address)
    try:
        if system.isdir(path):
            found = list(_walk(system, path))
        elif system.exists(path):
            return None
        elif any(mark in path for mark in _MAGIC):
            found = []
            for name, about in system.glob(path, detail=True).items():
                found += _walk(system, name) if about["type"] == "directory" else [name]
            if not found:
                raise FileNotFoundError
        else:
            raise FileNotFoundError
    except Exception as error:
        raise _refusal(address, error) from None
    return sorted(_address(system, address, path, name) for name in found)


def _walk(system: Any, folder: str) -> Iterator[str]:
    for name in system.find(folder):
        below = name[len(folder) :].strip("/").split("/")
        if not any(part.startswith(".") for part in below[:-1]) and not is_hidden(below[-1]):
            yield name


def _address(system: Any, address: str, path: str, name: str) -> str:
    """The address of the file ``name``, with the host that ``address`` may name before its ``path``."""
    head = address.rstrip("/").removesuffix(path.rstrip("/"))
    if "://" in head and head + path.rstrip("/") == address.rstrip("/"):
        return head + name
    whole: str = system.unstrip_protocol(name)
    return whole


def _system(address: str) -> tuple[Any, str]:
    """The file system that an address is on, and its path there. Raises CheckerError."""
    scheme = address.partition("://")[0] + "://"
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise failure("command.extra", printable(address), command=scheme, extra="cluster") from None
    try:
        system, path = url_to_fs(address)
    except Exception as error:  # a scheme that is not known, a driver that is not installed, no access
        raise failure("path.unreadable", printable(address), reason=str(error)) from None
    return system, path


def _refusal(address: str, error: Exception) -> CheckerError:
    if isinstance(error, FileNotFoundError):
        return failure("path.missing", printable(address))
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return failure("path.unreadable", printable(address), reason=reason)
