"""A small measurement from beginning to end, as it is typed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from assistant.errors import AssistantError, InputError
from assistant.sound import SAMPLE_RATE, Samples, resample
from assistant.speaking.rendering import Renderer, Voice
from assistant.speaking.shaping import shape
from tests.benchmarks.commands import hearing
from tests.benchmarks.hearing.expectations import BARS
from tests.benchmarks.hearing.figures import HeardRate, tally
from tests.benchmarks.hearing.measure import Wishes, left_out, measure_hearing
from tests.benchmarks.hearing.sets import SETS
from tests.benchmarks.hearing.sphinx import is_installed
from tests.benchmarks.hearing.synthesizers import OTHER_VOICES
from tests.benchmarks.hearing.trials import ENDED, OURS


@pytest.fixture(autouse=True)
def _own_cache(monkeypatch: pytest.MonkeyPatch, session_cache: Path) -> None:
    monkeypatch.setenv("IMPRINT_CACHE", str(session_cache))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, speech: Renderer) -> Path:
    """A folder of recordings: one keyword is what the manifest says, the other is not."""
    folder = tmp_path_factory.mktemp("recordings")
    voice = Voice("en-us", 140, 50)

    def say(text: str) -> Samples:
        return shape(speech.render(text, voice))

    noise = np.random.default_rng(0).standard_normal(3 * SAMPLE_RATE).astype(np.float32) * np.float32(0.01)
    sounds: list[tuple[str, Samples, int, str | None]] = [
        ("keywords/right.wav", say("computer"), SAMPLE_RATE, "computer"),
        ("keywords/wrong.wav", say("computer"), SAMPLE_RATE, "snow boy"),
        ("digits/7.wav", resample(say("seven"), SAMPLE_RATE, 8000), 8000, "seven"),
        ("orders/latte.wav", say("a large latte with sugar"), SAMPLE_RATE, None),
        ("orders/stop.wav", np.pad(say("stop"), SAMPLE_RATE), SAMPLE_RATE, None),
        ("noise/hiss.wav", noise, SAMPLE_RATE, None),
    ]
    lines: list[str] = []
    for name, samples, rate, text in sounds:
        (folder / name).parent.mkdir(exist_ok=True)
        soundfile.write(folder / name, samples, rate)
        lines.append(json.dumps({"file": name, "rate": rate, "split": "dev", "text": text}))
    (folder / "manifest.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_what_is_heard_is_counted_and_written(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Standard output is the list and nothing else; each wrong clip is a line in a file."""
    errors = tmp_path / "wrong.jsonl"
    hearing(data=(data,), sets=("keywords", "digits", "orders"), jobs=1, errors=errors, as_json=True)
    written = json.loads(capsys.readouterr().out)
    figures = {(one["set"], one["condition"], one["system"]): one for one in written}
    clean = figures["keywords", "clean", "imprint"]
    assert (clean["correct"], clean["total"], clean["rate"], clean["low"]) == (1, 2, 0.5, 0.0945)
    assert {condition for of, condition, _ in figures if of == "keywords"} == {
        "clean",
        "hiss 12 dB",
        "hiss 6 dB",
        "quiet",
    }
    assert figures["keywords", "quiet", "imprint"]["correct"] == 1
    assert figures["digits", "asked", "imprint"]["correct"] == 1
    assert figures["digits", "all commands", "imprint"]["correct"] == 1
    for system in OURS:
        assert figures["orders", "moving: safety", system]["false_actions"] == 1
        assert figures["orders", "moving: anything", system]["false_actions"] == 1
        assert figures["orders", "moving: safety", system]["seconds"] > 3
    systems = {system for *_, system in figures}
    assert systems == {*OURS, *(["pocketsphinx"] if is_installed() else [])}
    wrong = [json.loads(line) for line in errors.read_text(encoding="utf-8").splitlines()]
    assert {
        "set": "keywords",
        "condition": "clean",
        "system": "imprint",
        "file": "keywords/wrong.wav",
        "said": "snow boy",
        "detail": "",
        "heard": ["computer"],
        "commands": ["said_in_a_recording"],
    } in wrong
    assert ("orders/stop.wav", None, ["stop"]) in [(one["file"], one["said"], one["heard"]) for one in wrong]
    assert not any(one["file"] == "orders/latte.wav" for one in wrong)


def test_live_sets_are_heard_the_same_by_any_number_of_processes(data: Path) -> None:
    """Over the coach and beside it."""
    wishes = Wishes((data,), ("safety", "coach", "over_coach"), limit=1)
    remarks: list[str] = []
    done: list[tuple[float, float]] = []

    def watch(ready: float, total: float) -> None:
        done.append((ready, total))

    alone = measure_hearing(wishes, remarks.append, watch)
    shared = measure_hearing(replace(wishes, jobs=2), remarks.append, watch)
    assert shared == alone
    assert remarks == ([] if is_installed() else [remarks[0]] * 2)
    ready, total = done[-1]
    assert ready == total
    figures = tally(alone)
    assert len(figures) == 2 * 4 + 1 + 4 + 12 + (2 * 4 + 1)
    rates = [figure for figure in figures if isinstance(figure, HeardRate)]
    clean = [figure for figure in rates if not figure.detail and figure.condition in ("clean", "three times")]
    assert [figure.correct for figure in clean] == [figure.total for figure in clean] == [1] * 4
    assert [figure.detail for figure in rates if figure.detail] == [ENDED] * 9
    assert [figure for figure in figures if getattr(figure, "false_actions", 0)] == []


def test_without_recordings_only_synthetic_voices_are_heard(capsys: pytest.CaptureFixture[str]) -> None:
    """And what is left out is said, but not on standard output."""
    hearing(limit=1, sets=("words", "safety"), jobs=1, as_json=True)
    out, err = capsys.readouterr()
    conditions = [
        *((condition, system) for condition in ("clean", "three times", "then talk") for system in OURS),
        ("echo +6 dB", "imprint"),
    ]
    assert [(one["condition"], one["system"]) for one in json.loads(out)] == [
        *conditions,
        *((f"{condition}: {ENDED}", system) for condition, system in conditions),
    ]
    assert "Not measured: words; they need recordings: give --data." in err
    assert "Measured without recordings of noise: safety." in err


def test_without_pocketsphinx_the_rest_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """And one sentence says so."""
    monkeypatch.setattr("tests.benchmarks.hearing.measure.is_installed", lambda: False)
    remarks: list[str] = []
    outcomes = measure_hearing(Wishes(sets=("commands",), limit=1), remarks.append, lambda done, total: None)
    assert {outcome.system for outcome in outcomes} == set(OURS)
    assert [remark.partition(",")[0] for remark in remarks] == ["PocketSphinx is not installed"]


def test_voices_that_are_not_installed_are_named_and_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The others say the sentences."""
    monkeypatch.setattr("tests.benchmarks.hearing.measure.installed_voices", lambda: OTHER_VOICES[:1])
    remarks: list[str] = []
    outcomes = measure_hearing(Wishes(sets=("sentences",), limit=1), remarks.append, lambda done, total: None)
    assert len(outcomes) == len(BARS) * len(OURS)
    assert remarks[0].startswith("Measured without the voices flite:rms, festival:ked_diphone: sentences.")


def test_what_is_missing_from_recordings_is_said() -> None:
    """Whole sets, and what adds to one."""
    assert left_out(("orders", "coach"), (), given=True) == [
        "Not measured: orders; there are no recordings of them."
    ]
    assert left_out(("over_coach", "safety"), (), given=False) == [
        "Measured without recordings of keywords: over_coach.",
        "Measured without recordings of noise: safety.",
    ]
    assert left_out(("commands", "coach"), (), given=False) == []


@pytest.mark.parametrize(
    ("wishes", "field"),
    [
        (Wishes(sets=("songs",)), "--sets"),
        (Wishes(sets=("words", "digits")), "--sets"),
        (Wishes(limit=0), "--limit"),
        (Wishes(jobs=0), "--jobs"),
    ],
)
def test_wishes_that_can_not_be_met_are_refused(wishes: Wishes, field: str) -> None:
    """Before anything is heard."""
    with pytest.raises(InputError) as caught:
        measure_hearing(wishes, pytest.fail, lambda done, total: None)
    assert caught.value.field == field
    assert caught.value.remedy


def test_recordings_without_anything_that_was_wished_for_are_refused(tmp_path: Path) -> None:
    """An empty list would look like a measurement."""
    (tmp_path / "manifest.jsonl").touch()
    with pytest.raises(InputError, match="nothing to measure"):
        measure_hearing(Wishes((tmp_path,), ("words",)), lambda sentence: None, lambda done, total: None)


def test_a_recording_that_is_no_sound_is_named_before_anything_is_heard(tmp_path: Path, data: Path) -> None:
    """Or left out by its name, where that is wished for; of other sets it does not matter."""
    (tmp_path / "orders").mkdir()
    (tmp_path / "orders" / "broken.wav").write_text("no sound", encoding="utf-8")
    (tmp_path / "manifest.jsonl").write_text(
        '{"file": "orders/broken.wav", "split": "dev"}', encoding="utf-8"
    )
    wishes = Wishes((data, tmp_path), ("digits", "orders"), 1)
    with pytest.raises(AssistantError, match=r"broken\.wav: it can't be read as sound"):
        measure_hearing(wishes, lambda sentence: None, lambda done, total: pytest.fail("heard"))
    remarks: list[str] = []
    outcomes = measure_hearing(replace(wishes, skip_broken=True), remarks.append, lambda done, total: None)
    assert {outcome.name for outcome in outcomes} == {"digits/7.wav", "orders/latte.wav"}
    assert "orders/broken.wav" in remarks[0]
    measure_hearing(replace(wishes, sets=("digits",)), remarks.append, lambda done, total: None)


def test_the_help_names_every_set() -> None:
    """So that nobody has to guess."""
    assert hearing.__doc__ is not None
    assert ", ".join(SETS) in " ".join(hearing.__doc__.split())
