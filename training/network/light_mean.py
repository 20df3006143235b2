"""Moves a light network back towards the model folder that it started from (Wortsman et al. 2022, “Robust fine-tuning”).

    python -m training.network.light_mean RUN OUT --start public/models/earmark-52 --share 0.6

RUN is a run of light.py or a checkpoint of one. Of its backbone and of the heads of labels that the folder has, OUT gets
SHARE, and the rest of the folder's, both with batch norm folded; other heads stay. What the folder knew of its labels comes
back, and most of what the run learned stays. OUT is a run as well: it can be exported, and a training can start from it.
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np
import torch
from torch.optim.swa_utils import AveragedModel

from training.network.architecture import LightNetwork
from training.network.checkpoint import UnusableCheckpointError, load_any_network
from training.network.export import folded_weights
from training.network.exported_files import read_float16_weights
from training.network.light import start_from_folded, start_heads_from_folded

# Batch norm gets the statistics of some input, and undoes them: any input will do.
WINDOWS = 8


def mean_arrays(
    own: dict[str, np.ndarray], folder: dict[str, np.ndarray], columns: list[int], share: float
) -> dict[str, np.ndarray]:
    """The folded weights' mean. `columns` are the own heads of the folder's labels, in the folder's order."""

    def mean(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        return share * a + (1 - share) * b

    heads = ("head/kernel", "head/bias")
    return {name: mean(own[name][..., columns] if name in heads else own[name], folder[name]) for name in folder}


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--start", type=Path, required=True, help="model folder whose layers are the same")
    parser.add_argument("--share", type=float, required=True, help="of the run's own weights, 0 to 1")
    arguments = parser.parse_args()
    try:
        model, facts = load_any_network(arguments.run)
        folder = read_float16_weights(arguments.start)
        given = [label["id"] for label in json.loads((arguments.start / "labels.json").read_text())]
    except (UnusableCheckpointError, OSError) as error:
        sys.exit(str(error))
    if not isinstance(model, LightNetwork):
        sys.exit(f"{arguments.run} is not a light network.")
    ids = facts["labels"]
    arrays = mean_arrays(folded_weights(model), folder, [ids.index(label) for label in given], arguments.share)
    spec = facts["spec"]
    torch.manual_seed(0)
    start_from_folded(model, arrays, torch.randn(WINDOWS, 1, spec["frames"], spec["melBands"]))
    start_heads_from_folded(model, arrays, given, ids)
    arguments.out.mkdir(parents=True, exist_ok=True)
    torch.save({"averaged": AveragedModel(model).state_dict()}, arguments.out / "checkpoint.pt")
    facts |= {"meanWith": arguments.start.name, "share": arguments.share, "history": []}
    (arguments.out / "run.json").write_text(json.dumps(facts, indent=1))


if __name__ == "__main__":
    main()
