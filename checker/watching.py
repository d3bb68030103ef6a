"""``check --watch``: do a thing again whenever one of the files it is about has changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from checker.messages import failure
from checker.paths import is_folder
from checker.readers import READERS, suffix_of

_DEBOUNCE = 150
"""Milliseconds for which changes are gathered: saving is often several of them."""


def changes(paths: Sequence[str], own: Sequence[str]) -> Iterator[list[str]]:
    """The names of what changes from the first ``next`` on, once for each time that anything does, until interrupted.

    ``paths`` are files and folders; in folders, files that can be checked count. ``own`` are files and folders
    that are written meanwhile and do not count. Raises CheckerError where watchfiles is missing.
    """
    try:
        from watchfiles import watch
    except ImportError:
        raise failure("command.extra", command="--watch", extra="watch") from None
    written = [Path(path).resolve() for path in own]
    folders = [Path(path).resolve() for path in paths if is_folder(Path(path))]
    files = {Path(path).absolute() for path in paths if not is_folder(Path(path))}
    files |= {path.resolve() for path in files}

    def counts(_: object, name: str) -> bool:
        path = Path(name)
        if any(path == one or one in path.parents for one in written):
            return False
        return path in files or (
            suffix_of(name) in READERS
            and not path.name.startswith((".", "~$"))
            and any(folder in path.parents for folder in folders)
        )

    # Editors put a new file in the place of the old one: only its folder sees that.
    places = {path.parent for path in files if is_folder(path.parent)} | set(folders)
    watching = watch(
        *sorted(places),
        watch_filter=counts,
        debounce=_DEBOUNCE,
        step=50,
        recursive=bool(folders),
    )
    return _names(watching) if places else iter(())


def _names(watching: Iterable[Iterable[tuple[object, str]]]) -> Iterator[list[str]]:
    with suppress(KeyboardInterrupt):
        for changed in watching:
            yield sorted({Path(name).name for _, name in changed})
