"""Training examples: crops of clips, mixed and degraded in the domain of mel power.

When sounds mix, their powers add, up to a cross term that depends on their phases. The cross term is drawn at random, so
a mixture has the same statistics as if samples had been added. Everything works on a whole batch at once:
power has the shape [batch, frames, bands] and is 1 for a sine of full scale.
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional as F

from training.clips import Clip, FeatureSpec, sounding_starts

VOICES = 5  # of babble
COSINE_FRAMES = 100_000
HISTORY_FRAMES = 30  # sound before the window, which reverberates into it

# What training can leave out, to measure its effect (levers.py).
LEVERS = (
    "time shift",
    "warping",
    "equalisation",
    "rooms",
    "mixtures",
    "noise",
    "babble",
    "band limits",
    "gain",
    "masks",
)


@dataclass
class Library:
    """All clips, concatenated, so that a batch of crops is one gather."""

    power: torch.Tensor  # [columns, bands]
    first_column: torch.Tensor  # [clips]
    columns: torch.Tensor  # [clips]
    starts: torch.Tensor  # of the crops that contain some of a clip's sound, clip by clip
    first_start: torch.Tensor  # [clips]
    start_counts: torch.Tensor  # [clips]
    labels: torch.Tensor  # [clips, labels], all 0 for an unlabelled clip
    targets_known: torch.Tensor  # [clips]
    target_sums: torch.Tensor  # targets, cumulative over YAMNet's windows, [windows + clips, labels]
    score_sums: torch.Tensor  # YAMNet's scores, cumulative over its windows, [windows + clips, 521]
    embedding_sums: torch.Tensor
    first_window: torch.Tensor
    windows: torch.Tensor


def build_library(
    clips: list[Clip], label_ids: list[str], frames: int, targets: list[np.ndarray], targets_known: list[bool]
) -> Library:
    """`targets` is [windows, labels] per clip, one row per YAMNet window."""
    labels = np.array([[label in clip.labels for label in label_ids] for clip in clips], np.float32)

    def running_sums(rows: list[np.ndarray]) -> torch.Tensor:
        padded = [np.concatenate([np.zeros((1, r.shape[1])), np.cumsum(r.astype(np.float32), 0)]) for r in rows]
        return torch.tensor(np.concatenate(padded).astype(np.float32))

    def firsts(counts: np.ndarray) -> torch.Tensor:
        return torch.tensor(np.cumsum(counts) - counts)

    windows = np.array([len(clip.teacher_scores) for clip in clips])
    lengths = np.array([len(clip.log_power) for clip in clips])
    starts = [sounding_starts(clip.log_power, frames) for clip in clips]
    start_counts = np.array([len(of_clip) for of_clip in starts])
    return Library(
        torch.tensor(10 ** np.concatenate([clip.log_power for clip in clips])),
        firsts(lengths),
        torch.tensor(lengths),
        torch.tensor(np.concatenate(starts)),
        firsts(start_counts),
        torch.tensor(start_counts),
        torch.tensor(labels),
        torch.tensor(targets_known, dtype=torch.float32),
        running_sums(targets),
        running_sums([clip.teacher_scores for clip in clips]),
        running_sums([clip.teacher_embeddings for clip in clips]),
        firsts(windows + 1),
        torch.tensor(windows),
    )


def uniform(low: float, high: float, *shape: int) -> torch.Tensor:
    """Random numbers between two bounds."""
    return low + (high - low) * torch.rand(*shape)


def decibels(db: torch.Tensor) -> torch.Tensor:
    """Decibels to a power ratio."""
    return 10 ** (db / 10)


def random_equalisation(batch: int, bands: int, spread_db: float) -> torch.Tensor:
    """Smooth random frequency responses, [batch, 1, bands], as power ratios."""
    position = torch.linspace(0, 1, bands)
    response = torch.randn(batch, 1) * spread_db * (position - 0.5)
    for ripple in range(1, 5):
        phase = uniform(0, 2 * np.pi, batch, 1)
        response = response + torch.randn(batch, 1) * spread_db / 2 * torch.cos(np.pi * ripple * position + phase)
    return decibels(response).unsqueeze(1)


class Augmenter:
    """Makes batches of (window, label targets, teacher targets) from a library."""

    def __init__(
        self,
        library: Library,
        noise: torch.Tensor,
        hum: torch.Tensor,
        speech: int,
        spec: FeatureSpec,
        band_hz: torch.Tensor,
        sampling: torch.Tensor,
        without: frozenset[str] = frozenset(),
    ) -> None:
        """Takes what the examples are made from.

        `hum` is [columns, bands] of noise.py's appliances, `speech` that label's index; `without` names the levers to leave out.
        """
        self.without = without
        self.library = library
        self.hums = hum
        self.speech = speech
        self.speakers = torch.flatten(torch.nonzero(library.labels[:, speech]))
        # White noise through the same front end: its real fluctuation in each band. Mean power 1 in each band.
        self.noise = noise / noise.mean(0)
        self.spec = spec
        self.band_hz = band_hz
        self.sampling = sampling
        # How many independent bins a band averages, from the noise's own fluctuation (mean² / variance).
        freedom = (1 / self.noise.var(0)).clamp(min=1)
        # The mean of `freedom` cosines of random phase has the variance 1 / (2 freedom). A uniform draw of that variance is
        # far cheaper than a normal one, and a random stretch of a long draw is cheaper than a new draw.
        self.cosines = (uniform(-1, 1, COSINE_FRAMES, len(band_hz)) * torch.sqrt(1.5 / freedom)).clamp(-1, 1)

    def mix(self, a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
        """Power of the sum of two sounds of unrelated phase."""
        start = np.random.randint(0, len(self.cosines) - a[..., 0].numel())
        cosine = self.cosines[start : start + a[..., 0].numel()].reshape(a.shape)
        # If both cancel, rounding may leave a value slightly below zero.
        return (a + b + 2 * torch.sqrt(a * b) * cosine).clamp(min=0)

    def crop(self, chosen: torch.Tensor, starts: torch.Tensor) -> torch.Tensor:
        """Power of crops with their history, a little stretched in time and shifted in frequency."""
        library, frames = self.library, self.spec["frames"]
        batch, bands = len(chosen), self.spec["melBands"]
        warps = "warping" not in self.without
        stretch = uniform(0.85, 1.15, batch, 1) if warps else torch.ones(batch, 1)
        offsets = torch.arange(-HISTORY_FRAMES, frames)
        column = (starts.unsqueeze(1) + stretch * offsets).round().long()
        inside = (column >= 0) & (column < library.columns[chosen].unsqueeze(1))
        rows = library.first_column[chosen].unsqueeze(1) + column.clamp(min=0).minimum(
            library.columns[chosen].unsqueeze(1) - 1
        )
        power = library.power[rows.reshape(-1)].reshape(batch, len(offsets), bands)
        power = power * inside.unsqueeze(2)
        shift = torch.randint(-6, 7, (batch, 1)) * warps
        band = (torch.arange(bands) + shift).clamp(0, bands - 1)
        return power.gather(2, band.unsqueeze(1).expand_as(power))

    def reverberate(self, power: torch.Tensor) -> torch.Tensor:
        """Rooms, for two sounds in five: an exponential tail, shorter for higher bands (T60 0.15 to 1.2 s)."""
        inside = torch.flatten(torch.nonzero(torch.rand(len(power)) < 0.4))
        batch, frames, bands = len(inside), power.shape[1], power.shape[2]
        hop_seconds = self.spec["hopSamples"] / self.spec["sampleRateHz"]
        t60 = uniform(0.15, 1.2, batch, 1) * torch.linspace(1, 0.5, bands)
        decay = 10 ** (-6 * hop_seconds / t60)
        wet = decibels(uniform(-12, 6, batch, 1)) * (1 - decay)
        dry = power[inside]
        # Each round doubles how far back the tail reaches, so a few whole-array steps replace one step per frame.
        tail = F.pad(dry, (0, 0, 1, 0))[:, :-1] * decay.unsqueeze(1)
        reach = 1
        while reach < frames:
            earlier = F.pad(tail, (0, 0, reach, 0))[:, :frames]
            tail = tail + earlier * (decay**reach).unsqueeze(1)
            reach *= 2
        power[inside] = self.mix(dry, wet.unsqueeze(1) * tail)
        return power

    def coloured_noise(self, batch: int) -> torch.Tensor:
        """Steady noise of random colour, total power 1, [batch, frames, bands]."""
        frames = self.spec["frames"]
        starts = torch.randint(0, len(self.noise) - frames, (batch, 1))
        noise = self.noise[starts + torch.arange(frames)]
        octaves = torch.log2(self.band_hz / 1000)
        slope_db = uniform(-9, 3, batch, 1)
        colour = decibels(slope_db * octaves).unsqueeze(1) * random_equalisation(batch, len(self.band_hz), 4)
        return noise * colour / self.total(colour).unsqueeze(2)

    def hum(self, batch: int) -> torch.Tensor:
        """Hum of random appliances, total power 1, [batch, frames, bands]."""
        frames = self.spec["frames"]
        starts = torch.randint(0, len(self.hums) - frames, (batch, 1))
        hum = self.hums[starts + torch.arange(frames)]
        return hum / self.total(hum).mean(1).reshape(-1, 1, 1)

    def babble(self, batch: int) -> torch.Tensor:
        """Several people speaking at once, equally loud; mean power of the loud parts about 1, [batch, frames, bands]."""
        voices = []
        for _ in range(VOICES):
            chosen = self.speakers[torch.randint(0, len(self.speakers), (batch,))]
            power = self.crop(chosen, self.starts(chosen))[:, HISTORY_FRAMES:]
            voices.append(power / (VOICES * self.loudness(power)).clamp(min=1e-14).reshape(-1, 1, 1))
        mixed = voices[0]
        for voice in voices[1:]:
            mixed = self.mix(mixed, voice)
        return mixed

    def total(self, power: torch.Tensor) -> torch.Tensor:
        """Power over all bands, [batch, frames]: each band is weighted by its width."""
        return (power * self.band_width()).sum(2)

    def band_width(self) -> torch.Tensor:
        """Number of FFT bins that each band spans, [bands]."""
        edges = torch.cat([self.band_hz[:1], (self.band_hz[1:] + self.band_hz[:-1]) / 2, self.band_hz[-1:]])
        return (edges[1:] - edges[:-1]).clamp(min=20) * self.spec["fftSize"] / self.spec["sampleRateHz"]

    def loudness(self, power: torch.Tensor) -> torch.Tensor:
        """Power of a window's active part, [batch]: the mean over its loudest third."""
        total = self.total(power)
        return total.topk(total.shape[1] // 3, dim=1).values.mean(1)

    def band_limit(self, power: torch.Tensor) -> torch.Tensor:
        """Narrow microphones: low-pass from 3.4 to 12 kHz, for some also a high-pass up to 400 Hz."""
        batch = len(power)
        cutoff_hz = 3400 * (12_000 / 3400) ** torch.rand(batch, 1)
        slope_db = uniform(24, 200, batch, 1)
        loss = slope_db * torch.log2(self.band_hz / cutoff_hz).clamp(min=0)
        low_hz = uniform(50, 400, batch, 1) * (torch.rand(batch, 1) < 0.5)
        loss = loss + 24 * torch.log2(low_hz.clamp(min=1) / self.band_hz).clamp(min=0)
        loss = loss * (torch.rand(batch, 1) < 0.4)
        return power * decibels(-loss).unsqueeze(1)

    def window_of(self, power: torch.Tensor) -> torch.Tensor:
        """Network input from power: compressed, normalised, with parts masked (SpecAugment, Park et al. 2019)."""
        spec = self.spec
        log_power = torch.log10(power + spec["powerFloor"])
        window = (log_power - spec["logMean"]) / spec["logStandardDeviation"]
        batch, frames, bands = window.shape
        if "masks" in self.without:
            return window
        for size, longest, shape in ((frames, 24, (batch, frames, 1)), (bands, 20, (batch, 1, bands))):
            length = torch.randint(0, longest + 1, (batch, 1)) * (torch.rand(batch, 1) < 0.5)
            start = (torch.rand(batch, 1) * (size - length)).long()
            steps = torch.arange(size)
            masked = (steps >= start) & (steps < start + length)
            window = torch.where(masked.reshape(shape), window.mean((1, 2), keepdim=True), window)
        return window

    def window_means(self, sums: torch.Tensor, chosen: torch.Tensor, starts: torch.Tensor) -> torch.Tensor:
        """Mean of the values of YAMNet's windows, over the windows of 0.975 s (every 0.48 s) that lie in the crops."""
        library = self.library
        start_seconds = starts * self.spec["hopSamples"] / self.spec["sampleRateHz"]
        first = torch.ceil((start_seconds - 0.25) / 0.48).long()
        last = torch.floor((start_seconds + 1.92 + 0.25 - 0.975) / 0.48).long()
        first = first.clamp(min=0).minimum(library.windows[chosen] - 1)
        last = last.maximum(first).minimum(library.windows[chosen] - 1)
        base = library.first_window[chosen]
        return (sums[base + last + 1] - sums[base + first]) / (last + 1 - first).unsqueeze(1)

    def draw(self, batch: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Clips and the start positions of their crops."""
        chosen = torch.multinomial(self.sampling, batch, replacement=True)
        return chosen, self.starts(chosen)

    def starts(self, chosen: torch.Tensor) -> torch.Tensor:
        """A random crop of each clip that contains some of its sound; without time shift, always the middle one."""
        library = self.library
        shift = 0.5 if "time shift" in self.without else torch.rand(len(chosen))
        which = (shift * library.start_counts[chosen]).long()
        return library.starts[library.first_start[chosen] + which]

    def sound(self, count: int) -> dict[str, torch.Tensor]:
        """Single sounds in random rooms: power of windows, and the targets of each."""
        library = self.library
        chosen, starts = self.draw(count)
        power = self.crop(chosen, starts)
        if "equalisation" not in self.without:
            power = power * random_equalisation(count, self.spec["melBands"], 4)
        if "rooms" not in self.without:
            power = self.reverberate(power)
        return {
            "power": power[:, HISTORY_FRAMES:],
            "targets": self.window_means(library.target_sums, chosen, starts).clamp(0, 1),
            "targets_known": library.targets_known[chosen],
            "scores": self.window_means(library.score_sums, chosen, starts),
            "embedding": self.window_means(library.embedding_sums, chosen, starts),
        }

    def batch(self, size: int) -> dict[str, torch.Tensor]:
        """One batch: window [n, 1, frames, bands] and the targets with their masks."""
        sound = self.sound(size)
        mixed, targets, known, scores = (sound[key] for key in ("power", "targets", "targets_known", "scores"))
        reference = self.loudness(mixed)
        alone = torch.ones(size)
        for share in () if "mixtures" in self.without else (0.4, 0.2):
            joined = torch.flatten(torch.nonzero(torch.rand(size) < share))
            if len(joined) == 0:
                continue
            other = self.sound(len(joined))
            level = reference[joined] / self.loudness(other["power"]).clamp(min=1e-14)
            level = (level * decibels(uniform(-12, 12, len(joined)))).reshape(-1, 1, 1)
            mixed[joined] = self.mix(mixed[joined], other["power"] * level)
            targets[joined] = torch.maximum(targets[joined], other["targets"])
            known[joined] *= other["targets_known"]
            scores[joined] = torch.maximum(scores[joined], other["scores"])
            alone[joined] = 0

        if "noise" not in self.without:
            noisy = torch.flatten(torch.nonzero(torch.rand(size) < 0.4))
            level = reference[noisy] * decibels(uniform(-40, 0, len(noisy)))
            mixed[noisy] = self.mix(mixed[noisy], self.coloured_noise(len(noisy)) * level.reshape(-1, 1, 1))
            humming = torch.flatten(torch.nonzero(torch.rand(size) < 0.1))
            level = reference[humming] * decibels(uniform(-40, 0, len(humming)))
            mixed[humming] = self.mix(mixed[humming], self.hum(len(humming)) * level.reshape(-1, 1, 1))

        # The teacher's outputs are for the sounds without the voices, so they are not a target for these examples.
        asked = torch.ones(size)
        if "babble" not in self.without:
            babbling = torch.flatten(torch.nonzero(torch.rand(size) < 0.25))
            level = reference[babbling] * decibels(uniform(-20, 0, len(babbling)))
            mixed[babbling] = self.mix(mixed[babbling], self.babble(len(babbling)) * level.reshape(-1, 1, 1))
            targets[babbling, self.speech] = 1
            asked[babbling] = 0

        # Some are only noise, hum or near silence: no label is active, and there is no teacher target.
        empty = torch.rand(size) < 0.08
        count = int(empty.sum())
        humming = (torch.rand(count) < 0.4).reshape(-1, 1, 1)
        nothing = torch.where(humming, self.hum(count), self.coloured_noise(count))
        mixed[empty] = nothing * decibels(uniform(-90, -10, count)).reshape(-1, 1, 1)
        targets = targets * (~empty).float().unsqueeze(1)
        known = torch.maximum(known, empty.float())
        asked = asked * (~empty).float()

        if "band limits" not in self.without:
            mixed = self.band_limit(mixed)
        if "gain" not in self.without:
            mixed = mixed * decibels(uniform(-30, 10, size)).reshape(-1, 1, 1)
        # The microphone's own noise; some inputs have none (digital silence between sounds).
        own = torch.flatten(torch.nonzero(torch.rand(size) < 0.7))
        level = decibels(uniform(-105, -60, len(own))).reshape(-1, 1, 1)
        mixed[own] = self.mix(mixed[own], self.coloured_noise(len(own)) * level)
        return {
            "window": self.window_of(mixed).unsqueeze(1),
            "targets": targets,
            "targets_known": known,
            "scores": scores.clamp(0, 1),
            "scores_known": asked,
            "embedding": sound["embedding"],
            "embedding_known": asked * alone,
        }
