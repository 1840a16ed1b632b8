"""Folders of recordings are checked before anything is measured."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

from assistant.errors import InputError
from assistant.sound import SAMPLE_RATE
from tests.benchmarks.hearing.manifest import Recorded, checked, of_corpora, read_recordings


def _folder(folder: Path, *lines: str | dict[str, object]) -> Path:
    text = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    (folder / "manifest.jsonl").write_text("\n".join(text) + "\n", encoding="utf-8")
    for name in ("words/a.wav", "words/b.wav", "orders/o.wav", "other/x.wav"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).touch()
    return folder


def test_only_recordings_for_measuring_are_read(tmp_path: Path) -> None:
    """Others need not even be there."""
    folder = _folder(
        tmp_path,
        {"file": "words/gone.wav", "split": "train", "text": "go"},
        "",
        {"file": "words/a.wav", "split": "dev", "text": "go", "seconds": 1, "rate": 16000, "speaker": "me"},
    )
    (recorded,) = read_recordings(folder)
    assert (recorded.name, recorded.text, recorded.line) == ("words/a.wav", "go", 3)
    assert recorded.file == folder / "words/a.wav"


def test_a_corpus_is_told_by_the_first_folder_or_else_by_the_source(tmp_path: Path) -> None:
    """What is of no set that is measured is left out."""
    folder = _folder(
        tmp_path,
        {"file": "words/a.wav", "split": "dev", "text": "go", "source": "digits"},
        {"file": "other/x.wav", "split": "dev", "text": "one", "source": "digits"},
        {"file": "other/x.wav", "split": "dev", "source": "music"},
        {"file": "orders/o.wav", "split": "dev"},
    )
    recordings = read_recordings(folder)
    assert [recorded.corpus for recorded in recordings] == ["words", "digits", "orders"]
    assert [recorded.text for recorded in of_corpora(recordings, "digits")] == ["one"]


def test_texts_are_compared_as_they_are_said(tmp_path: Path) -> None:
    """Capital letters, spaces and curly apostrophes are no difference."""
    folder = _folder(tmp_path, {"file": "words/a.wav", "split": "dev", "text": " I\u2019m  Ready"})
    assert read_recordings(folder)[0].text == "i'm ready"


GOOD: dict[str, object] = {"file": "words/a.wav", "split": "dev", "text": "go"}


@pytest.mark.parametrize(
    ("line", "field", "said"),
    [
        ("{not json", None, "JSON"),
        ("[1, 2]", None, "object"),
        ({"split": "dev", "text": "go"}, "file", "required"),
        ({"file": "words/b.wav", "text": "go"}, "split", "required"),
        ({**GOOD, "split": "test"}, "split", "'train' or 'dev'"),
        ({**GOOD, "seconds": -1}, "seconds", "greater than 0"),
        ({**GOOD, "file": "/words/a.wav"}, "file", "outside"),
        ({**GOOD, "file": "words/../words/a.wav"}, "file", "outside"),
        ({"file": "words/b.wav", "split": "dev"}, "text", "what is said"),
        ({**GOOD, "text": "7 up!"}, "text", "row of words"),
    ],
)
def test_a_wrong_line_is_named(
    tmp_path: Path, line: str | dict[str, object], field: str | None, said: str
) -> None:
    """With its number, its field and what to do."""
    with pytest.raises(InputError, match=said) as caught:
        read_recordings(_folder(tmp_path, GOOD, line))
    assert caught.value.file == str(tmp_path / "manifest.jsonl")
    assert (caught.value.line, caught.value.field) == (2, field)
    assert caught.value.remedy


def test_a_folder_without_a_manifest_is_refused(tmp_path: Path) -> None:
    """So is one that is not there."""
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(InputError, match=r"manifest\.jsonl") as caught:
            read_recordings(folder)
        assert caught.value.file == str(folder)


def test_a_manifest_that_is_no_text_is_refused(tmp_path: Path) -> None:
    """As Latin-1 would be."""
    (tmp_path / "manifest.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="can't be read"):
        read_recordings(tmp_path)


def test_the_recorder_is_kept_and_what_else_a_line_says_is_not(tmp_path: Path) -> None:
    """As the second corpus has it."""
    line = {
        "file": "kitchens/p.flac",
        "seconds": 5.0,
        "gain": 0.6,
        "label": "plates",
        "licence": "Apache-2.0",
    }
    (recorded,) = read_recordings(_folder(tmp_path, {**line, "split": "dev", "recorder": "K"}))
    assert (recorded.corpus, recorded.recorder, recorded.text) == ("kitchens", "K", "")


def _to_check(folder: Path) -> tuple[Recorded, ...]:
    """Two of four can't be heard: one is no sound, one is not there."""
    names = ("words/a.wav", "words/b.wav", "words/gone.wav", "words/c.wav")
    lines: list[dict[str, object]] = [{"file": name, "split": "dev", "text": "go"} for name in names]
    recordings = read_recordings(_folder(folder, *lines))
    for name in ("words/a.wav", "words/c.wav"):
        soundfile.write(folder / name, np.full(SAMPLE_RATE // 2, 0.1), SAMPLE_RATE)
    return recordings


def test_a_recording_that_can_not_be_heard_is_refused_with_its_line(tmp_path: Path) -> None:
    """The first of them, how many more there are, and what to do."""
    with pytest.raises(InputError, match=r"words/b\.wav: it can't be read as sound .*; 1 more") as caught:
        checked(_to_check(tmp_path), False, pytest.fail)
    assert (caught.value.file, caught.value.line) == (str(tmp_path / "manifest.jsonl"), 2)
    assert "--skip-broken" in caught.value.remedy


def test_what_is_broken_can_be_left_out_by_name(tmp_path: Path) -> None:
    """The rest is there, with its lengths."""
    said: list[str] = []
    whole = checked(_to_check(tmp_path), True, said.append)
    assert [(one.name, one.seconds) for one in whole] == [("words/a.wav", 0.5), ("words/c.wav", 0.5)]
    assert [remark.split(": ")[2] for remark in said] == ["words/b.wav", "words/gone.wav"]
    assert said[1] == (
        f"Left out: {tmp_path / 'manifest.jsonl'}, line 3: words/gone.wav: there is no such file."
    )
