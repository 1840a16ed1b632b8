"""`imprint check`."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from assistant.cli.app import ERR, OUT, app

if TYPE_CHECKING:
    from assistant.checking.finding import Finding
    from assistant.checking.spoken import Meaning, Trial
    from assistant.library.loader import ReadCommands


@app.command
def check(
    files: Annotated[list[Path] | None, Parameter(consume_multiple=True)] = None,
    /,
    *,
    voice: str | None = None,
    voices: Annotated[bool, Parameter(negative=())] = False,
    sentences: int | None = None,
    jobs: int | None = None,
    as_json: Annotated[bool, Parameter(name="--json", negative=())] = False,
) -> int:
    """Look for mistakes in routines, exercises, voice packs, commands and athletes.

    The exit status is 0 where nothing was found, and 1 where something was; notes do not count.

    Parameters
    ----------
    files
        Files and folders; by default all that is shipped, ./scripts and ./voices.
    voice
        The voice pack that exercises and routines are checked with, or the name of one in voices/.
    voices
        Have the sentences of commands files spoken by several voices, which takes minutes, and tell which
        are heard as something else, and which that are about safety are not heard.
    sentences
        How many sentences are spoken in each context, by default 60; every template has one at least.
    jobs
        How many processes speak and listen, by default one for each processor.
    as_json
        Print one JSON list of objects.
    """
    from assistant.checking.rules import check as apply_rules
    from assistant.cli.check_files import gather
    from assistant.errors import InputError
    from assistant.places import cache_folder
    from assistant.session.coach_voice import CoachVoice
    from assistant.speaking.clips import ClipStore
    from assistant.speaking.rendering import Pyttsx3Renderer

    for name, number in (("--sentences", sentences), ("--jobs", jobs)):
        if number is not None and number < 1:
            raise InputError(f"{number} is too few", remedy="Give 1 or more", field=name)
    gathered = gather(files or [], voice)
    waiting = ERR.status("measuring how long the cues take") if ERR.is_terminal else nullcontext()
    with waiting, Pyttsx3Renderer() as renderer:
        store = ClipStore(renderer, cache_folder() / "clips")
        ruled = apply_rules(gathered.subject, lambda read: CoachVoice(read.pack, store).seconds_of)
        found = {*gathered.findings, *ruled}
    targets = gathered.targets
    if voices:
        for read in gathered.subject.commands:
            if read.document.file in targets:
                found |= {*_spoken(read, sentences, jobs)}
    told = {str(one): one for one in found if one.file in targets or one.concerns & targets}
    concerned = sorted(told.values(), key=lambda one: (one.file, one.line, one.column, one.rule, one.problem))
    wrong = [one for one in concerned if not one.note]
    if as_json:
        fields = ("file", "line", "column", "rule", "problem", "remedy", "note")
        listed = [{name: getattr(one, name) for name in fields} for one in concerned]
        OUT.file.write(json.dumps(listed, ensure_ascii=False, indent=2) + "\n")
        return 1 if wrong else 0
    if concerned:
        OUT.print("\n".join(map(str, concerned)))
    if not wrong:
        OUT.print(f"{len(targets)} file{'s' * (len(targets) != 1)}: nothing to correct.")
    return 1 if wrong else 0


def _spoken(read: ReadCommands, sentences: int | None, jobs: int | None) -> list[Finding]:
    """Have a file's sentences spoken, and show how far that is."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from assistant.checking.ears import Setup, hear_trials
    from assistant.checking.finding import from_error
    from assistant.checking.phrases import read_phrases
    from assistant.checking.spoken import MOST_IN_A_CONTEXT, check_spoken
    from assistant.errors import InputError
    from assistant.places import cache_folder

    phrases, _ = read_phrases(read)
    setup = Setup(phrases.commands, cache_folder(), jobs or os.cpu_count() or 1)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(
        *columns, TimeRemainingColumn(), console=ERR, transient=True, disable=not ERR.is_terminal
    ) as shown:
        task = shown.add_task(f"saying and hearing {read.document.file}", total=None)

        def hear(trials: Sequence[Trial]) -> Iterator[tuple[Trial, list[Meaning]]]:
            return hear_trials(setup, trials, lambda done, of: shown.update(task, completed=done, total=of))

        try:
            return [*check_spoken(read, phrases, hear, sentences or MOST_IN_A_CONTEXT)]
        except InputError as error:
            return [from_error(error, read.document.file, "spoken")]
