"""Data sets from a casebook, in the formats of the field, and reference data sets read in.

    book.dossiers(filter) → export_events(format, …, target, about(book, now))

docs/exports.md describes each format and column.
"""

from casus.exports.about import About, about
from casus.exports.comparison_text import comparison_lines
from casus.exports.reading_back import read_events
from casus.exports.redacting import WITHHELD, redacted
from casus.exports.reference_files import LoadedReference, load_reference_file
from casus.exports.writing import Exported, ExportFormat, export_events

__all__ = [
    "WITHHELD",
    "About",
    "ExportFormat",
    "Exported",
    "LoadedReference",
    "about",
    "comparison_lines",
    "export_events",
    "load_reference_file",
    "read_events",
    "redacted",
]
