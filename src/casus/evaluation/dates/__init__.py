"""How well dates are found and resolved: tables of cases, and corpora in the TimeML form."""

from casus.evaluation.dates.annotated import AnnotatedText, GoldKind, GoldSpan
from casus.evaluation.dates.report import as_json, error_lines, table_lines
from casus.evaluation.dates.scoring import DateScores, Error, score_text
from casus.evaluation.dates.tables import read_table_file
from casus.evaluation.dates.timeml import read_corpus

__all__ = [
    "AnnotatedText",
    "DateScores",
    "Error",
    "GoldKind",
    "GoldSpan",
    "as_json",
    "error_lines",
    "read_corpus",
    "read_table_file",
    "score_text",
    "table_lines",
]
