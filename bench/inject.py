"""All fault injectors, and the faults that a bench puts into its reports."""

import random
from collections.abc import Iterator, Sequence

from bench import inject_figures, inject_structure, inject_text
from bench.faults import Fault, Injector
from bench.model import Report

INJECTORS: tuple[Injector, ...] = (
    inject_figures.INJECTORS + inject_structure.INJECTORS + inject_text.INJECTORS
)


def faults(reports: Sequence[Report], seed: int, each: int) -> Iterator[tuple[Report, str, Fault]]:
    """`each` faults of every report, the injectors taking turns; (report, injector, fault)."""
    order = list(INJECTORS)
    waiting: list[Injector] = []
    for index, report in enumerate(reports):
        rng = random.Random(f"fault/{seed}/{index}")
        made = 0
        queue = waiting + (order if len(waiting) < len(order) else [])
        waiting = []
        for inject in queue:
            fault = inject(report, rng) if made < each else None
            if fault is None or fault.text == report.text:
                waiting.append(inject)
            else:
                made += 1
                yield report, inject.__name__, fault
