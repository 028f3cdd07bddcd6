"""Data sets from a casebook, in the formats of the field, and reference data sets read in.

    export_casebook(book, format, target, now, wanted=filter)
    read_events(path)
    load_reference_file(book, path), then book.compare_with(name, filter)

docs/exports.md describes each format and column.
"""

from casus.exports.about import About, about
from casus.exports.comparison_text import comparison_lines
from casus.exports.reading_back import read_events
from casus.exports.redacting import WITHHELD, redacted
from casus.exports.reference_files import LoadedReference, load_reference_file
from casus.exports.writing import Exported, ExportFormat, export_casebook, export_events, export_lines

__all__ = [
    "WITHHELD",
    "About",
    "ExportFormat",
    "Exported",
    "LoadedReference",
    "about",
    "comparison_lines",
    "export_casebook",
    "export_events",
    "export_lines",
    "load_reference_file",
    "read_events",
    "redacted",
]
