"""How good a reader is: its readings beside the records that people made."""

from casus.evaluation.actor_cases import ActorScore, read_cases, score_cases, score_lines
from casus.evaluation.comparison import Comparison, compare, report_line, table_lines
from casus.evaluation.folder import CodedReport, Fault, read_folder
from casus.evaluation.gold import paired_events, score_record
from casus.evaluation.tally import Tally

__all__ = [
    "ActorScore",
    "CodedReport",
    "Comparison",
    "Fault",
    "Tally",
    "compare",
    "paired_events",
    "read_cases",
    "read_folder",
    "report_line",
    "score_cases",
    "score_lines",
    "score_record",
    "table_lines",
]
