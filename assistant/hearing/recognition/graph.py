"""The decoding graph: the grammar's words spelled in phones, silence, and [unk] beside them.

For Kaldi's chain topology: phone 1 is silence, then each ARPAbet phone at the begin, end, inside and
as the whole of a word; transition-id 2p enters phone p and 2p - 1 repeats it. See
https://kaldi-asr.org/doc/chain.html and https://kaldi-asr.org/doc/hmm.html#transition_models.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import product

import numpy as np
import numpy.typing as npt

from assistant.hearing.recognition.fst import Fst, FstBuilder
from assistant.hearing.recognition.grammar import Grammar, Phrase
from assistant.hearing.recognition.lexicon import Lexicon, Pronunciation
from assistant.hearing.recognition.model import GraphSettings
from assistant.hearing.recognition.word_graph import WordGraph, word_graph

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


@dataclass(frozen=True, slots=True)
class Entry:
    """The way into a word."""

    inside: int
    """The state inside its first phone."""
    label: int
    output: int


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

    def word(self, said: Pronunciation, output: int, late: bool = False) -> tuple[Entry, int]:
        """Add a word; give what leads into it, and the state inside its last phone.

        The word is written when its first phone is entered, or if `late`, its last.
        """
        last = len(said) - 1
        written = last if late else 0
        first = self._ids[said[0], "begin" if last else "singleton"]
        at = inside = self.fst.state()
        self.fst.arc(inside, inside, stay(first))
        for i, phone in enumerate(said[1:], 1):
            identity = self._ids[phone, "end" if i == last else "internal"]
            at = self.phone(at, identity, output if i == written else 0)
        return Entry(inside, enter(first), output if written == 0 else 0), at

    def lead(self, source: int, into: Entry) -> None:
        """Let a word begin at a state."""
        self.fst.arc(source, into.inside, into.label, into.output)

    def unknown(self, source: int, output: int, cost: float, scale: float = 1.0) -> list[int]:
        """Add a word of any two or more phones; give the states inside its last phones.

        What comes behind the third phone costs only a share of what the phone costs, `scale`.
        """
        phones = range(len(self._phones))
        begins = [
            self.phone(source, self._ids[phone, "begin"], output, cost + float(self._bigram[0, i]))
            for i, phone in enumerate(self._phones, 1)
        ]
        seconds, insides, ends = ([self.fst.state() for _ in phones] for _ in range(3))
        between = self._bigram[1:, 1:]
        last = between + self._bigram[1:, 0]
        for states, position, ways in (
            (seconds, "internal", ((begins, between),)),
            (insides, "internal", ((seconds, between), (insides, scale * between))),
            (ends, "end", ((begins, last), (seconds, last), (insides, scale * last))),
        ):
            for i, phone in enumerate(self._phones):
                identity = self._ids[phone, position]
                self.fst.arc(states[i], states[i], stay(identity))
                for (before, costs), j in product(ways, phones):
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
    _check_phones(grammar, lexicon, settings)
    words = ("<eps>", UNKNOWN, *sorted(grammar.lines))
    labels = {word: label for label, word in enumerate(words)}
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

    def joint(to: int, cost: float) -> Callable[[int], None]:
        """Return what lets a state be reached from inside a last phone, at once or after a pause."""
        pause = writer.silence(to)

        def join(inside: int) -> None:
            fst.arc(inside, to, cost=cost + _RUN_ON)
            fst.arc(inside, pause, enter(SILENCE), cost=cost + _PAUSE)

        return join

    def close(inside: int) -> None:
        fst.arc(inside, done, cost=_EDGE)
        fst.arc(inside, after, enter(SILENCE), cost=_EDGE)

    begins = {kind: fst.state() for kind in _Kind}
    # Who is frightened says it again and again, in one breath: "no, no, stop, stop!"
    again = fst.state()
    said_again = joint(again, settings.safety_again_cost)
    # Or says why: "stop, I can't do this any more!" But "no, I'm fine" is talk.
    unknown = fst.state()
    goes_on = joint(unknown, settings.safety_talk_cost)
    # Or says something else first: "okay, can you stop?"
    safe = joint(begins[_Kind.SAFETY], settings.talk_safety_cost)
    # "Okay, ready, please": what may stand around a command belongs to it.
    filled = joint(begins[_Kind.BETWEEN], settings.filler_cost)
    led = fst.state()
    leads_on = joint(led, settings.filler_cost)
    closes: Mapping[_Kind, tuple[Callable[[int], None], ...]] = {
        _Kind.SAFETY: (close, goes_on, said_again, filled),
        _Kind.SAFETY_HERE: (close, said_again),
        _Kind.ANSWER: (close, filled),
        _Kind.OTHER: (close, filled),
        _Kind.BETWEEN: (close, leads_on),
    }
    kinds: dict[_Kind, list[Phrase]] = {}
    for phrase in grammar.phrases_in(context):
        kinds.setdefault(_kind(phrase, context), []).append(phrase)
    for kind, phrases in kinds.items():
        bonus = settings.safety_bonus if kind in _SAFETY else 0.0
        bonus += settings.answer_bonus if kind is _Kind.ANSWER else 0.0
        begin = begins[kind]
        fst.arc(ready, begin, cost=settings.phrase_cost - bonus)
        fst.arc(led, begin)
        if kind in _SAFETY:
            fst.arc(again, begin)
        said = word_graph(grammar, phrases)
        _spell(writer, said, lexicon, labels, begin, closes[kind], late=kind in _SAFETY)
    fst.arc(ready, unknown, cost=settings.phrase_cost)
    unk_cost = settings.unk_costs.get(context or "", settings.unk_cost)
    for end in writer.unknown(unknown, labels[UNKNOWN], unk_cost, settings.unk_scale):
        close(end)
        fst.arc(end, unknown)
        safe(end)
    return DecodingGraph(fst.build(start), words)


class _Kind(Enum):
    """What decides what may follow a phrase, and what it costs."""

    SAFETY = "safety"
    """About safety, and heard everywhere."""
    SAFETY_HERE = "safety here"
    """About safety, and heard only in some contexts."""
    ANSWER = "answer"
    OTHER = "other"
    BETWEEN = "between"
    """What is said between commands."""


_SAFETY = (_Kind.SAFETY, _Kind.SAFETY_HERE)


def _kind(phrase: Phrase, context: str | None) -> _Kind:
    if phrase.filler:
        return _Kind.BETWEEN
    if phrase.safety:
        return _Kind.SAFETY if phrase.everywhere else _Kind.SAFETY_HERE
    # Among all phrases at once nothing was asked.
    return _Kind.ANSWER if phrase.answer and context is not None else _Kind.OTHER


def _spell(
    writer: GraphWriter,
    said: WordGraph,
    lexicon: Lexicon,
    labels: dict[str, int],
    begin: int,
    closes: Sequence[Callable[[int], None]],
    late: bool,
) -> None:
    """Copy words, phone by phone, to begin at a state, closed wherever a phrase may end.

    What leads to the same state by the same word shares its phones.
    """
    fst = writer.fst
    nodes = {said.start: begin}
    pauses: dict[int, int] = {}
    spelled: dict[tuple[str, int], list[Entry]] = {}
    waiting = [said.start]
    while waiting:
        state = waiting.pop()
        for word, target in said.steps[state].items():
            if (word, target) not in spelled:
                if target not in nodes:
                    nodes[target] = fst.state()
                    waiting.append(target)
                    if said.steps[target]:
                        pauses[target] = writer.silence(nodes[target])
                # A safety command is acted on from partial results: there a word must not show because of its
                # first sound, as "chest" would in "change".
                ways = [writer.word(way, labels[word], late) for way in lexicon[word]]
                for _, inside in ways:
                    if said.accepts[target]:
                        for close in closes:
                            close(inside)
                    if said.steps[target]:
                        fst.arc(inside, nodes[target], cost=_RUN_ON)
                        fst.arc(inside, pauses[target], enter(SILENCE), cost=_PAUSE)
                spelled[word, target] = [entry for entry, _ in ways]
            for entry in spelled[word, target]:
                writer.lead(nodes[state], entry)


def _check_phones(grammar: Grammar, lexicon: Lexicon, settings: GraphSettings) -> None:
    for word, ways in lexicon.items():
        for phone in {phone for way in ways for phone in way}:
            if phone not in settings.phones:
                raise grammar.error(
                    grammar.lines.get(word),
                    f"the model does not know the sound {phone!r} of {word!r}",
                    f"Pronounce it with: {' '.join(settings.phones)}",
                )
