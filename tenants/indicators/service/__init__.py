"""What an area does with shared figures. Each verb runs inside the caller's scope: decide, write, audit."""

from tenants.indicators.service.definitions import define
from tenants.indicators.service.feeds import Benchmark, Published, Recorded, record, record_benchmarks
from tenants.indicators.service.files import accept, discard, upload
from tenants.indicators.service.neighbours import Neighbour, choose_neighbours
from tenants.indicators.service.targets import remove_target, set_target

__all__ = [
    "Benchmark",
    "Neighbour",
    "Published",
    "Recorded",
    "accept",
    "choose_neighbours",
    "define",
    "discard",
    "record",
    "record_benchmarks",
    "remove_target",
    "set_target",
    "upload",
]
