"""Moves a network of label_heads.py back towards the untouched teacher (Wortsman et al. 2022, “Robust fine-tuning”).

    python -m training.network.towards_teacher RUN OUT.npz --data DATA --share 0.6

RUN is a run or a checkpoint. Of its backbone, batch norm's statistics included, OUT gets SHARE, and the rest of the teacher's;
the label heads stay. What the teacher knew of sounds that our clips lack comes back. OUT loses some of what the run learned
about noise, so label_heads.py should train on from it.
"""

import argparse
import sys
from pathlib import Path

import torch

from training.network.adapt import network_of_teacher
from training.network.checkpoint import UnusableCheckpointError, load_network, write_checkpoint
from training.network.mobilenet import LabelledNetwork, WindowNetwork
from training.teachers.mn04 import UnusableTeacherError


def mean_weights(own: WindowNetwork, other: WindowNetwork, share: float) -> dict[str, torch.Tensor]:
    """The mean of two networks of one shape, `share` of the first; batch norm's counters are the first's."""
    others = other.state_dict()
    return {
        name: torch.lerp(others[name], tensor, share) if tensor.is_floating_point() else tensor
        for name, tensor in own.state_dict().items()
    }


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("out", type=Path, help=".npz to write")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--share", type=float, required=True, help="of the run's own weights, 0 to 1")
    arguments = parser.parse_args()
    try:
        model, facts = load_network(arguments.run)
        if not isinstance(model, LabelledNetwork):
            sys.exit(f"{arguments.run} has no labels yet: adapt.py made it, not label_heads.py.")
        backbone = model.backbone
        weights, bands = arguments.data / "teacher" / "mn04_as.npz", facts["spec"]["melBands"]
        teacher = network_of_teacher(weights, backbone.network.variant, bands)
    except (UnusableCheckpointError, UnusableTeacherError) as error:
        sys.exit(str(error))
    backbone.load_state_dict(mean_weights(backbone, teacher, arguments.share))
    write_checkpoint(model.state_dict(), facts | {"shareOfRun": arguments.share, "history": []}, arguments.out)


if __name__ == "__main__":
    main()
