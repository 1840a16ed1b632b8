"""Files that are cut, doubled and overwritten: each is a plan or one complaint, soon and in little memory.

Run by hand: `.venv/bin/python tests/benchmarks/mangled.py 10000 [seed]`; prints one JSON object.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.checking.phrases import read_phrases
from assistant.coaching.plan import Exercise
from assistant.errors import InputError
from assistant.library.loader import ReadCommands
from assistant.library.session import load_exercises, load_voice
from assistant.library.text_files import read_text
from assistant.places import shipped
from assistant.programme.reading import Document
from assistant.programme.routine import make_plan
from assistant.programme.voice import VoicePack, parse_voice
from tests.parsing import parse_commands, parse_exercise, parse_routine

MOST_SECONDS = 1.0
MOST_MEGABYTES = 300

_PIECES = (
    *b"[ ] { } : ' \" # & * ! ? - | > , % @ ` 0 9 . \t \n".split(b" "),
    *(b"- ", b"|\n", b"&a ", b"*a", b"<<: ", b"? ", b"---\n", b"...\n", b"%YAML 9.9\n", b"\n\n    "),
    *(b"!!int ", b"!!binary ", b"!!timestamp x", b"!!python/none ", b"!<x> "),
    *(b"\x00", b"\x07", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xc2\x85", b"\xe2\x80\xa8"),
    *(b"null", b"true", b"-1", b"1e999", b".5", b"0x10", b"010", b"1_0", b"9" * 5_000),
    *(b"[" * 2_000, b"{a: " * 500, b"- " * 1_000, b"[[], " * 300, b"a: 1\n" * 20_000),
    *(
        b"{n}",
        b"{n.real}",
        b"{0}",
        b"{n:>999999999}",
        b"{n!r}",
        b"{{",
        b"3-0-2-1",
        b"9-9-9-9",
        b"99999-0-1-1",
    ),
    *(b'"\\x1b[2J"', b'"\\ud800"', b'"\\U99999999"', "\u202e\U0001f9b5\u0301".encode()),
    *(b"(a|b)" * 300, b"[a] " * 400, b"{number} " * 50, b"(a;b;c;d;e) " * 20, b"(" * 500),
    *(b"name", b"exercise", b"cues", b"regression", b"commands"),
)
"""What is put in: whatever means something to YAML, to templates or to placeholders, or nothing at all."""


@dataclass(frozen=True, slots=True)
class Mangled:
    """What became of the files."""

    files: int
    outcomes: Mapping[str, int]
    """How many were read and how many refused."""
    wrong: tuple[str, ...]
    """Files that ended neither in a plan nor in a complaint with file, line and remedy."""
    slowest_seconds: float
    """Of the processor's time, which other programs do not take from."""
    slowest: str
    megabytes: float
    """The most memory that the process has had."""
    grown_megabytes: float
    """How much more that is than before."""


def mangle(content: bytes, chance: random.Random) -> bytes:
    """Change a file in one to four places."""
    for _ in range(chance.randint(1, 4)):
        at = chance.randint(0, len(content))
        end = min(at + chance.choice((0, 0, 1, 4, 30)), len(content))
        match chance.randrange(5):
            case 0:
                content = content[:at] + content[end:]
            case 1:
                content = content[:at] + bytes(chance.randrange(128) for _ in range(3)) + content[end:]
            case 2:
                content = content[:end] + content[at:]
            case 3:
                lines = content.split(b"\n")
                chance.shuffle(lines)
                content = b"\n".join(lines)
            case _:
                content = content[:at] + chance.choice(_PIECES) + content[end:]
    return content


def readers(
    pack: VoicePack, exercises: Mapping[str, Exercise]
) -> list[tuple[Path, Callable[[Path], object]]]:
    """Return shipped files, and how each is read to its end."""
    scripts, voice = shipped("scripts"), shipped("voices") / "en"

    def document(name: str) -> Document:
        return Document(read_text(voice / name), str(voice / name))

    def routine(file: Path) -> object:
        return make_plan(parse_routine(read_text(file), str(file)), exercises)

    def commands(file: Path) -> object:
        text = read_text(file)
        return read_phrases(ReadCommands(parse_commands(text, str(file)), Document(text, str(file))))

    def cues(file: Path) -> object:
        own = Document(read_text(file), str(file))
        return parse_voice(document("pack.yaml"), [own, document("movements.yaml")], pack.commands)

    def style(file: Path) -> object:
        own = Document(read_text(file), str(file))
        return parse_voice(own, [document("cues.yaml"), document("movements.yaml")], pack.commands)

    return [
        *((file, routine) for file in sorted(scripts.glob("*.yaml"))),
        *(
            (file, lambda file: parse_exercise(read_text(file), str(file), pack.texts))
            for file in sorted((scripts / "exercises").glob("*.yaml"))
        ),
        (voice / "commands.yaml", commands),
        (voice / "cues.yaml", cues),
        (voice / "pack.yaml", style),
    ]


def run(count: int, seed: int, folder: Path) -> Mangled:
    """Mangle and read files."""
    chance = random.Random(seed)
    pack = load_voice(str(shipped("voices") / "en"))
    known = readers(pack, load_exercises(pack, shipped("scripts")))
    before = _most_megabytes()
    outcomes: Counter[str] = Counter()
    wrong: list[str] = []
    slowest, slowest_file = 0.0, ""
    for number in range(count):
        shipped_file, read = chance.choice(known)
        file = folder / shipped_file.name
        file.write_bytes(mangle(shipped_file.read_bytes(), chance))
        begun = time.process_time()
        try:
            read(file)
            outcomes["read"] += 1
        except InputError as error:
            outcomes["refused"] += 1
            whole = error.file and error.line is not None and error.remedy and len(str(error)) < 2_000
            if not whole:
                wrong.append(f"{number} {file.name}: {error!r}")
        except Exception as error:
            wrong.append(f"{number} {file.name}: {error!r}")
        took = time.process_time() - begun
        if took > slowest:
            slowest, slowest_file = took, f"{number} {file.name}"
    most = _most_megabytes()
    return Mangled(count, dict(outcomes), tuple(wrong), slowest, slowest_file, most, most - before)


def _most_megabytes() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def main() -> int:
    """Run and print; the exit status is 1 where a limit was broken."""
    count, seed = int((sys.argv[1:] or ["10000"])[0]), int((sys.argv[2:] or ["1"])[0])
    with tempfile.TemporaryDirectory() as folder:
        done = run(count, seed, Path(folder))
    print(  # noqa: T201
        json.dumps(
            {
                "files": done.files,
                **done.outcomes,
                "wrong": done.wrong,
                "slowest_seconds": round(done.slowest_seconds, 3),
                "slowest": done.slowest,
                "megabytes": round(done.megabytes, 1),
            },
            indent=2,
        )
    )
    broken = done.wrong or done.slowest_seconds > MOST_SECONDS or done.megabytes > MOST_MEGABYTES
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
