"""Voice packs that inherit others: what they change, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.library.session import load_session, load_voice
from assistant.places import shipped
from assistant.programme.voice import VoicePack

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write a pack's files into ./voices and give its folder."""
    monkeypatch.chdir(tmp_path)

    def make(name: str, pack: str = "inherit: en", **files: str) -> Path:
        folder = Path("voices") / name
        folder.mkdir(parents=True)
        (folder / "pack.yaml").write_text(f"name: {name}\n{pack}\n", encoding="utf-8")
        for stem, text in files.items():
            (folder / f"{stem}.yaml").write_text(text, encoding="utf-8")
        return folder

    return make


def test_what_a_pack_leaves_out_is_inherited(write: Write, pack: VoicePack) -> None:
    """Two lines make a pack: its name, and whose it is."""
    write("mine")
    mine = load_voice("mine")
    assert (mine.name, mine.inherits) == ("mine", "en")
    assert (mine.voice, mine.words_per_minute, mine.pitch) == (pack.voice, pack.words_per_minute, pack.pitch)
    assert (mine.language, mine.counting, mine.numbers) == (pack.language, pack.counting, pack.numbers)
    assert mine.cues == pack.cues
    assert [command.name for command in mine.commands.commands] == [
        command.name for command in pack.commands.commands
    ]


def test_each_part_is_changed_alone(write: Write, pack: VoicePack) -> None:
    """Voice, rate, pitch, counting, some numbers, some cues."""
    write(
        "mine",
        "inherit: en\nvoice: en-gb\nwords_per_minute: 200\npitch: 0\ncounting: both\n"
        "numbers: {0: nought, 4: fo}",
        cues='movement: {lift: "Up you go."}',
        movements='movement: {imprint_again: "Flat."}',
    )
    mine = load_voice("mine")
    assert (mine.voice, mine.words_per_minute, mine.pitch, mine.counting) == ("en-gb", 200, 0, "both")
    assert mine.numbers == ("nought", *pack.numbers[1:4], "fo", *pack.numbers[5:])
    changed = {name for name, cue in mine.cues.items() if cue != pack.cues[name]}
    assert changed == {"lift", "imprint_again"}
    assert mine.cues["lift"].text == "Up you go."


def test_commands_of_ones_own_are_all_of_them(write: Write) -> None:
    """They replace the inherited ones as a whole: phrases are only safe together."""
    words = (shipped("voices") / "en" / "commands.yaml").read_text(encoding="utf-8")
    write("mine", commands=words.replace('- "[a (bit|little)|be a bit] louder"', '- "speak up"'))
    mine = load_voice("mine")
    assert mine.commands.file == "voices/mine/commands.yaml"
    (louder,) = [command for command in mine.commands.commands if command.name == "louder"]
    assert louder.sentences[0].template == "speak up"


def test_a_heir_may_have_heirs(write: Write) -> None:
    """Each changes what the one before says."""
    write("one", cues='movement: {lift: "One.", hold: "One."}')
    write("two", "inherit: one", cues='movement: {lift: "Two."}')
    two = load_voice("two")
    assert (two.cues["lift"].text, two.cues["hold"].text) == ("Two.", "One.")


def test_a_pack_of_a_shipped_name_inherits_the_shipped_one(write: Write) -> None:
    """It stands in for it everywhere, and need not copy it."""
    write("en", cues='movement: {lift: "Mine."}')
    assert load_voice("en").cues["lift"].text == "Mine."


def test_a_pack_anywhere_inherits_one_beside_it(tmp_path: Path, write: Write) -> None:
    """Before one of that name in ./voices."""
    write("base", cues='movement: {lift: "In voices."}')
    for name, text in (("base", "inherit: en"), ("mine", "inherit: base")):
        folder = tmp_path / "elsewhere" / name
        folder.mkdir(parents=True)
        (folder / "pack.yaml").write_text(f"name: {name}\n{text}\n", encoding="utf-8")
    (tmp_path / "elsewhere" / "base" / "cues.yaml").write_text(
        'movement: {lift: "Beside."}', encoding="utf-8"
    )
    assert load_voice("elsewhere/mine").cues["lift"].text == "Beside."


def test_cues_for_exercises_of_ones_own_are_added(write: Write, tmp_path: Path) -> None:
    """In movements.yaml, where an exercise beside the routine finds them."""
    write("mine", movements='movement: {setup_frog: "Lie like a frog."}')
    exercises = tmp_path / "scripts" / "exercises"
    exercises.mkdir(parents=True)
    text = (shipped("scripts") / "exercises" / "single-leg.yaml").read_text(encoding="utf-8")
    text = text.replace("name: single-leg\n", "name: frog\n").replace("setup_single_leg", "setup_frog")
    (exercises / "frog.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "scripts" / "mine.yaml").write_text(
        "name: mine\nwork: [{exercise: frog}]\n", encoding="utf-8"
    )
    session = load_session("mine", "mine")
    assert session.voice.cues[session.plan.exercises["frog"].cues["setup"]].text == "Lie like a frog."


@pytest.mark.parametrize(
    ("pack", "files", "line", "problem", "remedy"),
    [
        ("inherit: fr", {}, 2, "no voice pack 'fr' to inherit", "en"),
        ("inherit: mine", {}, 2, "no voice pack 'mine' to inherit", "en"),
        ("inherit: en\nspeed: 3", {}, 3, "no such field", "Correct the name"),
        ("inherit: en\nwords_per_minute: 20", {}, 3, "greater than or equal to 80", "Correct"),
        ("inherit: en\ncounting: taps", {}, 3, "'words', 'beeps' or 'both'", "Correct"),
        ("inherit: en\nnumbers: [nought, one]", {}, 3, "fewer than 11", "{3: word}"),
        ("inherit: en\nnumbers: {three: tree}", {}, 3, "'three' is no number", "digits"),
        ("inherit: en\nnumbers: {101: many}", {}, 3, "'101' is no number", "digits"),
        ("inherit: en\nnumbers: {40: forty}", {}, 3, "the number 31 is missing", "no gaps"),
        ("inherit: en", {"cues": "\nmovement:\n  lifft: Up."}, 3, "did you mean 'lift'", "movements.yaml"),
        ("inherit: en", {"cues": "\n\ntalk:\n  lift: Up."}, 4, "under `movement:`, not `talk:`", "Move it"),
        ("inherit: en", {"cues": "movement: {lift: '{x}'}"}, 1, "can't be filled in", "Use only"),
    ],
)
def test_a_pack_complains(
    write: Write, pack: str, files: dict[str, str], line: int, problem: str, remedy: str
) -> None:
    """With the file, the line, what is wrong and what to do."""
    write("mine", pack, **files)
    with pytest.raises(InputError) as caught:
        load_voice("mine")
    assert caught.value.file is not None
    assert caught.value.file.startswith("voices/mine/")
    assert caught.value.line == line
    assert problem in caught.value.problem
    assert remedy in caught.value.remedy


def test_packs_that_inherit_each_other_are_refused(write: Write) -> None:
    """However many there are in the circle; the line that closes it is named."""
    write("one", "inherit: two")
    write("two", "inherit: three")
    write("three", "inherit: one")
    with pytest.raises(InputError, match=r"three.pack\.yaml, line 2.*'one' inherits this pack") as caught:
        load_voice("one")
    assert caught.value.field == "inherit"


def test_a_pack_that_inherits_none_needs_all_its_files(write: Write) -> None:
    """Nothing fills them in."""
    folder = write("mine")
    text = (shipped("voices") / "en" / "pack.yaml").read_text(encoding="utf-8")
    (folder / "pack.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"cues\.yaml: there is no such file"):
        load_voice("mine")
