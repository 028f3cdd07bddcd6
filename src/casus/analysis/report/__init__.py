"""A report on a period: what the casebook tells of it, as a page and as a PDF that need nothing else."""

from casus.analysis.report.collecting import period_report
from casus.analysis.report.records import PeriodReport
from casus.analysis.report.writing import save_report

__all__ = ["PeriodReport", "period_report", "save_report"]
