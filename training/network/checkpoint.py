"""Keeps the averaged weights of an adapted run as a small file, from which later runs start.

    python -m training.network.checkpoint RUN training/checkpoints/NAME.npz

The file holds every tensor of a WindowNetwork as float16 and, as `facts`, the run's own account of itself as JSON.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import torch

from training.network.mobilenet import VARIANTS, WindowNetwork
from training.network.train import averaged_weights

FACTS = "facts"


class UnusableCheckpointError(Exception):
    """A checkpoint cannot be used; the message is one sentence with the file and the reason."""


def write_checkpoint(run: Path, path: Path) -> None:
    """Writes a run's averaged weights. Counters of batch norm, which nothing reads, are left out."""
    facts = json.loads((run / "run.json").read_text())
    state = averaged_weights(torch.load(run / "checkpoint.pt")["averaged"])
    arrays = {
        name: t.numpy().astype(np.float16) for name, t in state.items() if not name.endswith("num_batches_tracked")
    }
    arrays[FACTS] = np.array(json.dumps(facts))
    np.savez_compressed(path, **arrays)


def read_checkpoint(path: Path) -> tuple[WindowNetwork, dict[str, Any]]:
    """The network of a checkpoint, in float32, and the facts of its run. Raises UnusableCheckpointError."""
    if not path.is_file():
        raise UnusableCheckpointError(f"{path} is missing.")
    try:
        with path.open("rb") as handle, np.load(handle) as archive:
            arrays = {name: archive[name] for name in archive.files}
        facts = json.loads(str(arrays.pop(FACTS)))
    except Exception as error:  # a damaged file raises whatever its damage hits first
        raise UnusableCheckpointError(f"{path} is damaged and cannot be read ({error}).") from error
    network = WindowNetwork(VARIANTS[facts["variant"]], torch.zeros(facts["spec"]["melBands"]))
    state = {name: torch.tensor(array.astype(np.float32)) for name, array in arrays.items()}
    wanted = {name: t.shape for name, t in network.state_dict().items() if not name.endswith("num_batches_tracked")}
    if {name: t.shape for name, t in state.items()} != wanted:
        raise UnusableCheckpointError(f"{path} does not fit the network “{facts['variant']}”.")
    network.load_state_dict(state, strict=False)
    return network, facts


def main() -> None:
    """Runs the command that this file's first lines describe."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("out", type=Path, help=".npz to write")
    arguments = parser.parse_args()
    write_checkpoint(arguments.run, arguments.out)
    print(f"{arguments.out}: {arguments.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
