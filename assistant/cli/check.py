"""`imprint check`."""

from __future__ import annotations

import json
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from assistant.cli.app import ERR, OUT, app


@app.command
def check(
    files: Annotated[list[Path] | None, Parameter(consume_multiple=True)] = None,
    /,
    *,
    voice: str | None = None,
    as_json: Annotated[bool, Parameter(name="--json", negative=())] = False,
) -> int:
    """Look for mistakes in routines, exercises, voice packs, commands and athletes.

    The exit status is 0 where nothing was found, and 1 where something was.

    Parameters
    ----------
    files
        Files and folders; by default all that is shipped, ./scripts and ./voices.
    voice
        The voice pack that exercises and routines are checked with, or the name of one in voices/.
    as_json
        Print one JSON list of objects.
    """
    from assistant.checking.rules import check as apply_rules
    from assistant.cli.check_files import gather
    from assistant.places import cache_folder
    from assistant.session.coach_voice import CoachVoice
    from assistant.speaking.clips import ClipStore
    from assistant.speaking.rendering import Pyttsx3Renderer

    gathered = gather(files or [], voice)
    waiting = ERR.status("measuring how long the cues take") if ERR.is_terminal else nullcontext()
    with waiting, Pyttsx3Renderer() as renderer:
        store = ClipStore(renderer, cache_folder() / "clips")
        ruled = apply_rules(gathered.subject, lambda read: CoachVoice(read.pack, store).seconds_of)
        found = {*gathered.findings, *ruled}
    targets = gathered.targets
    told = {str(one): one for one in found if one.file in targets or one.concerns & targets}
    concerned = sorted(told.values(), key=lambda one: (one.file, one.line, one.column, one.rule, one.problem))
    if as_json:
        fields = ("file", "line", "column", "rule", "problem", "remedy")
        listed = [{name: getattr(one, name) for name in fields} for one in concerned]
        OUT.file.write(json.dumps(listed, ensure_ascii=False, indent=2) + "\n")
    elif concerned:
        OUT.print("\n".join(map(str, concerned)))
    else:
        OUT.print(f"{len(targets)} file{'s' * (len(targets) != 1)}: nothing to correct.")
    return 1 if concerned else 0
