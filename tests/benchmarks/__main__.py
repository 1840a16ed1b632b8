"""`python -m tests.benchmarks`, which is `./run bench`."""

from assistant.cli import main
from tests.benchmarks.commands import bench

# A process that shares the work imports this file, too.
if __name__ == "__main__":
    main(bench)
