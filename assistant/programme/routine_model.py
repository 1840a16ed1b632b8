"""What a routine file may say, whether it stands alone or extends another."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from assistant.programme.entry import EntryModel, unfolded
from assistant.programme.extension import ChangeModel
from assistant.programme.limits import MOST_SETS
from assistant.programme.reading import Document, FileModel


class RoutineModel(FileModel):
    """A routine: what is done in a session, in order."""

    # Editors are told what `checked` holds, too.
    model_config = ConfigDict(
        json_schema_extra={"anyOf": [{"required": ["work"]}, {"required": ["extends"]}]}
    )

    name: str = Field(min_length=1, max_length=60, description="What the routine is called.")
    extends: str | None = Field(
        default=None,
        min_length=1,
        description="Another routine to start from, by its name or file; what is written here wins.",
    )
    start_level: int = Field(
        default=1, ge=0, le=10, description="Level of the ladder at which `step: 0` is, in a first session."
    )
    warm_up: list[EntryModel] = Field(
        default_factory=list[EntryModel], max_length=5, description="What comes before the work."
    )
    work: list[EntryModel] = Field(
        default_factory=list[EntryModel],
        max_length=20,
        description=f"The work: at most {MOST_SETS} sets of one exercise. Needed unless `extends:` is there.",
    )
    cool_down: list[EntryModel] = Field(
        default_factory=list[EntryModel], max_length=5, description="What comes after the work."
    )
    change: ChangeModel | None = Field(
        default=None, description="What is different in single entries of the routine that is extended."
    )


def checked(document: Document) -> Document:
    """Look at what a routine file says, whether it stands alone or extends another; take its sets apart.

    What is wrong is complained about; `as_routine` tells of it.

    Raises:
        InputError: so much is wrong that no more can be said.
    """
    document = unfolded(document)
    says_work = document.says("work")
    no_work = says_work and document.value["work"] == []
    model = document.need(RoutineModel)
    if model.extends is None and model.change is not None:
        document.complain(("change",), "there is nothing to change", "Add `extends:` with a routine")
    if model.extends is None and not says_work:
        document.complain(("work",), "the field is missing", "Add it")
    elif no_work:
        document.complain(("work",), "there is no work", "Add an entry")
    return document


def extends(document: Document) -> str | None:
    """Return the name or file of the routine that a checked one extends."""
    return document.value.get("extends")
