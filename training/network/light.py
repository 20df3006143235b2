"""Trains the light network: the streaming architecture of architecture.py, with a labelled network of mobilenet.py as its teacher.

    python -m training.network.light --data DATA --cache CACHE --teacher LABELS-4 --leave-out 4 a --steps 9000 --out RUN

The light network hears augmented sound. It learns what the teacher says about the clean sound: its labels, the 527 classes
and its embedding; what a clip's own list says counts as certain, as in label_heads.py. The teacher hears every clip once, on
the grid of its cached outputs: RUN gets `heard.npz` beside what every run has. `--start` is a checkpoint or run of a light
network, or the model folder of `earmark-52`, whose layers are the same.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from torch import nn

from training.clips import FeatureSpec
from training.network import adapt
from training.network.adaptation_data import HeardClip, first_columns
from training.network.architecture import LightNetwork, multiply_adds
from training.network.checkpoint import LIGHT, UnusableCheckpointError, load_any_network, load_network
from training.network.exported_files import read_float16_weights
from training.network.label_heads import (
    LabelAugmenter,
    choice_of,
    evaluate,
    known_probabilities,
    listened_labels,
    loss_of,
)
from training.network.label_outputs import LabelOutputs, read_label_outputs
from training.network.loop import Run
from training.network.mobilenet import CLASSES, EMBEDDING, LabelledNetwork
from training.network.train import outputs_of, shipped_spec

LEARNING_RATE = 1e-3
# Of what a run starts from: as fast as the new heads, the backbone would forget more in the first steps than it learns.
BACKBONE_SHARE = 0.4
WARMUP_STEPS = 200
TEACHERS_BATCH = 64
# Windows from which the statistics of batch norm are taken if a network starts from folded weights.
STATISTICS_CLIPS = 512


@torch.inference_mode()
def opinions_of_teacher(
    teacher: LabelledNetwork, clips: list[HeardClip], spec: FeatureSpec, labels: LabelOutputs
) -> dict[str, np.ndarray]:
    """What the teacher says of the windows of all clips, joined: `embedding`, `logits` of the classes, `labels` as probabilities."""
    parts: dict[str, list[np.ndarray]] = {"embedding": [], "logits": [], "labels": []}
    for i, clip in enumerate(clips):
        windows = adapt.windows_of(clip, first_columns(np.arange(len(clip.means)), spec), spec)
        for few in windows.split(TEACHERS_BATCH):
            _, embedding, logits, of_labels = teacher(few.contiguous(memory_format=torch.channels_last))
            probabilities = labels.raise_parents(torch.sigmoid(of_labels).numpy())
            for name, values in zip(parts, (embedding.numpy(), logits.numpy(), probabilities), strict=True):
                parts[name].append(values.astype(np.float16))
        if i % 1000 == 0:
            print(f"the teacher heard {i} of {len(clips)} clips", flush=True)
    return {name: np.concatenate(values) for name, values in parts.items()}


def read_or_make(path: Path, files: list[str], make: Callable[[], dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
    """The arrays of an archive about these files, which is made unless it exists; it is replaced if the files are others."""
    if path.exists():
        with np.load(path) as archive:
            if list(archive["files"]) == files:
                return {name: archive[name] for name in archive.files if name != "files"}
    arrays = make()
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"unfinished-{path.name}")
    np.savez(unfinished, files=np.array(files), **arrays)  # type: ignore[arg-type]  # names of arrays
    unfinished.replace(path)
    return arrays


def as_the_teacher_hears(clips: list[HeardClip], opinions: dict[str, np.ndarray]) -> list[HeardClip]:
    """The clips, whose targets are the teacher's embedding and its logits of the classes."""
    ends = np.cumsum([len(clip.means) for clip in clips])[:-1]
    parts = (np.split(opinions[name], ends) for name in ("embedding", "logits"))
    return [
        replace(clip, means=embedding, logits=logits) for clip, embedding, logits in zip(clips, *parts, strict=True)
    ]


@torch.no_grad()
def start_from_folded(network: LightNetwork, arrays: dict[str, np.ndarray], windows: torch.Tensor) -> None:
    """Gives the backbone the weights of a model folder; batch norm gets the windows' statistics, and then changes nothing."""
    backbone, x = network.backbone, windows
    for i, (block, layer) in enumerate(zip(backbone.blocks, backbone.layers, strict=True), start=1):
        block.conv.weight.copy_(torch.tensor(arrays[f"conv{i}/kernel"]).permute(3, 2, 0, 1))
        given = block.conv(nn.functional.pad(x, block.padding))
        block.norm.running_mean.copy_(given.mean((0, 2, 3)))
        block.norm.running_var.copy_(given.var((0, 2, 3)))
        block.norm.weight.copy_(torch.sqrt(block.norm.running_var + block.norm.eps))
        block.norm.bias.copy_(torch.tensor(arrays[f"conv{i}/bias"]) + block.norm.running_mean)
        x = nn.functional.relu(block.norm.eval()(given))
        if layer.pool != (1, 1):
            x = nn.functional.avg_pool2d(x, layer.pool)
    backbone.embedding.weight.copy_(torch.tensor(arrays["embedding/kernel"]).T)
    backbone.embedding.bias.copy_(torch.tensor(arrays["embedding/bias"]))


@torch.no_grad()
def start_heads_from_folded(
    network: LightNetwork, arrays: dict[str, np.ndarray], given: list[str], ids: list[str]
) -> None:
    """Gives labels that a model folder has (`given`, in its order) their logits there; the others of `ids` start as they are."""
    rows = torch.tensor([ids.index(label) for label in given])
    network.head.weight[rows] = torch.tensor(arrays["head/kernel"]).T
    network.head.bias[rows] = torch.tensor(arrays["head/bias"])


def some_windows(clips: list[HeardClip], spec: FeatureSpec) -> torch.Tensor:
    """One window of the middle of each of some clips."""
    chosen = clips[:: max(1, len(clips) // STATISTICS_CLIPS)]
    starts = [np.array([max(0, (len(clip.log_power) - spec["frames"]) // 2)]) for clip in chosen]
    return torch.cat([adapt.windows_of(clip, start, spec) for clip, start in zip(chosen, starts, strict=True)])


def first_network(start: Path | None, ids: list[str], clips: list[HeardClip], spec: FeatureSpec) -> LightNetwork:
    """What a run starts from. Raises UnusableCheckpointError."""
    if start is not None and not (start / "model.json").exists():
        network, facts = load_any_network(start)
        if not isinstance(network, LightNetwork) or facts["labels"] != ids:
            raise UnusableCheckpointError(f"{start} is not a light network of these {len(ids)} labels.")
        return network
    network = LightNetwork(len(ids), CLASSES, EMBEDDING)
    if start is not None:
        arrays = read_float16_weights(start)
        start_from_folded(network, arrays, some_windows(clips, spec))
        given = [label["id"] for label in json.loads((start / "labels.json").read_text())]
        start_heads_from_folded(network, arrays, given, ids)
    return network


def load_teacher(path: Path, labels: list[str]) -> tuple[LabelledNetwork, FeatureSpec]:
    """The teacher and the spec of its windows. Raises UnusableCheckpointError."""
    teacher, facts = load_network(path)
    if not isinstance(teacher, LabelledNetwork) or facts["labels"] != labels:
        raise UnusableCheckpointError(f"{path} does not know the labels of candidate-labels.json.")
    return teacher, facts["spec"]


def rates_at(step: int, steps: int) -> list[float]:
    """The learning rates of backbone and heads: they rise at first, then fall linearly to zero."""
    rate = LEARNING_RATE * min((steps - step) / steps, (step + 1) / WARMUP_STEPS)
    return [BACKBONE_SHARE * rate, rate]


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = adapt.training_arguments(__doc__ or "")
    parser.add_argument("--teacher", type=Path, required=True, help="checkpoint or run of label_heads.py")
    parser.add_argument("--start", type=Path, help="light network, or the model folder of earmark-52; default: random")
    parser.add_argument("--leave-out", nargs="*", default=["4", "a"], help="folds and halves that are not heard")
    arguments = parser.parse_args()
    torch.set_flush_denormal(True)
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    clips, teachers_spec = adapt.read_all_clips(arguments.data, arguments.cache)
    spec = shipped_spec(teachers_spec)
    training = adapt.clips_to_learn_from(clips, arguments.leave_out)
    testing = [clip for clip in clips if clip.fold in arguments.leave_out and clip.source == "esc50"]
    labels = read_label_outputs(arguments.data)
    try:
        teacher, heard_spec = load_teacher(arguments.teacher, labels.ids)
        model = first_network(arguments.start, labels.ids, training, spec)
    except (UnusableCheckpointError, OSError) as error:
        sys.exit(str(error))
    print(
        f"{len(training)} clips to learn from, {len(testing)} to test; "
        f"{multiply_adds(spec['frames'], spec['melBands'], 'shipped') / 1e6:.1f} M multiply-adds a window",
        flush=True,
    )

    opinions = read_or_make(
        arguments.out / "heard.npz",
        [clip.file for clip in training],
        lambda: opinions_of_teacher(teacher, training, heard_spec, labels),
    )
    training = as_the_teacher_hears(training, opinions)
    names = {name: i for i, name in enumerate(adapt.class_names(arguments.data))}
    augmenter = adapt.make_augmenter(LabelAugmenter, training, arguments.cache, spec, frozenset({"warping"}))
    assert isinstance(augmenter, LabelAugmenter)
    augmenter.known = torch.tensor(np.stack([known_probabilities(clip, labels, names) for clip in training]))
    augmenter.opinions = torch.tensor(opinions["labels"])
    listened = listened_labels()
    augmenter.choices = torch.tensor([choice_of(clip, labels, listened) for clip in training])
    rivals = [i for i, label_id in enumerate(labels.ids) if label_id in listened]
    deviation = augmenter.window_library.means[::7].float().std(0).clamp(min=1e-3)

    model = model.to(memory_format=torch.channels_last)
    facts = {"variant": LIGHT, "labels": labels.ids, "leftOut": arguments.leave_out, "batch": arguments.batch}
    facts |= {"clips": len(training), "spec": spec}
    run = Run(
        arguments.out,
        model,
        [
            list(model.backbone.parameters()),
            [p for name, p in model.named_parameters() if not name.startswith("backbone.")],
        ],
        facts,
        lambda averaged: evaluate(averaged, testing, labels.ids, spec) if testing else {},
        arguments.seed,
    )

    def losses_of() -> dict[str, torch.Tensor]:
        batch = augmenter.batch(arguments.batch)
        return loss_of(tuple(outputs_of(model, batch["window"])), batch, deviation, rivals)

    run.train(arguments.steps, lambda step: rates_at(step, arguments.steps), losses_of)


if __name__ == "__main__":
    main()
