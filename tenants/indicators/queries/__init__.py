"""Reading figures: the scorecard of a place, definitions with their history, files that were sent, exports."""

from tenants.indicators.queries.export import as_csv, as_xlsx, template
from tenants.indicators.queries.files import file, files
from tenants.indicators.queries.known import editions, known
from tenants.indicators.queries.scorecard import (
    corrections,
    definition,
    definitions,
    neighbours,
    points,
    scorecard,
    target,
    targets,
)

__all__ = [
    "as_csv",
    "as_xlsx",
    "corrections",
    "definition",
    "definitions",
    "editions",
    "file",
    "files",
    "known",
    "neighbours",
    "points",
    "scorecard",
    "target",
    "targets",
    "template",
]
