"""Files, pages, tables, archives, feeds and standard input become reports.

`load` is the way in: it yields a `SourcedReport` or a `SourceFailure` for each
report that it finds, so that one bad file never keeps the others from being read.
`gather` does the same for those who come back: its marks say how far a source was taken in.
"""

from casus.sources.admitting import SourcedReport
from casus.sources.columns import Columns
from casus.sources.decoding import tidy
from casus.sources.failure import SourceFailure
from casus.sources.loading import Loading, gather, load
from casus.sources.marks import Mark, Past
from casus.sources.metadata import Metadata, parse_day
from casus.sources.streams import Form

__all__ = [
    "Columns",
    "Form",
    "Loading",
    "Mark",
    "Metadata",
    "Past",
    "SourceFailure",
    "SourcedReport",
    "gather",
    "load",
    "parse_day",
    "tidy",
]
