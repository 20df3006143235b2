"""Figures to watch during training; the reported ones come from `npm run evaluate`."""

import numpy as np

RELIABLE_FROM = 0.05
BINS = 10


def roc_auc(positive: np.ndarray, score: np.ndarray) -> float:
    """Area under the ROC curve from ranks (Mann-Whitney); ties count half."""
    _, inverse, counts = np.unique(score, return_inverse=True, return_counts=True)
    rank = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    positives, negatives = positive.sum(), (~positive).sum()
    return float((rank[positive].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def average_precision(positive: np.ndarray, score: np.ndarray) -> float:
    """Mean precision at the rank of each positive."""
    hits = positive[np.argsort(-score, kind="stable")]
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return float(precision[hits].mean())


def macro_figures(truth: np.ndarray, score: np.ndarray) -> dict[str, float]:
    """Means over labels, from scores [clips, labels] and boolean truth of the same shape; every label needs a positive."""
    labels = range(truth.shape[1])
    return {
        "macroAuc": float(np.mean([roc_auc(truth[:, i], score[:, i]) for i in labels])),
        "mAP": float(np.mean([average_precision(truth[:, i], score[:, i]) for i in labels])),
    }


def calibration_error(probability: np.ndarray, truth: np.ndarray) -> float | None:
    """Expected calibration error over outputs of at least 0.05, as in src/metrics/calibration/calibration-error.ts; None without any."""
    chosen = probability >= RELIABLE_FROM
    if not chosen.any():
        return None
    probability, truth = probability[chosen], truth[chosen]
    bins = np.minimum(BINS - 1, (probability * BINS).astype(int))
    gaps = [abs((probability[bins == i] - truth[bins == i]).sum()) for i in range(BINS)]
    return float(sum(gaps) / len(probability))
