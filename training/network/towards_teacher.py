"""Moves networks of label_heads.py back towards the untouched teacher (Wortsman et al. 2022, “Robust fine-tuning”).

    python -m training.network.towards_teacher RUN ... --data DATA --share 0.6 --out OUT.npz
    python -m training.network.towards_teacher BEFORE AFTER --data DATA --share 0.8 --from-layer 9 --out OUT.npz

Each RUN is a run or a checkpoint; of several, which started from each other, the mean is taken first. Of its backbone, batch
norm's statistics included, OUT gets SHARE, and the rest of the teacher's; the layers before FROM_LAYER and the label heads stay.
What the teacher knew of sounds that our clips lack comes back, most of it in the later layers. What the earlier layers learned is
about our front end and about noise: if they move as well, label_heads.py should train on from OUT.
"""

import argparse
import re
import sys
from pathlib import Path

import torch

from training.network.adapt import network_of_teacher
from training.network.checkpoint import UnusableCheckpointError, load_network, write_checkpoint
from training.network.mobilenet import LabelledNetwork
from training.teachers.mn04 import UnusableTeacherError

State = dict[str, torch.Tensor]


def mean_weights(own: State, other: State, share: float) -> State:
    """`share` of a network's tensors and the rest of another's; what the other lacks, and batch norm's counters, stay."""
    return {
        name: torch.lerp(other[name], tensor, share) if name in other and tensor.is_floating_point() else tensor
        for name, tensor in own.items()
    }


def layers_from(state: State, first: int) -> State:
    """The tensors of the teacher's layers `first` and later, its embedding and its classes; everything if `first` is 0."""
    layer = re.compile(r"network\.features\.(\d+)\.")
    layer_of = {name: int(found[1]) if (found := layer.match(name)) else None for name in state}

    def is_later(name: str) -> bool:
        place = layer_of[name]
        return name.startswith("network.") if place is None else place >= first

    return {name: tensor for name, tensor in state.items() if first == 0 or is_later(name)}


def labelled(path: Path) -> tuple[LabelledNetwork, dict[str, object]]:
    """A network with label heads, and the facts of its run. Raises UnusableCheckpointError."""
    network, facts = load_network(path)
    if not isinstance(network, LabelledNetwork):
        raise UnusableCheckpointError(f"{path} has no labels yet: adapt.py made it, not label_heads.py.")
    return network, facts


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", type=Path, nargs="+", metavar="RUN")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--share", type=float, required=True, help="of the runs' own weights, 0 to 1")
    parser.add_argument("--from-layer", type=int, default=0, help="the first of the teacher's layers that moves")
    parser.add_argument("--out", type=Path, required=True, help=".npz to write")
    arguments = parser.parse_args()
    try:
        networks, facts = zip(*map(labelled, arguments.runs), strict=True)
        bands, variant = networks[0].backbone.bands.offsets.numel(), networks[0].backbone.network.variant
        teacher = network_of_teacher(arguments.data / "teacher" / "mn04_as.npz", variant, bands)
    except (UnusableCheckpointError, UnusableTeacherError) as error:
        sys.exit(str(error))
    mean = networks[0].state_dict()
    for count, network in enumerate(networks[1:], 2):
        mean = mean_weights(mean, network.state_dict(), 1 - 1 / count)
    moving = layers_from(teacher.state_dict(), arguments.from_layer)
    moved = mean_weights(mean, {f"backbone.{name}": tensor for name, tensor in moving.items()}, arguments.share)
    told = {"runs": len(networks), "share": arguments.share, "fromLayer": arguments.from_layer}
    write_checkpoint(moved, facts[-1] | {"towardsTeacher": told, "history": []}, arguments.out)


if __name__ == "__main__":
    main()
