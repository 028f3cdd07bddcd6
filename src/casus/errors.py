"""The errors of Casus.

    CasusError                 anything that Casus reports itself
    ├── SourceError            an input that can't become a report
    │   ├── SourceMissing      no such file or folder, or no right to read it
    │   ├── NotText            a binary, or a wrong encoding
    │   ├── NoArticle          nothing to read in it
    │   ├── TooLarge           beyond the limit on one report
    │   ├── WrongLanguage      a language that no reader here knows
    │   ├── BadRecord          JSON or metadata of a wrong form
    │   ├── FetchError         an address that gives nothing: unreachable, slow, broken off, refused
    │   └── AddressError       an address that is not fetched: a wrong form, or within a private network
    ├── KnowledgeError         a knowledge file of a wrong form
    ├── GazetteerError         a gazetteer that is missing or can't be built
    ├── PipelineError          a language pipeline that can't be loaded
    ├── NotRead                a text that takes too long to read, or stops its reader
    ├── NotAnswerable          a question that the record gives no answer to
    ├── ArchiveError           an archive that can't be read, written, linked or loaded
    ├── ExportError            a data set that can't be written or read back
    ├── SettingsError          a CASUS_ variable of a wrong form
    └── CasebookError          a casebook that can't be opened, read or written
        ├── NotInCasebook      an event, report or decision that it does not have
        ├── AccountError       an account, password or token that is refused
        └── StaleRecord        an event that was changed since it was looked at

Each message says what is wrong, where, and what to do, on one line.  `exit_code`
is what the command line ends with; the README lists them.
"""

from __future__ import annotations

SOME_FAILED = 20
"""The exit code where some of several inputs could not be read."""
STOPPED = 130
"""The exit code after Ctrl-C."""


class CasusError(Exception):
    """Anything that Casus reports itself."""

    exit_code = 1


class SourceError(CasusError):
    """An input that can't become a report."""

    exit_code = 3


class SourceMissing(SourceError):
    """No such file or folder, or no right to read it."""

    exit_code = 4


class NotText(SourceError):
    """A binary, or a wrong encoding."""

    exit_code = 5


class NoArticle(SourceError):
    """Nothing to read in it."""

    exit_code = 6


class TooLarge(SourceError):
    """Beyond the limit on one report."""

    exit_code = 7


class WrongLanguage(SourceError):
    """A language that no reader here knows."""

    exit_code = 8


class BadRecord(SourceError):
    """JSON or metadata of a wrong form."""

    exit_code = 9


class FetchError(SourceError):
    """An address that gives nothing: unreachable, slow, broken off, refused."""

    exit_code = 16


class AddressError(SourceError):
    """An address that is not fetched: a wrong form, or within a private network."""

    exit_code = 17


class KnowledgeError(CasusError):
    """A knowledge file of a wrong form."""

    exit_code = 10


class GazetteerError(CasusError):
    """A gazetteer that is missing or can't be built."""

    exit_code = 11


class PipelineError(CasusError):
    """A language pipeline that can't be loaded."""

    exit_code = 12


class SettingsError(CasusError):
    """A CASUS_ variable of a wrong form."""

    exit_code = 13


class CasebookError(CasusError):
    """A casebook that can't be opened, read or written."""

    exit_code = 14


class NotInCasebook(CasebookError):
    """An event, report or decision that the casebook does not have."""

    exit_code = 15


class AccountError(CasebookError):
    """An account, password or token that is refused."""

    exit_code = 19


class StaleRecord(CasebookError):
    """An event that was changed since it was looked at; `current` is how it is now."""

    exit_code = 21

    def __init__(self, message: str, current: object = None) -> None:
        """Note the event as it is now."""
        super().__init__(message)
        self.current = current


class ExportError(CasusError):
    """A data set that can't be written or read back."""

    exit_code = 18


class NotAnswerable(CasusError):
    """A question that the record gives no answer to, such as a rate over no days."""

    exit_code = 23


class ArchiveError(CasusError):
    """An archive that can't be read, written, linked or loaded."""

    exit_code = 24


class NotRead(CasusError):
    """A text that takes too long to read, or stops its reader."""

    exit_code = 22
