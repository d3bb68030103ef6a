"""The reports in hand: in memory, forgotten when asked, when they grow old, or when there are too many."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from checker.diagnostics import Text
from checker.serve.work import Summary, Upload

_BATCHES = 100
_BYTES = 512 * 1024 * 1024
_AGE = 12 * 3600.0


@dataclass(slots=True, eq=False)
class Item:
    """A report and what came of it: nothing yet, a summary or a failure."""

    upload: Upload
    working: bool = False
    summary: Summary | None = None
    failure: Text | None = None

    @property
    def state(self) -> str:
        """``waiting``, ``working``, ``done`` or ``failed``."""
        if self.summary is not None:
            return "done"
        if self.failure is not None:
            return "failed"
        return "working" if self.working else "waiting"


@dataclass(slots=True, eq=False)
class Batch:
    """What was dropped at once. ``key`` is a secret that its addresses carry."""

    key: str
    items: tuple[Item, ...]
    since: float
    open: bool = True

    @property
    def finished(self) -> int:
        """How many reports have a result or failed."""
        return sum(item.state in ("done", "failed") for item in self.items)

    @property
    def size(self) -> int:
        """Bytes of all reports."""
        return sum(len(item.upload.data) for item in self.items)


@dataclass(slots=True)
class Store:
    """Batches by key, the oldest first. ``clock`` tells seconds."""

    clock: Callable[[], float] = time.monotonic
    max_bytes: int = _BYTES
    batches: dict[str, Batch] = field(default_factory=dict)

    def add(self, uploads: Sequence[Upload]) -> Batch:
        """Hold ``uploads`` as a new batch; older ones go where there is no room."""
        batch = Batch(secrets.token_urlsafe(18), tuple(Item(upload) for upload in uploads), self.clock())
        self.batches[batch.key] = batch
        self._forget_old()
        while len(self.batches) > 1 and self._too_much():
            self.forget(next(iter(self.batches)))
        return batch

    def get(self, key: str) -> Batch | None:
        """The batch of this key, if it is still held."""
        self._forget_old()
        return self.batches.get(key)

    def forget(self, key: str) -> None:
        """Let go of a batch and stop what is still to be checked of it."""
        batch = self.batches.pop(key, None)
        if batch is not None:
            batch.open = False

    def _too_much(self) -> bool:
        return (
            len(self.batches) > _BATCHES
            or sum(batch.size for batch in self.batches.values()) > self.max_bytes
        )

    def _forget_old(self) -> None:
        limit = self.clock() - _AGE
        for key in [key for key, batch in self.batches.items() if batch.since < limit]:
            self.forget(key)
