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


def auc_interval(positive: np.ndarray, score: np.ndarray) -> tuple[float, float, float]:
    """AUC with the 95 % interval of Hanley and McNeil (1982), on the logit scale, so that it stays below 1.

    The interval is that of one undecided pair more: an AUC of 1 from few clips proves little. Needs a positive and a
    negative clip.
    """
    auc = roc_auc(positive, score)
    positives, negatives = int(positive.sum()), int((~positive).sum())
    pairs = positives * negatives
    shrunk = (auc * pairs + 0.5) / (pairs + 1)
    of_positives, of_negatives = shrunk / (2 - shrunk) - shrunk**2, 2 * shrunk**2 / (1 + shrunk) - shrunk**2
    variance = (shrunk * (1 - shrunk) + (positives - 1) * of_positives + (negatives - 1) * of_negatives) / pairs
    logit = np.log(shrunk / (1 - shrunk))
    spread = 1.96 * np.sqrt(variance) / (shrunk * (1 - shrunk))
    low, high = (float(1 / (1 + np.exp(-edge))) for edge in (logit - spread, logit + spread))
    return auc, low, high


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
