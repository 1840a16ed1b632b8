"""`python -m training.export NETWORK... --to FOLDER`: put trained networks into a model folder."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

import numpy as np
import torch

from training.kaldi import acoustic_model
from training.network import Network


def load(file: Path) -> Network:
    """Read a trained network, ready to be used."""
    held = torch.load(file, weights_only=True)
    network = Network(held["width"])
    network.load_state_dict(held["weights"])
    return network.eval()


def export(files: list[Path], folder: Path) -> None:
    """Write the average of networks, and the mean of their phone costs, over those of a model folder."""
    (folder / "am").mkdir(parents=True, exist_ok=True)
    (folder / "am" / "final.mdl").write_bytes(acoustic_model([load(file).folded() for file in files]))
    costs = np.mean([np.load(file.with_suffix(".bigram.npy")) for file in files], 0)
    np.save(folder / "phone_bigram.npy", costs.astype(np.float32))


def main(arguments: list[str]) -> None:
    """Read the command line and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("networks", type=Path, nargs="+")
    parser.add_argument("--to", type=Path, required=True, help="the model folder")
    parser.add_argument("--like", type=Path, help="a model folder whose settings are copied first")
    given = parser.parse_args(arguments)
    if given.like:
        shutil.copytree(given.like, given.to, dirs_exist_ok=True)
    export(given.networks, given.to)


if __name__ == "__main__":
    main(sys.argv[1:])
