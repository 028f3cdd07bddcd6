"""Which language a text is in, as far as a reader of English must know.

The most frequent small words of a language make up a third of its running text, so
counting them tells languages apart without a model.  The lists are short, and hold
each language's own words where neighbours share many.
"""

from __future__ import annotations

import re
from collections import Counter

_FUNCTION_WORDS = {
    "English": "the of and to in that for was on with by he at from his but an are this which have they were "
    "been has had their its who not after said",
    "Spanish": "de la el que en y los se del las un por con una su para es al lo como fue según más",
    "French": "de la le et les des en un du une que est pour qui dans par sur au pas plus ont selon été",
    "Portuguese": "de a o que e do da em um para com não uma os no se na por mais as dos foi ao segundo",
    "Italian": "di e il la che in a per un è del della sono con non una si da i le nel al dei ha",
    "German": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch wurde",
    "Dutch": "de het een van en in is op te dat die voor met zijn niet aan er om ook werd door",
    "Indonesian or Malay": "yang dan di itu dengan untuk dari ini pada dalam tidak akan telah oleh ke para",
    "Turkish": "ve bir bu için ile da de olarak olan çok daha gibi kadar sonra en ise ancak",
    "Swahili": "na ya wa kwa ni katika la za kuwa hiyo cha kama watu baada alisema huo",
    "Somali": "oo ka ku iyo in u la ay uu waxa waa soo ayaa kale laga waxaa",
    "Tagalog": "ang ng sa na mga at ay si ni para kay nang hindi ito mula nila",
    "Polish": "w i na z się do nie że o to jest za po jak przez od dla są był",
}
_SETS = {language: frozenset(words.split()) for language, words in _FUNCTION_WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+")
# Letters of the Latin script, its accents and its extensions.
_LATIN = re.compile(r"[A-Za-z\u00aa-\u024f\u1e00-\u1eff]")
_LETTER = re.compile(r"[^\W\d_]")
_NO_ASCII_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())

_SHORTEST_WORDS = 40
_SHORTEST_LETTERS = 100
_WHOLE_SAMPLE_CHARS = 20_000
# English news holds a third; headlines, lists and tables go down to a tenth.
_LEAST_ENGLISH = 0.04
_LEAST_NAMED = 0.12


def foreign_language(text: str) -> str | None:
    """The language of a text that is not English; None for English and for short texts.

    Only the first 20,000 characters are looked at.  Below 40 words (or, in other
    scripts, 100 letters) nothing is said.
    """
    sample = text[:_WHOLE_SAMPLE_CHARS]
    if _is_in_another_script(sample):
        return "a language in another script"
    words: Counter[str] = Counter()
    for word, count in Counter(_WORD.findall(sample)).items():
        words[word.lower()] += count
    total = words.total()
    if total < _SHORTEST_WORDS:
        return None
    shares = {language: sum(words[word] for word in small) / total for language, small in _SETS.items()}
    likeliest = max(shares, key=lambda language: shares[language])
    if likeliest != "English" and shares[likeliest] >= max(_LEAST_NAMED, 2 * shares["English"]):
        return likeliest
    return None if shares["English"] >= _LEAST_ENGLISH else "a language that it does not know"


def _is_in_another_script(sample: str) -> bool:
    """Whether most letters are none of the Latin script; False below 100 letters."""
    ascii_only = sample.encode("ascii", "ignore")
    # Most texts need no count of each letter: what isn't ASCII is less than its letters.
    if len(sample) - len(ascii_only) <= len(ascii_only.translate(None, _NO_ASCII_LETTERS)):
        return False
    letters = len(_LETTER.findall(sample))
    return letters >= _SHORTEST_LETTERS and 2 * len(_LATIN.findall(sample)) < letters
