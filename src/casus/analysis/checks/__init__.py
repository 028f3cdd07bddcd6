"""Statistics against the record: supported, contradicted, within uncertainty, or not checkable, and why."""

from casus.analysis.checks.checking import check, check_all, check_statistic, check_text
from casus.analysis.checks.records import Baseline, Check, Days, Verdict

__all__ = ["Baseline", "Check", "Days", "Verdict", "check", "check_all", "check_statistic", "check_text"]
