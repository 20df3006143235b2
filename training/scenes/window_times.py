"""Which moment of a scene a window's score stands for."""

import numpy as np


def times_of_scores(first_end: float, step: float, windows: int, window_seconds: float) -> np.ndarray:
    """Borders of the stretches that each window's score stands for, [windows + 1]: around the middle of the window."""
    middle = first_end - window_seconds / 2 + step * np.arange(windows)
    borders = np.append(middle - step / 2, middle[-1] + step / 2)
    return np.maximum(borders, 0)


def heard_scores(borders: np.ndarray, scores: np.ndarray, seconds: float) -> tuple[np.ndarray, np.ndarray]:
    """The same from 0 to the end of the scene: the first windows begin before it, and the last middle is before its end."""
    kept = np.flatnonzero(borders[1:] > 0)
    borders = np.concatenate([[0.0], borders[kept[0] + 1 :]])
    borders[-1] = seconds
    return borders, scores[kept]
