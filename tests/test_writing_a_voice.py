"""docs/writing-a-voice.md: every example is what Imprint reads, and every command one that it knows."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import soundfile

from assistant.checking.rules import check
from assistant.cli import app
from assistant.cli.check_files import gather
from assistant.library.session import load_voice
from assistant.models.manifest import parse_manifest
from assistant.speaking.earcons import tone

PAGE = (Path(__file__).parent.parent / "docs" / "writing-a-voice.md").read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"^```yaml\n# (\S+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
COMMANDS = re.findall(r"^    (imprint [^\n#]+)", PAGE, re.MULTILINE)


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every example in its file, and a sound for each recording that they name."""
    monkeypatch.chdir(tmp_path)
    for name, text in EXAMPLES.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        for clip in re.findall(r"clip: ([\w/.]+)", text):
            sound = file.parent / clip
            sound.parent.mkdir(exist_ok=True)
            soundfile.write(str(sound), tone(300, 0.4, 0.5), 16_000)
    return tmp_path


def test_every_block_of_yaml_is_an_example_with_its_file() -> None:
    """So that none escapes these tests."""
    assert len(EXAMPLES) == PAGE.count("```yaml") == PAGE.count("```") / 2 == 9
    assert len(COMMANDS) == 9


def test_every_pack_is_read(written: Path) -> None:
    """And says what the page says."""
    mine, recorded, german = (load_voice(name) for name in ("mine", "recorded", "de"))
    assert (mine.voice, mine.counting, mine.cues["lift"].words_per_minute) == ("en-gb+f3", "both", 190)
    assert set(recorded.recordings) == {"number_1", "number_2", "release_supine"}
    assert recorded.cues["lift"] == mine.cues["lift"]
    assert (german.language, german.numbers[0], len(german.numbers)) == ("de", "null", 31)
    assert german.cues["greeting"] == load_voice("en").cues["greeting"]
    assert german.commands.language == "de"


def test_nothing_is_found_in_them_but_what_is_still_to_be_translated(written: Path) -> None:
    """The German commands only begin there."""
    gathered = gather([written / "voices"], None)
    found = [*gathered.findings, *check(gathered.subject, lambda voice: lambda cue: 0.2)]
    shown = [str(one) for one in found if one.rule != "command-missing" and one.file in gathered.targets]
    assert shown == []
    assert {one.file for one in found if one.rule == "command-missing"} == {"voices/de/commands.yaml"}


def test_the_manifest_is_one() -> None:
    """A model that can be fetched."""
    (model,) = parse_manifest(EXAMPLES["models/manifest.yaml"], "manifest.yaml")
    assert model.name in PAGE.partition("imprint models fetch ")[2].splitlines()[0]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_known_with_its_options(command: str) -> None:
    """To the command line itself, which only takes it apart here."""
    words = shlex.split(command)[1:]
    handler, *_ = app.parse_args(words, print_error=False, exit_on_error=False)
    assert handler.__name__.rstrip("_") in words[:2]
