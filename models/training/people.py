"""Recordings of people: single keywords, and orders cut into the pieces that a decoding is sure of.

`python -m training.people spans DATA SPANS MODEL` looks for the words of the orders with a model and writes
where they are; `python -m training.people utterances DATA SPANS FILE` makes a corpus of recordings and
places. Only the split `train` is ever used.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import soxr

from assistant.hearing.gain import levelled
from assistant.hearing.recognition.model import MARK, find_model
from assistant.hearing.recognition.recognizer import VoskRecognizer, Word
from assistant.programme.commands import as_commands
from assistant.programme.reading import Document
from assistant.sound import BLOCK, SAMPLE_RATE, read_sound
from training import corpus, features

CARRIERS = [
    "hey",
    "hi",
    "hello",
    "could",
    "you",
    "can",
    "i",
    "have",
    "get",
    "me",
    "please",
    "make",
    "would",
    "like",
    "want",
    "with",
    "and",
    "no",
    "sugar",
    "of",
    "a",
    "the",
    "in",
    "it",
    "order",
    "i'd",
    "i'll",
    "to",
    "for",
    "some",
    "my",
    "one",
    "two",
    "an",
    "thanks",
    "is",
    "that",
    "let's",
    "need",
    "give",
    "add",
    "on",
    "just",
    "it's",
    "be",
    "um",
    "uh",
]
"""What people say around the parts of an order."""

_LEAST_CONFIDENCE = 0.85
_LEAST_PHONE_SECONDS = 0.045
_MOST_WORDS = 6
_LONGEST_PAUSE_SECONDS = 0.35
_EDGE_SECONDS = 0.05
# Recordings bring the noise of their rooms: less of them is cut off, and more is left around the speech.
_MARGIN_SECONDS, _QUIET_DB = 0.2, -33.0
_SEED = 21
_KEYWORD_COPIES, _ORDER_COPIES = 2, 4
# Copies are said a little faster or slower, and so higher or lower.
_RATES = (0.88, 1.14)


def find_spans(data: Path, model: Path) -> list[dict[str, Any]]:
    """Find pieces of the orders of which every word is sure: file, start, end (seconds), text."""
    spans: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        loop = _loop_model(model, Path(folder) / "model")
        for entry in _training_files(data, "orders"):
            slots = sorted(set(entry["slots"].values()))
            phrases = slots + [word for word in CARRIERS if word not in slots]
            sentences = "".join(f'      - "{phrase}"\n' for phrase in phrases)
            text = f"language: en\ncommands:\n  said:\n    contexts: everywhere\n    sentences:\n{sentences}"
            words = as_commands(Document(text, "orders.yaml"))
            recognizer = VoskRecognizer(find_model(loop), words, Path(folder) / "cache")
            recognizer.listen(None)
            samples = levelled(read_sound(data / entry["file"]))
            heard = [
                utterance
                for at in range(0, samples.size, BLOCK)
                for utterance in recognizer.accept(samples[at : at + BLOCK])
                if not utterance.partial
            ]
            heard += recognizer.finish()
            found = [word for utterance in heard for word in utterance.words]
            spans += [
                {
                    "file": entry["file"],
                    "start": round(piece[0].start, 2),
                    "end": round(piece[-1].end, 2),
                    "text": " ".join(word.text for word in piece),
                }
                for piece in _sure_pieces(found)
            ]
            shutil.rmtree(Path(folder) / "cache")
    return spans


def load_people(data: Path, spans: list[dict[str, Any]], seed: int) -> list[corpus.Utterance]:
    """Return the keywords and the pieces of orders as utterances, some copies of each at other rates."""
    rng = np.random.default_rng(seed)
    made: list[corpus.Utterance] = []

    def add(samples: npt.NDArray[np.float32], text: str, copies: int) -> None:
        for copy in range(copies):
            rate = rng.uniform(*_RATES) if copy else 1.0
            said = np.asarray(soxr.resample(samples, SAMPLE_RATE * rate, SAMPLE_RATE), np.float32)
            made.append(
                corpus.Utterance(
                    corpus.stored(features.of_utterance(said, rng, _MARGIN_SECONDS, _QUIET_DB)),
                    text,
                    "people",
                )
            )

    for entry in _training_files(data, "keywords"):
        add(read_sound(data / entry["file"]), entry["text"], _KEYWORD_COPIES)
    for span in spans:
        samples = read_sound(data / span["file"])
        first = max(0, round((span["start"] - _EDGE_SECONDS) * SAMPLE_RATE))
        add(samples[first : round((span["end"] + _EDGE_SECONDS) * SAMPLE_RATE)], span["text"], _ORDER_COPIES)
    return made


def _training_files(data: Path, source: str) -> Iterator[dict[str, Any]]:
    with (data / "manifest.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            if entry["split"] == "train" and entry["source"] == source:
                yield entry


def _loop_model(model: Path, folder: Path) -> Path:
    """Copy a model, so that phrases follow each other freely."""
    shutil.copytree(model, folder)
    settings = json.loads((folder / MARK).read_text("utf-8"))
    settings |= {"again_cost": 1.0, "unk_cost": 1.0}
    (folder / MARK).write_text(json.dumps(settings))
    return folder


def _sure_pieces(words: list[Word]) -> Iterator[list[Word]]:
    """Return runs of sure words without long pauses between them, each of a few words."""
    piece: list[Word] = []
    for word in words:
        long_enough = word.end - word.start >= _LEAST_PHONE_SECONDS * len(word.text)
        sure = word.confidence >= _LEAST_CONFIDENCE and word.text != "[unk]" and long_enough
        paused = bool(piece) and word.start - piece[-1].end > _LONGEST_PAUSE_SECONDS
        if piece and (not sure or paused or len(piece) == _MOST_WORDS):
            yield piece
            piece = []
        if sure:
            piece.append(word)
    if piece:
        yield piece


def main(arguments: list[str]) -> None:
    """Read the command line; find the pieces, or make the corpus."""
    what, data, spans, target = arguments[0], *(Path(argument) for argument in arguments[1:4])
    if what == "spans":
        found = find_spans(data, target)
        spans.write_text("".join(json.dumps(span) + "\n" for span in found), "utf-8")
    else:
        found = [json.loads(line) for line in spans.read_text("utf-8").splitlines()]
        corpus.save(target, load_people(data, found, _SEED))


if __name__ == "__main__":
    main(sys.argv[1:])
