"""Whether something lies at a path that anybody may have written: no answer is ever an exception."""

from __future__ import annotations

from pathlib import Path


def is_folder(path: Path) -> bool:
    """Whether a folder lies there; not where no path can lead (too long, with a NUL, through a locked folder)."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def is_file(path: Path) -> bool:
    """As :func:`is_folder`, for files."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
