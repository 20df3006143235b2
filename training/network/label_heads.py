"""Teaches an adapted network the labels: first heads that start from the AudioSet classes of the same meaning, then all layers.

    python -m training.network.label_heads --data DATA --cache CACHE --start ADAPTED.npz --leave-out 4 a --steps 3000 --out RUN

A clip's labels count as certain. For everything else that a window may contain, the teacher's outputs are the target: a
label is as probable as teachers/label_probe.py says, and the 527 classes stay close to the outputs of the untouched
teacher, so that nothing is forgotten. Clips of `more.csv` are labelled with AudioSet's classes. The network learns these
classes and the labels that they mean. RUN gets `checkpoint.pt`, from which an interrupted run resumes, and `run.json`.
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from training.clips import LISTS, FeatureSpec
from training.evaluation.metrics import macro_figures
from training.network import adapt
from training.network.adaptation_data import AdaptationAugmenter, HeardClip
from training.network.checkpoint import UnusableCheckpointError, load_network
from training.network.label_outputs import LabelOutputs, read_label_outputs
from training.network.loop import Run
from training.network.mobilenet import LabelledNetwork
from training.teachers.label_probe import class_probabilities, fit_label_probe

BACKBONE_RATE = 2e-4
HEAD_RATE = 1e-3
CLASSES_WEIGHT = 0.1
HOLD_WEIGHT = 0.5
FOLDS = ("1", "2", "3", "4")
CERTAIN = 0.98  # the target probability of a given label
# Weight of the teacher's other outputs for a clip that somebody labelled completely.
OPINION_SHARE = 0.4
# Weight of the choice between the labels of a clip that somebody labelled completely.
CHOICE_WEIGHT = 1.0
NO_CHOICE = -1


def known_probabilities(clip: HeardClip, labels: LabelOutputs, names: dict[str, int]) -> np.ndarray:
    """Targets from a clip's own labels, [527 + labels]: CERTAIN if the clip has the class or label, 0 if it is unknown."""
    of_classes, of_labels = np.zeros(len(names), np.float32), np.zeros(len(labels.ids), np.float32)
    for said in clip.labels:
        if said in labels.ids:
            meant = [labels.index(said)]
            of_classes[labels.own_classes[meant[0]][0]] = CERTAIN
        elif said in names:
            of_classes[names[said]] = CERTAIN
            meant = [i for i, classes in enumerate(labels.classes) if names[said] in classes]
        else:
            continue
        for i in meant:
            of_labels[[i, *labels.ancestors[i]]] = CERTAIN
    return np.concatenate([of_classes, of_labels])


def is_certain(clip: HeardClip, listened: set[str]) -> bool:
    """Whether somebody listened for these labels and named all that sound: then another of them is unlikely."""
    return clip.fold in FOLDS and all(label in listened for label in clip.labels)


def listened_labels() -> set[str]:
    """The labels that somebody listened for in every clip of the folds."""
    return {label["id"] for label in json.loads((LISTS / "labels.json").read_text())}


def choice_of(clip: HeardClip, labels: LabelOutputs, listened: set[str]) -> int:
    """The output of the one label that a clip holds, if somebody listened for all others; else NO_CHOICE."""
    return labels.index(clip.labels[0]) if is_certain(clip, listened) and len(clip.labels) == 1 else NO_CHOICE


def opinions_about(
    clips: list[HeardClip], labels: LabelOutputs, listened: set[str], spec: FeatureSpec, seed: int
) -> np.ndarray:
    """What the teacher says about our labels, for all windows of all clips, [windows, labels].

    The probe speaks of the labels that somebody listened for, the teacher's classes of all others.
    """
    certain = [is_certain(clip, listened) for clip in clips]
    examples = [clip for clip, known in zip(clips, certain, strict=True) if known]
    probed = [i for i, label_id in enumerate(labels.ids) if label_id in listened]
    ids, classes = [labels.ids[i] for i in probed], [labels.classes[i] for i in probed]
    probe = fit_label_probe(examples, ids, classes, spec, seed)

    def of_clip(clip: HeardClip, known: bool) -> np.ndarray:
        heard = class_probabilities(clip)
        opinion = np.stack([heard[:, of_label].max(1) for of_label in labels.classes], 1)
        opinion[:, probed] = (OPINION_SHARE if known else 1) * probe.probabilities(clip)
        return labels.raise_parents(opinion)

    return np.concatenate([of_clip(clip, known) for clip, known in zip(clips, certain, strict=True)]).astype(np.float32)


class LabelAugmenter(AdaptationAugmenter):
    """Batches that also have label targets: `targets` [n, 527 + labels], as probabilities, and `choice` [n]."""

    known: torch.Tensor  # [clips, 527 + labels]
    choices: torch.Tensor  # [clips], by choice_of
    opinions: torch.Tensor  # [the teacher's windows, labels]

    def known_of(self, chosen: torch.Tensor, output: torch.Tensor) -> dict[str, torch.Tensor]:
        """The teacher's outputs, `targets`: what is known of classes and labels, and `choice`: choice_of their clips."""
        heard = super().known_of(chosen, output)
        probability = torch.sigmoid(heard["logits"])
        targets = torch.maximum(torch.cat([probability, self.opinions[output]], 1), self.known[chosen])
        return {**heard, "targets": targets, "choice": self.choices[chosen]}


def loss_of(
    outputs: tuple[torch.Tensor, ...], batch: dict[str, torch.Tensor], deviation: torch.Tensor, rivals: list[int]
) -> dict[str, torch.Tensor]:
    """Cross-entropy of labels and classes, the distance of the means from the teacher's, and the choice between labels.

    A label's probability says nothing of its order among others: where one sound alone is there and somebody listened for
    the rest, softmax cross-entropy over those labels, `rivals`, sets the right one above them.
    """
    means, _, logits, labels = outputs
    targets = batch["targets"].split((logits.shape[1], labels.shape[1]), 1)
    of_classes, of_labels = (
        F.binary_cross_entropy_with_logits(given, wanted, reduction="none").sum(1).mean()
        for given, wanted in zip((logits, labels), targets, strict=True)
    )
    moved = ((means - batch["means"]) / deviation).square().mean(1)
    alone = batch["alone"] / batch["alone"].sum().clamp(min=1)
    choosing = (batch["alone"] > 0) & (batch["choice"] != NO_CHOICE)
    right = labels[choosing].gather(1, batch["choice"][choosing, None])[:, 0]
    missed = (labels[choosing][:, rivals].logsumexp(1) - right).sum() / choosing.sum().clamp(min=1)
    return {
        "labels": of_labels,
        "classes": CLASSES_WEIGHT * of_classes,
        "means": HOLD_WEIGHT * (moved * alone).sum(),
        "choice": CHOICE_WEIGHT * missed,
    }


@torch.inference_mode()
def evaluate(model: nn.Module, clips: list[HeardClip], label_ids: list[str], spec: FeatureSpec) -> dict[str, float]:
    """Figures on ESC-50's clips of the folds left out, among the labels that they have."""
    model.eval()
    labels = sorted({clip.labels[0] for clip in clips})
    indices = [label_ids.index(label) for label in labels]
    scores = np.stack([adapt.clip_scores(adapt.outputs_of_clip(model, clip, spec)[3])[indices] for clip in clips])
    truth = np.array([[label in clip.labels for label in labels] for clip in clips])
    return {"accuracy": float((scores.argmax(1) == truth.argmax(1)).mean()), **macro_figures(truth, scores)}


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = adapt.training_arguments(__doc__ or "")
    parser.add_argument(
        "--start",
        type=Path,
        required=True,
        help="an adapted network, or one that knows our labels: checkpoint or run",
    )
    parser.add_argument("--leave-out", nargs="*", default=["4", "a"], help="folds and halves that are not heard")
    parser.add_argument("--heads-steps", type=int, default=300, help="steps in which only the heads move")
    arguments = parser.parse_args()
    torch.set_flush_denormal(True)
    torch.set_num_threads(arguments.threads)
    clips, spec = adapt.read_all_clips(arguments.data, arguments.cache)
    training = adapt.clips_to_learn_from(clips, arguments.leave_out)
    testing = [clip for clip in clips if clip.fold in arguments.leave_out and clip.source == "esc50"]
    print(f"{len(training)} clips to learn from, {len(testing)} to test", flush=True)
    try:
        start, _ = load_network(arguments.start)
    except UnusableCheckpointError as error:
        sys.exit(str(error))

    labels = read_label_outputs(arguments.data)
    listened = listened_labels()
    names = {name: i for i, name in enumerate(adapt.class_names(arguments.data))}
    augmenter = adapt.make_augmenter(LabelAugmenter, training, arguments.cache, spec, frozenset({"warping"}))
    assert isinstance(augmenter, LabelAugmenter)
    augmenter.known = torch.tensor(np.stack([known_probabilities(clip, labels, names) for clip in training]))
    augmenter.choices = torch.tensor([choice_of(clip, labels, listened) for clip in training])
    rivals = [i for i, label_id in enumerate(labels.ids) if label_id in listened]
    augmenter.opinions = torch.tensor(opinions_about(training, labels, listened, spec, arguments.seed))
    deviation = augmenter.window_library.means[::7].float().std(0).clamp(min=1e-3)

    if isinstance(start, LabelledNetwork):
        model = start
    else:
        model = LabelledNetwork(start, len(labels.ids))
        model.start_from(labels.own_classes)
    model = model.to(memory_format=torch.channels_last)
    facts = {"variant": model.backbone.network.variant.name, "labels": labels.ids, "leftOut": arguments.leave_out}
    facts |= {"batch": arguments.batch, "clips": len(training), "spec": spec}
    run = Run(
        arguments.out,
        model,
        [list(model.backbone.parameters()), list(model.labels.parameters())],
        facts,
        lambda averaged: evaluate(averaged, testing, labels.ids, spec) if testing else {},
        arguments.seed,
    )

    def losses_of() -> dict[str, torch.Tensor]:
        batch = augmenter.batch(arguments.batch)
        outputs = model(batch["window"].contiguous(memory_format=torch.channels_last))
        return loss_of(outputs, batch, deviation, rivals)

    def rates(step: int) -> list[float]:
        remaining = (arguments.steps - step) / arguments.steps
        return [BACKBONE_RATE * remaining * (step >= arguments.heads_steps), HEAD_RATE * remaining]

    run.train(arguments.steps, rates, losses_of)


if __name__ == "__main__":
    main()
