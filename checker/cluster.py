"""``check --dask``: a cluster of dask.distributed to check on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from checker.jobs import Plan, Task
from checker.many import spread
from checker.messages import failure
from checker.outcome import Result

_ANSWER = 10
"""Seconds within which the scheduler must answer."""
_START = 30
"""Seconds within which the cluster must have a worker."""
_PACKAGE = "zhenggai"


@contextmanager
def worker(address: str) -> Iterator[Callable[[Sequence[Task], Plan], Iterator[Result]]]:
    """What does tasks on the cluster whose scheduler is at ``address``. Raises CheckerError."""
    with connected(address) as client:
        yield lambda tasks, plan: (result for _, result in spread(tasks, plan, client))


@contextmanager
def connected(address: str) -> Iterator[Any]:
    """A client of the cluster whose scheduler is at ``address``, all of whose workers have this version.

    Raises CheckerError.
    """
    try:
        from distributed import Client
    except ImportError:
        raise failure("command.extra", command="--dask", extra="cluster") from None
    try:
        client = Client(address, timeout=_ANSWER)
    except (OSError, ValueError, TimeoutError) as error:
        reason = str(error) or type(error).__name__
        raise failure("dask.unreachable", address=address, reason=reason) from None
    with client:
        try:
            client.wait_for_workers(1, timeout=_START)
        except TimeoutError:
            raise failure("dask.idle", address=address) from None
        _compare(client)
        yield client


def _compare(client: Any) -> None:
    """Raise CheckerError if a worker would check otherwise than this program."""
    own = version(_PACKAGE)
    for worker, found in sorted(client.run(version, _PACKAGE, on_error="return").items()):
        if isinstance(found, PackageNotFoundError):
            raise failure("dask.absent", worker=worker)
        if found != own:
            raise failure("dask.version", worker=worker, found=found, own=own)
