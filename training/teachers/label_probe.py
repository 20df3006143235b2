"""What `mn04_as` says about our labels, per window of 0.25 s: the targets of all sound that nobody labelled.

As in opinion.py, two readings are averaged. One is its own classes, mapped by name and calibrated per label. The other is a
small network trained on its means and logits of the clips whose labels are certain; the mean of several starts is taken.
Measured on a fold left out, such a network is better at our labels than anything that hears 120×120 windows, so it teaches.
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

from training.clips import FeatureSpec
from training.network.adaptation_data import HeardClip, sounding_windows
from training.teachers.opinion import fit_calibration, fit_probe, mapped_logits

STARTS = 3
MEANS_SCALE_FLOOR = 1e-3


@dataclass
class LabelProbe:
    """Reads labels from the teacher's outputs."""

    classes: list[list[int]]  # the AudioSet classes that mean each label
    scale: torch.Tensor
    offset: torch.Tensor
    centre: np.ndarray
    deviation: np.ndarray
    networks: list[nn.Module]

    @torch.inference_mode()
    def probabilities(self, clip: HeardClip) -> np.ndarray:
        """Of each label in each of a clip's windows, [windows, labels]."""
        inputs = torch.tensor((outputs_of(clip) - self.centre) / self.deviation)
        learned = torch.stack([torch.sigmoid(network(inputs)) for network in self.networks]).mean(0)
        mapped = torch.sigmoid(self.scale * mapped_logits(class_probabilities(clip), self.classes) + self.offset)
        return ((learned + mapped) / 2).numpy()


def outputs_of(clip: HeardClip) -> np.ndarray:
    """The teacher's means and logits of each window, [windows, 384 + 527]."""
    return np.concatenate([clip.means, clip.logits], 1).astype(np.float32)


def class_probabilities(clip: HeardClip) -> np.ndarray:
    """The teacher's probabilities of each window, [windows, 527]."""
    return 1 / (1 + np.exp(-clip.logits.astype(np.float32)))


def fit_label_probe(
    clips: list[HeardClip], label_ids: list[str], classes: list[list[int]], spec: FeatureSpec, seed: int
) -> LabelProbe:
    """A probe from clips whose labels are certain: every label counts once, every clip of a label once."""
    windows = [sounding_windows(clip, spec) for clip in clips]
    inputs = np.concatenate([outputs_of(clip)[held] for clip, held in zip(clips, windows, strict=True)])
    centre, deviation = inputs.mean(0), inputs.std(0).clip(MEANS_SCALE_FLOOR)
    truth_of = np.array([[label in clip.labels for label in label_ids] for clip in clips], np.float32)
    truth = torch.tensor(np.repeat(truth_of, [len(held) for held in windows], 0))
    share = [1 / sum(clip.labels[0] in other.labels for other in clips) for clip in clips]
    weights = torch.tensor(np.concatenate([np.full(len(w), s / len(w)) for w, s in zip(windows, share, strict=True)]))
    mapped = mapped_logits(
        np.concatenate([class_probabilities(clip)[held] for clip, held in zip(clips, windows, strict=True)]), classes
    )
    scale, offset = fit_calibration(mapped, truth)
    given = torch.tensor((inputs - centre) / deviation)
    networks = [fit_probe(given, truth, weights, seed + start).eval() for start in range(STARTS)]
    return LabelProbe(classes, scale, offset, centre, deviation, networks)
