"""Saves the averaged weights of a run as a small file, from which later runs start.

    python -m training.network.checkpoint RUN training/checkpoints/NAME.npz

The file holds every tensor of the network as float16 and, as `facts`, the run's description of itself as JSON.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import torch

from training.network.architecture import LightNetwork
from training.network.mobilenet import CLASSES, EMBEDDING, VARIANTS, LabelledNetwork, WindowNetwork
from training.network.train import averaged_weights

FACTS = "facts"
# What run.json calls the variant of a network that light.py trained.
LIGHT = "light"


class UnusableCheckpointError(Exception):
    """A checkpoint cannot be used; the message is one sentence with the file and the reason."""


def load_network(path: Path) -> tuple[WindowNetwork | LabelledNetwork, dict[str, Any]]:
    """The averaged network of mobilenet.py that a run folder or a checkpoint holds, in evaluation mode, and the run's facts.

    Raises UnusableCheckpointError.
    """
    network, facts = load_any_network(path)
    if isinstance(network, LightNetwork):
        raise UnusableCheckpointError(f"{path} holds the light network, which cannot be used here.")
    return network, facts


def load_any_network(path: Path) -> tuple[WindowNetwork | LabelledNetwork | LightNetwork, dict[str, Any]]:
    """The same, of any network that learns from `mn04_as`. Raises UnusableCheckpointError."""
    if not path.exists():
        raise UnusableCheckpointError(f"{path} is missing.")
    try:
        state, facts = read_run(path) if path.is_dir() else read_file(path)
    except Exception as error:  # a damaged file can raise almost any exception
        raise UnusableCheckpointError(f"{path} is damaged and cannot be read ({error}).") from error
    network = network_for(facts)
    if shapes_of(state) != shapes_of(network.state_dict()):
        raise UnusableCheckpointError(f"{path} does not fit the network “{facts['variant']}”.")
    network.load_state_dict(state, strict=False)
    return network.to(memory_format=torch.channels_last).eval(), facts


def network_for(facts: dict[str, Any]) -> WindowNetwork | LabelledNetwork | LightNetwork:
    """A network of the shape that a run's facts describe, with random weights."""
    if facts["variant"] == LIGHT:
        return LightNetwork(len(facts["labels"]), CLASSES, EMBEDDING)
    network = WindowNetwork(VARIANTS[facts["variant"]], torch.zeros(facts["spec"]["melBands"]))
    return LabelledNetwork(network, len(facts["labels"])) if "labels" in facts else network


def read_run(run: Path) -> tuple[dict[str, torch.Tensor], dict[str, Any]]:
    """A run's averaged weights and its facts."""
    facts = json.loads((run / "run.json").read_text())
    return averaged_weights(torch.load(run / "checkpoint.pt")["averaged"]), facts


def read_file(path: Path) -> tuple[dict[str, torch.Tensor], dict[str, Any]]:
    """A checkpoint's weights, in float32, and the facts of its run."""
    with path.open("rb") as handle, np.load(handle) as archive:
        arrays = {name: archive[name] for name in archive.files}
    facts = json.loads(str(arrays.pop(FACTS)))
    return {name: torch.tensor(array.astype(np.float32)) for name, array in arrays.items()}, facts


def shapes_of(state: dict[str, torch.Tensor]) -> dict[str, torch.Size]:
    """Shapes of all tensors except batch norm's counters, which nothing reads."""
    return {name: tensor.shape for name, tensor in state.items() if not name.endswith("num_batches_tracked")}


def write_checkpoint(state: dict[str, torch.Tensor], facts: dict[str, Any], path: Path) -> None:
    """Writes a network's weights and the facts of its run."""
    arrays = {name: state[name].numpy().astype(np.float16) for name in shapes_of(state)}
    arrays[FACTS] = np.array(json.dumps(facts))
    np.savez_compressed(path, **arrays)


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("out", type=Path, help=".npz to write")
    arguments = parser.parse_args()
    write_checkpoint(*read_run(arguments.run), arguments.out)
    print(f"{arguments.out}: {arguments.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
