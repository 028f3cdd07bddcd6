"""How good a reader is: its readings beside the records that people made."""

from casus.evaluation.comparison import Comparison, compare, report_line, table_lines
from casus.evaluation.folder import CodedReport, Fault, read_folder

__all__ = ["CodedReport", "Comparison", "Fault", "compare", "read_folder", "report_line", "table_lines"]
