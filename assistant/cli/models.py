"""`imprint models`: other speech models, and the graphs made for a changed commands file."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

from cyclopts import App

from assistant.cli.app import ERR, OUT, AsJson, app, empty_table

models = App(
    "models", help="Speech models: which there are, fetching others, and preparing one's own commands."
)
app.command(models)


@models.command(name="list")
def list_(*, as_json: AsJson = False) -> int:
    """Show the models that are here and those that can be fetched.

    Parameters
    ----------
    as_json
        Print a JSON list instead of a table.
    """
    from rich.filesize import decimal

    from assistant.models.catalogue import list_models
    from assistant.models.manifest import load_manifest

    listed = list_models(load_manifest())
    if as_json:
        OUT.file.write(json.dumps([dataclasses.asdict(model) for model in listed]) + "\n")
        return 0
    for model in listed:
        size = None if model.bytes is None else decimal(model.bytes)
        pinned = "pinned" if model.pinned else "not pinned"
        facts = filter(None, (model.state, model.language, size, pinned, model.licence))
        OUT.print(f"{model.name}: {', '.join(facts)}")
        for line in filter(None, (model.about, model.where)):
            OUT.print(f"  {line}")
    OUT.print("Fetch one with: imprint models fetch NAME. Use it with: imprint start --model NAME")
    return 0


@models.command
def fetch(name: str, /, *, manifest: Path | None = None) -> int:
    """Download a model, check it and unpack it. Imprint works without this.

    It goes on where an earlier fetch was interrupted. A file whose SHA-256 is not in the manifest
    is taken as it comes the first time, and must be the same ever after.

    Parameters
    ----------
    name
        A model that `imprint models list` shows.
    manifest
        Take it from this manifest alone; by default from the shipped one and from manifest.yaml
        among the fetched models.
    """
    from assistant.cli.fetch_progress import ProgressBar, ProgressLines
    from assistant.models.fetching import fetch_model
    from assistant.models.manifest import choose, load_manifest

    wanted = choose(name, load_manifest(manifest))
    progress = ProgressBar(ERR, name) if ERR.is_terminal else ProgressLines(ERR, name)
    try:
        with progress:
            fetched = fetch_model(wanted, progress)
    except KeyboardInterrupt:
        ERR.print("imprint: interrupted. What came is kept; fetch again to go on from there.")
        raise
    if fetched.sha256 is None:
        OUT.print(f"{name} is here already: {fetched.folder}")
        return 0
    OUT.print(f"{name} is here now: {fetched.folder}")
    OUT.print(f"SHA-256 of the file: {fetched.sha256}")
    if fetched.pinned is not None:
        OUT.print(f"It was not known before; it is now in {fetched.pinned}")
    OUT.print(f"Licence: {wanted.licence}. Use it with: imprint start --model {name}")
    return 0


@models.command
def build(*, commands: Path | None = None, model: Path | None = None) -> int:
    """Compile what is listened for, so that a changed commands file is checked and ready.

    Parameters
    ----------
    commands
        A file of the format of voices/en/commands.yaml; by default the shipped one.
    model
        Folder of another Vosk model, or the name of a fetched one; by default the shipped one.
    """
    from rich.table import Column

    from assistant.hearing.recognition.model import find_model
    from assistant.library.session import load_commands
    from assistant.models.building import build_graphs
    from assistant.places import cache_folder, shipped

    words = load_commands(commands or shipped("voices") / "en" / "commands.yaml")
    built = build_graphs(find_model(model), words, cache_folder() / "graphs")
    numbers = (Column("phrases", justify="right"), Column("words", justify="right"))
    table = empty_table("context", *numbers, "graph")
    graphs = {True: "new", False: "was there", None: "made by Vosk while it listens"}
    for row in built:
        name = "all, for recordings" if row.context is None else row.context
        table.add_row(name, str(row.phrases), str(row.words), graphs[row.new])
    OUT.print(table)
    return 0
