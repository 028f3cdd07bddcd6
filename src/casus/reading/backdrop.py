"""The scene that sentences set before the one that tells what happened.

"On Friday a patrol drove through Bel Air. Its lorry ran over a mine": the day and the place
of the mine stand in a sentence that tells no event.  They are given to the events of the next
sentence where that has neither day nor place of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from casus.reading.clauses import subject_of
from casus.reading.placing import LOCAL_KINDS, event_places
from casus.reading.sentences import AnnotatedSentence
from casus.reading.timing import scene_date
from casus.resolving.places import PlaceMention

_REACH = 2  # sentences between the scene and what happened on it


def set_scenes(body: Sequence[AnnotatedSentence]) -> None:
    """Give day and place of a scene to the incidents that play on it."""
    names = {v.name for s in body for told in s.statements for v in told.voices if v.name is not None}
    tellers = frozenset(name.split()[-1].lower() for name in names)
    for position, annotated in enumerate(body):
        if not annotated.incidents or any(i.dates or _has_local_place(i.places) for i in annotated.incidents):
            continue
        scene = _scene_before(body, position, tellers)
        if scene is not None:
            _set(annotated, scene)


def _scene_before(
    body: Sequence[AnnotatedSentence], position: int, tellers: frozenset[str]
) -> AnnotatedSentence | None:
    """The sentence that sets the scene: of the same paragraph, with no event between."""
    own = body[position].sentence
    for annotated in reversed(body[max(0, position - _REACH) : position]):
        is_near = annotated.sentence.paragraph == own.paragraph
        if not is_near or annotated.incidents or annotated.statistics:
            return None
        if _sets_scene(annotated, tellers):
            return annotated
    return None


def _sets_scene(annotated: AnnotatedSentence, tellers: frozenset[str]) -> bool:
    """True for a sentence in which somebody does something on a day, in the plain past.

    Not "the bus had stopped there on Monday", which goes back, "the town was calm on Monday",
    which moves nothing on, and what a witness or an official did who then tells of the event.
    """
    mention = scene_date(annotated.sentence, annotated.marks, annotated.statements)
    tokens = annotated.sentence.tokens_in(mention.start_char, mention.end_char) if mention else None
    if tokens is None:
        return False
    verb = annotated.sentence.doc[tokens[0]]
    while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i:
        verb = verb.head
    auxiliaries = {t.lower_ for t in verb.children if t.dep_ in ("aux", "auxpass")}
    subject = subject_of(verb)
    return (
        (verb.pos_ == "VERB" or not any(c.dep_ in ("acomp", "attr") for c in verb.children))
        and "had" not in auxiliaries
        and (subject is None or tellers.isdisjoint(t.lower_ for t in subject.subtree))
    )


def _set(annotated: AnnotatedSentence, scene: AnnotatedSentence) -> None:
    mention = scene_date(scene.sentence, scene.marks, scene.statements)
    root = next(token.i for token in scene.sentence.tokens if token.head.i == token.i)
    places = [
        place
        for _, place in event_places(scene.sentence, scene.marks, (root,), scene.statements)
        if place.kind in LOCAL_KINDS
    ]
    for incident in annotated.incidents:
        trigger = incident.triggers[0]
        incident.dates += [(trigger, mention)] if mention is not None else []
        incident.places += [(trigger, place) for place in places]


def _has_local_place(places: Sequence[tuple[int, PlaceMention]]) -> bool:
    return any(place.kind in LOCAL_KINDS for _, place in places)
