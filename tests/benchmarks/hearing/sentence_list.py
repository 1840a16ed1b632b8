"""The list of what people say in each context, and what should come of it: sentences/*.yaml.

`fresh.yaml` and `own.yaml` hold the sentences: context, meaning, sentences. The first was written by somebody
who had not seen what the coach listens for. `expected.yaml` says, meaning by meaning, what should be heard.
No sentence is taken out: one that may mean something else, too, is allowed to in `expected.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from pydantic import Field

from assistant.errors import InputError
from assistant.library.text_files import read_text
from assistant.programme.reading import Document, FileModel
from tests.benchmarks.hearing.expectations import Bar, Expectation, Expected

LISTS = Path(__file__).with_name("sentences")
HALVES = ("fresh", "own")
EXPECTED = "expected.yaml"

ASKED_NUMBER = ("asked_soreness", "asked_effort")
"""Questions that share the context in which a number is asked for."""

REGIONAL, LOOK_ALIKES = "regional", "look_alikes"
"""Parts without meanings of their own: pairs that mean the same, and what only sounds like a command."""

_SIDES = ("left", "right")


@dataclass(frozen=True, slots=True)
class SaidThere:
    """A sentence in a context."""

    text: str
    context: str
    part: str
    """The part of the list that it is from: mostly the context."""
    meaning: str
    expectation: Expectation


class _MeaningModel(FileModel):
    """What should come of the sentences of one meaning."""

    counts: Bar
    right: list[str] = Field(min_length=1)
    exactly: list[str] = Field(default_factory=list)
    never: list[str] = Field(default_factory=list)
    contexts: list[str] = Field(default_factory=list, alias="in")
    right_too: dict[str, list[str]] = Field(default_factory=dict)
    """Of single sentences: what else is right."""
    never_of: dict[str, list[str]] = Field(default_factory=dict)
    """Of single sentences: what is the opposite."""
    pairs: list[str] = Field(default_factory=list)
    """The first sentence of each regional pair that has this meaning."""


class _ExpectedModel(FileModel):
    """The whole file: part of the list, meaning, what should come of it."""

    parts: dict[str, dict[str, _MeaningModel]]


def load_sentences(folder: Path = LISTS) -> tuple[SaidThere, ...]:
    """Read both halves of the list, each sentence once for each context in which it is measured.

    Raises:
        InputError: a file can't be read, or a meaning has no expectation; it names the file and the line.
    """
    path = folder / EXPECTED
    document = Document(read_text(path), str(path))
    parts = document.check(_ExpectedModel).parts
    found: list[SaidThere] = []
    named: dict[tuple[str, str], set[str]] = {}
    for half in HALVES:
        for part, meaning, texts in _meanings(folder / f"{half}.yaml", parts):
            if meaning not in parts.get(part, {}):
                raise InputError(
                    f"nothing says what should come of {part}: {meaning}",
                    remedy=f"Add it to {EXPECTED}",
                    file=str(folder / f"{half}.yaml"),
                )
            model = parts[part][meaning]
            named.setdefault((part, meaning), set()).update(texts)
            contexts = model.contexts or ["asked_number" if part in ASKED_NUMBER else part]
            found += [
                SaidThere(text, context, part, meaning, _expectation(model, text, half))
                for text in texts
                for context in contexts
            ]
    for part, meanings in parts.items():
        for meaning, model in meanings.items():
            for text in (*model.right_too, *model.never_of, *model.pairs):
                if text not in named.get((part, meaning), ()):
                    raise document.error(
                        ("parts", part, meaning), f"nobody says {text!r}", "Write it as it is in the list"
                    )
    return tuple(found)


def _meanings(
    path: Path, parts: Mapping[str, Mapping[str, _MeaningModel]]
) -> Iterator[tuple[str, str, list[str]]]:
    """Yield each part, meaning and its sentences."""
    value = cast(dict[str, Any], Document(read_text(path), str(path)).value)
    # One half keeps its contexts in a field of their own.
    for part, meanings in {**value.get("contexts", {}), **value}.items():
        match part:
            case "contexts":
                continue
            case "look_alikes":
                yield part, part, meanings
            case "regional":
                yield from _regional(meanings, parts.get(part, {}))
            case _:
                for meaning, texts in meanings.items():
                    yield part, meaning, texts


def _regional(
    pairs: Sequence[Sequence[str]], meanings: Mapping[str, _MeaningModel]
) -> Iterator[tuple[str, str, list[str]]]:
    for first, second in pairs:
        meant = [name for name, model in meanings.items() if first in model.pairs]
        yield REGIONAL, meant[0] if len(meant) == 1 else f"{first!r}, once", [first, second]


def _expectation(model: _MeaningModel, text: str, half: str) -> Expectation:
    right = tuple(map(_expected, [*model.right, *model.right_too.get(text, ())]))
    exactly = tuple(_with_side(_expected(one), text) for one in model.exactly or model.right)
    never = map(_expected, [*model.never, *model.never_of.get(text, ())])
    # What a single sentence may mean, too, is not the opposite of it.
    return Expectation(model.counts, right, exactly, tuple(one for one in never if one not in right), half)


def _expected(written: str) -> Expected:
    command, *slots = written.split()
    pairs = (slot.partition("=") for slot in slots)
    return Expected(
        command, tuple((name, int(value) if value.isdigit() else value) for name, _, value in pairs)
    )


def _with_side(expected: Expected, text: str) -> Expected:
    """Return what is expected of an answer that names a side: the place with that side."""
    sides = [side for side in _SIDES if side in text.split()]
    if expected.command != "place" or len(sides) != 1:
        return expected
    return replace(expected, slots=(*expected.slots, ("side", sides[0])))
