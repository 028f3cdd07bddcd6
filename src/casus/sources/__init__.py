"""Files, pages, JSON and standard input become reports.

`load` is the way in: it yields a `SourcedReport` or a `SourceFailure` for each
report that it finds, so that one bad file never keeps the others from being read.
"""

from casus.sources.decoding import tidy
from casus.sources.failure import SourceFailure
from casus.sources.loading import SourcedReport, load
from casus.sources.metadata import Metadata, parse_day

__all__ = ["Metadata", "SourceFailure", "SourcedReport", "load", "parse_day", "tidy"]
