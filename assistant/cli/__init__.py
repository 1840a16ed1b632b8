"""The commands of `imprint`; a command imports what it needs when it runs."""

from __future__ import annotations

import importlib
import io
import sys

from cyclopts import App, CycloptsError

from assistant.cli.app import ERR, app, write_log
from assistant.errors import AssistantError

_MODULES = "calibrate check doctor hear history live models new plan rehearse schema settings voices why"
for _module in _MODULES.split():
    # Each adds its commands to the application.
    importlib.import_module(f"assistant.cli.{_module}")


def main(program: App = app) -> None:
    """Run a command line; every mistake that a person can make ends in one sentence and exit 2."""
    name = program.name[0]
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that knows fewer letters shows question marks, and no traceback.
            stream.reconfigure(errors="replace")
    try:
        write_log()
        status = program(sys.argv[1:], exit_on_error=False, print_error=False)
    except CycloptsError as error:
        ERR.print(f"{name}: {str(error).strip()}\nSee: {name} --help")
        status = 2
    except AssistantError as error:
        ERR.print(f"{name}: {error}")
        status = 2
    except KeyboardInterrupt:
        status = 130
    except BrokenPipeError:
        # Whoever read our output has gone; Python would complain again while closing it.
        sys.stderr.close()
        status = 1
    except OSError as error:
        named = f"{error.filename}: {error.strerror}. Check the name."
        unnamed = f"it could not be written ({error.strerror or error}). Free some space, or write elsewhere."
        ERR.print(f"{name}: {unnamed if error.filename is None else named}")
        status = 2
    except UnicodeEncodeError as error:
        ERR.print(f"{name}: {error.object!a} can't be written in {error.encoding}. Choose another name.")
        status = 2
    sys.exit(status if isinstance(status, int) else 0)
