"""Teaches an adapted network the labels: heads that start from the old classes of the same meaning, then all layers.

    python -m training.network.label_heads --data DATA --cache CACHE --start ADAPTED --leave-out 4 --steps 3000 --out RUN

What a clip's labels say is certain; of everything else a window may hold, the teacher's opinion stands: a label is as
probable as the strongest class that means it, and the 527 classes stay close to what the untouched teacher says, so that
nothing is forgotten. Clips of `more.csv` are named with AudioSet's classes, which are learned as they are and as the labels
that they mean. RUN gets `checkpoint.pt`, from which an interrupted run goes on, and `run.json`.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from training.clips import LISTS, read_features, read_reserved
from training.evaluation.metrics import macro_figures
from training.evaluation.others import class_names
from training.network import adapt
from training.network.adaptation_data import (
    AdaptationAugmenter,
    HeardClip,
    WindowLibrary,
    build_window_library,
    drawing_weights,
    finished_features,
    may_adapt,
    read_heard_clips,
)
from training.network.mobilenet import EMBEDDING, WindowNetwork
from training.network.train import averaged_weights, mel_centres_hz

BACKBONE_RATE = 2e-4
HEAD_RATE = 1e-3
CLASSES_WEIGHT = 0.1
HOLD_WEIGHT = 0.5
CERTAIN = 6.0  # the logit of what a label says
SAVE_STEPS = 250


class LabelledNetwork(nn.Module):
    """Windows to (means, embedding, logits of the 527 classes, logits of our labels)."""

    def __init__(self, backbone: WindowNetwork, labels: int):
        super().__init__()
        self.backbone = backbone
        self.labels = nn.Linear(EMBEDDING, labels)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, ...]:
        means, embedding, logits = self.backbone(x)
        return means, embedding, logits, self.labels(self.backbone.network.dropout(embedding))

    @torch.no_grad()
    def start_from(self, classes: list[list[int]]) -> None:
        """Each label begins as the mean of the classes that mean it, as probable as the strongest of them would be."""
        old = self.backbone.network.classes
        for i, indices in enumerate(classes):
            self.labels.weight[i] = old.weight[indices].mean(0)
            self.labels.bias[i] = old.bias[indices].mean()


def known_logits(clip: HeardClip, label_ids: list[str], classes: dict[str, list[int]], names: dict[str, int]) -> np.ndarray:
    """What a clip's own labels say, [527 + labels]: CERTAIN where a class or a label sounds, −∞ where nothing is said."""
    known = np.full(len(names) + len(label_ids), -np.inf, np.float32)
    for label in clip.labels:
        if label in classes:
            known[len(names) + label_ids.index(label)] = CERTAIN
            known[classes[label][0]] = CERTAIN
        elif label in names:
            known[names[label]] = CERTAIN
            for i, own in enumerate(label_ids):
                if names[label] in classes[own]:
                    known[len(names) + i] = CERTAIN
    return known


def is_certain(clip: HeardClip, classes: dict[str, list[int]]) -> bool:
    """Whether somebody listened and gave all labels: then no other label of ours sounds."""
    return clip.fold != "" and all(label in classes for label in clip.labels)


class LabelAugmenter(AdaptationAugmenter):
    """Batches that know the labels as well: `targets` [n, 527 + labels], as logits."""

    known: torch.Tensor  # [clips, 527 + labels]
    certain: torch.Tensor  # [clips]
    classes: list[list[int]]

    def known_of(self, chosen: torch.Tensor, output: torch.Tensor) -> dict[str, torch.Tensor]:
        heard = super().known_of(chosen, output)
        logits = heard["logits"]
        opinion = torch.stack([logits[:, indices].amax(1) for indices in self.classes], 1)
        opinion = torch.where(self.certain[chosen].unsqueeze(1), torch.full_like(opinion, -CERTAIN), opinion)
        targets = torch.maximum(torch.cat([logits, opinion], 1), self.known[chosen])
        return {**heard, "targets": targets}


def loss_of(outputs: tuple[torch.Tensor, ...], batch: dict[str, torch.Tensor], deviation: torch.Tensor) -> torch.Tensor:
    """Cross-entropy of labels and classes, and how far the means have moved from the teacher's."""
    means, _, logits, labels = outputs
    probability = torch.sigmoid(batch["targets"])
    classes = logits.shape[1]
    of_labels = F.binary_cross_entropy_with_logits(labels, probability[:, classes:], reduction="none").sum(1).mean()
    of_classes = F.binary_cross_entropy_with_logits(logits, probability[:, :classes], reduction="none").sum(1).mean()
    moved = ((means - batch["means"]) / deviation).square().mean(1)
    alone = batch["alone"] / batch["alone"].sum().clamp(min=1)
    return of_labels + CLASSES_WEIGHT * of_classes + HOLD_WEIGHT * (moved * alone).sum()


@torch.inference_mode()
def evaluate(model: nn.Module, clips: list[HeardClip], label_ids: list[str], spec: dict) -> dict[str, float]:
    """On ESC-50's clips of the folds left out, among the labels that they have."""
    model.eval()
    labels = sorted({clip.labels[0] for clip in clips})
    indices = [label_ids.index(label) for label in labels]
    scores = np.stack([adapt.clip_scores(adapt.outputs_of_clip(model, clip, spec)[3])[indices] for clip in clips])
    truth = np.array([[label in clip.labels for label in labels] for clip in clips])
    return {"accuracy": float((scores.argmax(1) == truth.argmax(1)).mean()), **macro_figures(truth, scores)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--start", type=Path, required=True, help="an adapted run")
    parser.add_argument("--leave-out", nargs="*", default=["4"], help="folds that are not heard")
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--heads-steps", type=int, default=300, help="steps in which only the heads move")
    parser.add_argument("--batch", type=int, default=48)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=2017)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    torch.set_flush_denormal(True)
    torch.set_num_threads(arguments.threads)
    arguments.out.mkdir(parents=True, exist_ok=True)
    data, cache = arguments.data, arguments.cache

    backbone, spec = adapt.load_network(arguments.start)
    lists = [data / "clips.csv", cache / "extra-cc.csv", data / "more.csv", cache / "noise" / "noise.csv"]
    clips, _ = read_heard_clips(lists, finished_features(cache / "features"), sorted((cache / "teacher").glob("*.npz")))
    left_out = frozenset(arguments.leave_out)
    reserved = read_reserved(LISTS / "reserved-clips.txt")
    training = [clip for clip in clips if may_adapt(clip, left_out, reserved)]
    testing = [clip for clip in clips if clip.fold in left_out and clip.source == "esc50"]
    label_ids = [label["id"] for label in json.loads((LISTS / "labels.json").read_text())]
    classes = adapt.classes_by_label(data)
    names = {name: i for i, name in enumerate(class_names(data))}

    noises, _ = read_features([cache / "features" / "noise-0"])
    noise, hum = (torch.tensor(10.0 ** noises[name]) for name in ("white.wav", "hum.wav"))
    library: WindowLibrary = build_window_library(training, spec["frames"])
    sampling = torch.tensor(drawing_weights(training), dtype=torch.float32)
    centres = mel_centres_hz(spec)
    augmenter = LabelAugmenter(library, noise, hum, 0, spec, centres, sampling, frozenset({"warping"}))
    augmenter.known = torch.tensor(np.stack([known_logits(clip, label_ids, classes, names) for clip in training]))
    augmenter.certain = torch.tensor([is_certain(clip, classes) for clip in training])
    augmenter.classes = [classes[label] for label in label_ids]
    deviation = library.means[::7].float().std(0).clamp(min=1e-3)
    print(f"{len(training)} clips to learn from, {len(testing)} to test", flush=True)

    model = LabelledNetwork(backbone, len(label_ids)).to(memory_format=torch.channels_last)
    model.start_from(augmenter.classes)
    averaged = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(0.998), use_buffers=True)
    groups = [{"params": list(backbone.parameters())}, {"params": list(model.labels.parameters())}]
    optimizer = torch.optim.AdamW(groups, lr=HEAD_RATE, weight_decay=1e-4)
    step, history = 0, []
    checkpoint = arguments.out / "checkpoint.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint)
        model.load_state_dict(saved["model"])
        averaged.load_state_dict(saved["averaged"])
        optimizer.load_state_dict(saved["optimizer"])
        step, history = saved["step"], saved["history"]
    else:
        history.append({"step": 0, **evaluate(averaged, testing, label_ids, spec)})
        print(json.dumps(history[-1]), flush=True)
    torch.manual_seed(arguments.seed + step)
    np.random.seed(arguments.seed + step)
    losses, began = 0.0, time.monotonic()
    while step < arguments.steps:
        remaining = (arguments.steps - step) / arguments.steps
        optimizer.param_groups[0]["lr"] = BACKBONE_RATE * remaining * (step >= arguments.heads_steps)
        optimizer.param_groups[1]["lr"] = HEAD_RATE * remaining
        model.train()
        batch = augmenter.batch(arguments.batch)
        loss = loss_of(model(batch["window"].contiguous(memory_format=torch.channels_last)), batch, deviation)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), adapt.GRADIENT_NORM)
        optimizer.step()
        averaged.update_parameters(model)
        step += 1
        losses += loss.item()
        if step % SAVE_STEPS == 0 or step == arguments.steps:
            row = {"step": step, "loss": round(losses / SAVE_STEPS, 4), "seconds": round(time.monotonic() - began)}
            losses = 0.0
            history.append(row | evaluate(averaged, testing, label_ids, spec))
            print(json.dumps(history[-1]), flush=True)
            state = {"model": model.state_dict(), "averaged": averaged.state_dict(), "optimizer": optimizer.state_dict()}
            torch.save(state | {"step": step, "history": history}, checkpoint.with_suffix(".tmp"))
            checkpoint.with_suffix(".tmp").replace(checkpoint)
            run = {"variant": backbone.network.variant.name, "labels": label_ids, "leftOut": arguments.leave_out,
                   "seed": arguments.seed, "batch": arguments.batch, "steps": step, "clips": len(training), "spec": spec,
                   "history": history}
            (arguments.out / "run.json").write_text(json.dumps(run, indent=1))


def load_labelled(run: Path) -> tuple[LabelledNetwork, dict]:
    """A run's averaged network, for evaluation, and its facts."""
    from training.network.mobilenet import VARIANTS

    facts = json.loads((run / "run.json").read_text())
    backbone = WindowNetwork(VARIANTS[facts["variant"]], torch.zeros(facts["spec"]["melBands"]))
    model = LabelledNetwork(backbone, len(facts["labels"]))
    model.load_state_dict(averaged_weights(torch.load(run / "checkpoint.pt")["averaged"]))
    return model.eval(), facts


if __name__ == "__main__":
    main()
