"""Pictures: matplotlib without a screen, and the same file from the same data."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.errors import unwritable


def pyplot() -> Any:
    """Return what draws; it takes longer to import than everything else, so only who draws calls this."""
    import matplotlib  # noqa: PLC0415

    matplotlib.use("Agg")
    # Words stay words in the SVG, and the same data gives the same file.
    matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "imprint"})
    from matplotlib import pyplot as drawing  # noqa: PLC0415

    return drawing


def save(figure: Any, files: Sequence[Path], dpi: int, remedy: str) -> None:
    """Write a figure into files, whose suffixes tell the format, and let it go.

    Raises:
        AssistantError: one can't be written; it says the remedy.
    """
    try:
        for path in files:
            figure.savefig(path, dpi=dpi, metadata={"Date": None} if path.suffix == ".svg" else {})
    except OSError as error:
        raise unwritable(error.filename or files[0], error, remedy) from error
    finally:
        pyplot().close(figure)
