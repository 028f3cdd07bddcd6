"""Whether Spark can be started here."""

from __future__ import annotations

import os
import shutil

import pytest

needs_java = pytest.mark.skipif(
    shutil.which("java") is None
    and "JAVA_HOME" not in os.environ
    and os.environ.get("CASUS_SPARK") != "required",
    reason="Spark needs Java, which is not installed here",
)
