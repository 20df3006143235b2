"""YAMNet's probabilities for our labels, per window (distillation, Hinton et al. 2015).

These are the targets of the thousands of unlabelled clips, and a part of the targets of the others.

Two readings of YAMNet are averaged. One is its own classes, mapped by name (`yamnet-labels.csv`) and calibrated per label
(Platt 1999); it knows many recordings. The other is a small network trained on YAMNet's scores and embeddings; it knows
what our labels mean. On labelled sounds of 51 of Debian's packages, which neither was trained on, the mean of both has a
macro AUC of 0.930; alone they have 0.913 and 0.914 (fold 4 left out, 28 labels, a clip's score half mean, half maximum).
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from training.clips import MADE, Clip, classes_of_labels

HIDDEN = 512
PROBE_STEPS = 1500
BATCH = 256

# The label's share of a labelled clip's target; the rest is the opinion, which knows how much of it a window contains.
TRUTH_SHARE = 0.6

# YAMNet's windows of a clip to probabilities [windows, labels].
Opinion = Callable[[Clip], np.ndarray]


def mapped_logits(scores: np.ndarray, classes: list[list[int]]) -> torch.Tensor:
    """The logit of each label's strongest class: [windows, 521] to [windows, labels]."""
    strongest = np.stack([scores[:, of_label].max(1) for of_label in classes], 1).astype(np.float32)
    return torch.logit(torch.tensor(strongest), eps=1e-6)


def fit_calibration(logits: torch.Tensor, truth: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Scale and offset per label that minimise the cross-entropy, from [n, labels] each."""
    scale, offset = torch.ones(logits.shape[1], requires_grad=True), torch.zeros(logits.shape[1], requires_grad=True)
    optimizer = torch.optim.LBFGS([scale, offset], max_iter=200)

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        loss = F.binary_cross_entropy_with_logits(scale * logits + offset, truth, reduction="none").mean(0).sum()
        loss.backward()
        return loss

    optimizer.step(closure)
    return scale.detach(), offset.detach()


def probe_input(clip: Clip) -> np.ndarray:
    """The probe's input for each window, [windows, 521 + 1024]."""
    return np.concatenate([np.log(clip.teacher_scores.astype(np.float32) + 1e-4), clip.teacher_embeddings], 1)


def fit_probe(inputs: torch.Tensor, truth: torch.Tensor, weights: torch.Tensor, seed: int) -> nn.Module:
    """A network with one hidden layer from normalised windows to logits; training it leaves the run's random state unchanged."""
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        probe = nn.Sequential(
            nn.Dropout(0.3),
            nn.Linear(inputs.shape[1], HIDDEN),
            nn.ReLU(),
            nn.Dropout(0.5),
            nn.Linear(HIDDEN, truth.shape[1]),
        )
        optimizer = torch.optim.AdamW(probe.parameters(), lr=2e-3, weight_decay=0.1)
        fall = torch.optim.lr_scheduler.LinearLR(optimizer, 1, 0, PROBE_STEPS)
        for _ in range(PROBE_STEPS):
            drawn = torch.multinomial(weights, BATCH, replacement=True)
            optimizer.zero_grad()
            loss = (
                F.binary_cross_entropy_with_logits(probe(inputs[drawn]), truth[drawn], reduction="none").sum(1).mean()
            )
            loss.backward()
            optimizer.step()
            fall.step()
    return probe.eval()


def fit_opinion(clips: list[Clip], weights: np.ndarray, label_ids: list[str], class_map: Path, seed: int) -> Opinion:
    """Fits both readings to labelled clips; `weights` is how often each is drawn."""
    mapped = classes_of_labels(class_map)
    classes = [mapped[label] for label in label_ids]
    truth = torch.tensor([[float(label in clip.labels) for label in label_ids] for clip in clips])
    logits = torch.stack([mapped_logits(clip.teacher_scores.max(0, keepdims=True), classes)[0] for clip in clips])
    scale, offset = fit_calibration(logits, truth)

    windows = np.array([len(clip.teacher_scores) for clip in clips])
    inputs = torch.tensor(np.concatenate([probe_input(clip) for clip in clips]))
    mean, deviation = inputs.mean(0), inputs.std(0) + 1e-3
    of_clip = np.repeat(np.arange(len(clips)), windows)
    drawn = torch.tensor((weights / windows)[of_clip].astype(np.float32))
    probe = fit_probe((inputs - mean) / deviation, truth[of_clip], drawn, seed)

    @torch.inference_mode()
    def opinion(clip: Clip) -> np.ndarray:
        trained = torch.sigmoid(probe((torch.tensor(probe_input(clip)) - mean) / deviation))
        by_name = torch.sigmoid(scale * mapped_logits(clip.teacher_scores, classes) + offset)
        return ((trained + by_name) / 2).cpu().numpy()

    return opinion


def is_outside(fold: str, clip: Clip) -> bool:
    """Whether a clip is in another fold, or in none."""
    return clip.fold != fold


def window_targets(
    clips: list[Clip], weights: np.ndarray, label_ids: list[str], class_map: Path, seed: int
) -> list[np.ndarray]:
    """Targets for each clip's windows, [windows, labels] per clip.

    The opinion on a clip of a fold is fitted without this fold; otherwise it would only repeat the labels. Labelled clips
    without a fold are too few to be left out, and keep their labels. Computed sounds say nothing about how often a label
    occurs, so the opinion is fitted without them.
    """

    def fitted(to_learn_from: Callable[[Clip], bool]) -> Opinion:
        chosen = [i for i, clip in enumerate(clips) if clip.labelled and clip.source != MADE and to_learn_from(clip)]
        return fit_opinion([clips[i] for i in chosen], weights[chosen], label_ids, class_map, seed)

    opinion = fitted(lambda _clip: True)
    folds = {clip.fold for clip in clips if clip.fold}
    opinion_without = {fold: fitted(partial(is_outside, fold)) for fold in sorted(folds)}

    def targets(clip: Clip) -> np.ndarray:
        if not clip.labelled:
            return opinion(clip)
        truth = label_rows(clip, label_ids)
        return TRUTH_SHARE * truth + (1 - TRUTH_SHARE) * opinion_without[clip.fold](clip) if clip.fold else truth

    return [targets(clip) for clip in clips]


def label_rows(clip: Clip, label_ids: list[str]) -> np.ndarray:
    """The labels of a clip for each of its windows, [windows, labels]."""
    return np.tile(np.array([label in clip.labels for label in label_ids], np.float32), (len(clip.teacher_scores), 1))
