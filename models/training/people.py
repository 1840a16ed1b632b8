"""Recordings of people: words and sentences whole, orders cut into the pieces a decoding is sure of.

`python -m training.people spans SPANS MODEL DATA` looks for the words of the orders with a model and writes
where they are; `python -m training.people utterances SPANS FOLDER DATA...` makes a corpus of recordings and
places, and one of what is kept for tuning. Only the split `train` is ever used.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
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
from training import corpus, features, held_out
from training.recorded import recordings
from training.texts import read_lexicon

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
# Of each set; a few safety words, which are what matters most, come up more often.
_COPIES = {"keywords": 2, "speech_commands": 3, "an4": 3, "speechocean762": 4}
_ORDER_COPIES = 4
_SAFETY, _SAFETY_COPIES = ("stop", "no", "help"), 6
# Copies are said a little faster or slower, and so higher or lower.
_RATES = (0.88, 1.14)


def find_spans(data: Path, model: Path) -> list[dict[str, Any]]:
    """Find pieces of the orders of which every word is sure: file, start, end (seconds), text."""
    spans: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        loop = _loop_model(model, Path(folder) / "model")
        for order in recordings([data], ("orders",)):
            slots = sorted(set(order.slots.values()))
            phrases = slots + [word for word in CARRIERS if word not in slots]
            sentences = "".join(f'      - "{phrase}"\n' for phrase in phrases)
            text = f"language: en\ncommands:\n  said:\n    contexts: everywhere\n    sentences:\n{sentences}"
            words = as_commands(Document(text, "orders.yaml"))
            recognizer = VoskRecognizer(find_model(loop), words, Path(folder) / "cache")
            recognizer.listen(None)
            samples = levelled(read_sound(order.file))
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
                    "file": order.file.relative_to(data).as_posix(),
                    "start": round(piece[0].start, 2),
                    "end": round(piece[-1].end, 2),
                    "text": " ".join(word.text for word in piece),
                }
                for piece in _sure_pieces(found)
            ]
            shutil.rmtree(Path(folder) / "cache")
    return spans


def load_people(
    folders: Sequence[Path], spans: list[dict[str, Any]], seed: int, tuning: bool = False
) -> list[corpus.Utterance]:
    """Return words, sentences and the pieces of orders as utterances, some copies of each at other rates."""
    rng = np.random.default_rng(seed)
    lexicon = read_lexicon()
    made: list[corpus.Utterance] = []

    def add(samples: npt.NDArray[np.float32], text: str, copies: int) -> None:
        for copy in range(1 if tuning else copies):
            rate = rng.uniform(*_RATES) if copy else 1.0
            said = np.asarray(soxr.resample(samples, SAMPLE_RATE * rate, SAMPLE_RATE), np.float32)
            frames = features.of_utterance(said, rng, _MARGIN_SECONDS, _QUIET_DB)
            made.append(corpus.Utterance(corpus.stored(frames), text, "people"))

    for recording in recordings(folders, tuple(_COPIES), tuning):
        words = recording.text.split()
        if words and all(word in lexicon and word not in held_out.WORDS for word in words):
            copies = _SAFETY_COPIES if recording.text in _SAFETY else _COPIES[recording.set]
            add(read_sound(recording.file), recording.text, copies)
    orders = {order.file for order in recordings(folders, ("orders",), tuning)}
    for span in spans:
        for file in orders & {folder / span["file"] for folder in folders}:
            first = max(0, round((span["start"] - _EDGE_SECONDS) * SAMPLE_RATE))
            piece = read_sound(file)[first : round((span["end"] + _EDGE_SECONDS) * SAMPLE_RATE)]
            add(piece, span["text"], _ORDER_COPIES)
    return made


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
    """Read the command line; find the pieces, or make the corpora."""
    what, spans, target, *folders = arguments[0], *(Path(argument) for argument in arguments[1:])
    if what == "spans":
        found = [span for folder in folders for span in find_spans(folder, target)]
        spans.write_text("".join(json.dumps(span) + "\n" for span in found), "utf-8")
    else:
        found = [json.loads(line) for line in spans.read_text("utf-8").splitlines()]
        corpus.save(target / "train-people.npz", load_people(folders, found, _SEED))
        corpus.save(target / "tuning-people.npz", load_people(folders, found, _SEED, tuning=True))


if __name__ == "__main__":
    main(sys.argv[1:])
