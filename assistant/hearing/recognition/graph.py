"""The decoding graph: the grammar's words spelled in phones, silence, and [unk] beside them.

For Kaldi's chain topology: phone 1 is silence, then each ARPAbet phone at the begin, end, inside and
as the whole of a word; transition-id 2p enters phone p and 2p - 1 repeats it. See
https://kaldi-asr.org/doc/chain.html and https://kaldi-asr.org/doc/hmm.html#transition_models.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product

import numpy as np
import numpy.typing as npt

from assistant.hearing.recognition.fst import Fst, FstBuilder
from assistant.hearing.recognition.grammar import Grammar, Phrase
from assistant.hearing.recognition.lexicon import Lexicon, Pronunciation
from assistant.hearing.recognition.model import GraphSettings

UNKNOWN = "[unk]"
"""The word for speech that is none of the phrases."""

SILENCE = 1
"""Kaldi's phone id of silence."""

# Whether words run on or a pause follows: half and half at the edges of a phrase, seldom inside it. Negative
# natural logarithms of 0.5, 0.74 and 0.25. Chosen.
_EDGE = 0.7
_RUN_ON = 0.3
_PAUSE = 1.4

_POSITIONS = ("begin", "end", "internal", "singleton")


@dataclass(frozen=True, slots=True)
class DecodingGraph:
    """What Vosk needs besides the acoustic model."""

    fst: Fst
    words: tuple[str, ...]
    """The word of each output label; label 0 is none."""


def phone_id(phones: Sequence[str], phone: str, position: str) -> int:
    """Return Kaldi's id of an ARPAbet phone at a position of its word."""
    return SILENCE + 1 + phones.index(phone) * len(_POSITIONS) + _POSITIONS.index(position)


def word_boundaries(phones: Sequence[str]) -> str:
    """Return the text of `word_boundary.int`: where in a word each phone id stands."""
    lines = [f"{SILENCE} nonword"]
    lines += [f"{phone_id(phones, phone, at)} {at}" for phone in phones for at in _POSITIONS]
    return "\n".join(lines) + "\n"


def enter(phone: int) -> int:
    """Return the transition-id that leads into a phone."""
    return 2 * phone


def stay(phone: int) -> int:
    """Return the transition-id that repeats a phone."""
    return 2 * phone - 1


class GraphWriter:
    """Adds words, silences and [unk] to a transducer."""

    def __init__(self, phones: Sequence[str], bigram: npt.NDArray[np.float32]) -> None:
        self.fst = FstBuilder()
        self._phones = tuple(phones)
        self._bigram = bigram
        self._ids = {(phone, at): phone_id(phones, phone, at) for phone in phones for at in _POSITIONS}

    def silence(self, to: int) -> int:
        """Add a pause before a state; give the state inside the pause."""
        pause = self.fst.state()
        self.fst.arc(pause, pause, stay(SILENCE))
        self.fst.arc(pause, to)
        return pause

    def phone(self, source: int, phone: int, output: int = 0, cost: float = 0.0) -> int:
        """Add a phone; give the state inside it."""
        inside = self.fst.state()
        self.fst.arc(source, inside, enter(phone), output, cost)
        self.fst.arc(inside, inside, stay(phone))
        return inside

    def word(self, source: int, said: Pronunciation, output: int, late: bool = False) -> int:
        """Add a word that begins at a state; give the state inside its last phone.

        The word is written when its first phone is entered, or if `late`, its last.
        """
        last = len(said) - 1
        for i, phone in enumerate(said):
            at = "begin" if i == 0 else "end" if i == last else "internal"
            identity = self._ids[phone, "singleton" if last == 0 else at]
            source = self.phone(source, identity, output if i == (last if late else 0) else 0)
        return source

    def unknown(self, source: int, output: int, cost: float) -> list[int]:
        """Add a word of any two or more phones; give the states inside its last phones."""
        phones = range(len(self._phones))
        begins = [
            self.phone(source, self._ids[phone, "begin"], output, cost + float(self._bigram[0, i]))
            for i, phone in enumerate(self._phones, 1)
        ]
        insides = [self.fst.state() for _ in phones]
        ends = [self.fst.state() for _ in phones]
        between = self._bigram[1:, 1:]
        for states, position, costs in (
            (insides, "internal", between),
            (ends, "end", between + self._bigram[1:, 0]),
        ):
            for i, phone in enumerate(self._phones):
                identity = self._ids[phone, position]
                self.fst.arc(states[i], states[i], stay(identity))
                for before, j in product((begins, insides), phones):
                    self.fst.arc(before[j], states[i], enter(identity), cost=float(costs[j, i]))
        return ends


def build_graph(
    grammar: Grammar,
    context: str | None,
    lexicon: Lexicon,
    settings: GraphSettings,
    bigram: npt.NDArray[np.float32],
) -> DecodingGraph:
    """Build the graph that hears a context's phrases, one after the other, or silence, or [unk].

    Raises:
        InputError: there is no such context, or a pronunciation has a phone the model has not.
    """
    phrases = grammar.phrases_in(context)
    _check_phones(grammar, lexicon, settings)
    words = ("<eps>", UNKNOWN, *sorted(grammar.lines))
    writer = GraphWriter(settings.phones, bigram)
    fst = writer.fst
    start, ready, done = fst.state(), fst.state(), fst.state()
    before = writer.silence(ready)
    after = writer.silence(done)
    fst.arc(start, ready, cost=_EDGE)
    fst.arc(start, before, enter(SILENCE), cost=_EDGE)
    # Silence alone must be a way through, or the silence after an utterance becomes a word.
    fst.arc(before, done, cost=_EDGE)
    fst.arc(done, ready, cost=settings.again_cost)
    fst.final(done)

    def close(inside: int) -> None:
        fst.arc(inside, done, cost=_EDGE)
        fst.arc(inside, after, enter(SILENCE), cost=_EDGE)

    labels = {word: label for label, word in enumerate(words)}
    # Who is frightened says it again and again, in one breath: "no, no, stop, stop!"
    again = {phrase: fst.state() for phrase in phrases if phrase.safety}
    breaths = {phrase: writer.silence(state) for phrase, state in again.items()}

    # Or says why: "stop, I can't do this any more!" But "no, I'm fine" is talk.
    unknown = fst.state()
    pause = writer.silence(unknown)
    # Or says something else first: "okay, can you stop?"
    safe = fst.state()
    breath = writer.silence(safe)

    def close_safe(inside: int, phrase: Phrase) -> None:
        close(inside)
        if phrase.everywhere:
            fst.arc(inside, unknown, cost=settings.safety_talk_cost + _RUN_ON)
            fst.arc(inside, pause, enter(SILENCE), cost=settings.safety_talk_cost + _PAUSE)
        fst.arc(inside, again[phrase], cost=settings.safety_again_cost + _RUN_ON)
        fst.arc(inside, breaths[phrase], enter(SILENCE), cost=settings.safety_again_cost + _PAUSE)

    for phrase in phrases:
        bonus = settings.safety_bonus if phrase.safety else 0.0
        # Among all phrases at once nothing was asked.
        bonus += settings.answer_bonus if phrase.answer and context is not None else 0.0
        begin = fst.state()
        fst.arc(ready, begin, cost=settings.phrase_cost - bonus)
        close_it = partial(close_safe, phrase=phrase) if phrase.safety else close
        _spell(writer, grammar, lexicon, labels, phrase, begin, close_it)
        if phrase.safety and phrase.everywhere:
            fst.arc(safe, begin)
        for before, state in again.items():
            if phrase is before or (phrase.everywhere and phrase.command == before.command):
                fst.arc(state, begin)
    fst.arc(ready, unknown, cost=settings.phrase_cost)
    unk_cost = settings.unk_costs.get(context or "", settings.unk_cost)
    for end in writer.unknown(unknown, labels[UNKNOWN], unk_cost):
        close(end)
        fst.arc(end, unknown)
        fst.arc(end, safe, cost=settings.talk_safety_cost + _RUN_ON)
        fst.arc(end, breath, enter(SILENCE), cost=settings.talk_safety_cost + _PAUSE)
    return DecodingGraph(fst.build(start), words)


def _spell(
    writer: GraphWriter,
    grammar: Grammar,
    lexicon: Lexicon,
    labels: dict[str, int],
    phrase: Phrase,
    begin: int,
    close: Callable[[int], None],
) -> None:
    """Copy a phrase of the grammar, phone by phone, to begin at a state, closed wherever it may end."""
    fst = writer.fst
    nodes = {phrase.start: begin}
    pauses: dict[int, int] = {}
    waiting = [phrase.start]
    while waiting:
        state = waiting.pop()
        for arc in grammar.arcs[state]:
            if not (grammar.continues[arc.target] or arc.word):
                continue
            if arc.target not in nodes:
                nodes[arc.target] = fst.state()
                waiting.append(arc.target)
            node = nodes[arc.target]
            if arc.word is None:
                fst.arc(nodes[state], node)
                continue
            for said in lexicon[arc.word]:
                # A safety command is acted on from partial results: there a word must not show because of its
                # first sound, as "chest" would in "change".
                inside = writer.word(nodes[state], said, labels[arc.word], late=phrase.safety)
                if grammar.accepts[arc.target]:
                    close(inside)
                if grammar.continues[arc.target]:
                    if node not in pauses:
                        pauses[node] = writer.silence(node)
                    fst.arc(inside, node, cost=_RUN_ON)
                    fst.arc(inside, pauses[node], enter(SILENCE), cost=_PAUSE)


def _check_phones(grammar: Grammar, lexicon: Lexicon, settings: GraphSettings) -> None:
    for word, ways in lexicon.items():
        for phone in {phone for way in ways for phone in way}:
            if phone not in settings.phones:
                raise grammar.error(
                    grammar.lines.get(word),
                    f"the model does not know the sound {phone!r} of {word!r}",
                    f"Pronounce it with: {' '.join(settings.phones)}",
                )
