"""Which labels are supported by other people's recordings."""

import numpy as np
import pytest

pytest.importorskip("torch", reason="torch is not installed (training/requirements.txt has it)")

from training.evaluation.supported import Heard, support_of

ABOVE = {"bark": {"dog", "animal"}, "dog": {"animal"}, "animal": set(), "car": set()}


def heard(labels: list[str], scores: dict[str, list[float]], sources: str = "") -> Heard:
    """One clip a label, each from its own source unless `sources` names them."""
    own = [{label} for label in labels]
    full = [of | {up for label in of for up in ABOVE[label]} for of in own]
    return Heard(list(sources or "abcdefghij"[: len(labels)]), full, own, {k: np.array(v) for k, v in scores.items()})


def test_a_clip_of_the_child_has_the_label_and_one_of_the_parent_is_left_out() -> None:
    tested = heard(["bark", "dog", "animal", "car", "car"], {"dog": [0.9, 0.8, 0.95, 0.1, 0.2]})
    support = support_of("dog", [tested], ABOVE)
    assert support is not None
    assert (support.clips, support.sources, support.auc) == (2, 2, 1)
    assert support.low < 0.95


def test_each_network_counts_by_its_clips() -> None:
    good = heard(["dog", "dog", "dog", "car"], {"dog": [0.9, 0.9, 0.9, 0.1]})
    bad = heard(["dog", "car"], {"dog": [0.1, 0.9]}, "xy")
    support = support_of("dog", [good, bad], ABOVE)
    assert support is not None
    assert support.auc == pytest.approx(0.75)
    assert not support.is_enough


def test_a_label_from_one_source_is_not_supported() -> None:
    tested = heard(["dog"] * 6 + ["car"], {"dog": [0.9] * 6 + [0.1]}, "aaaaaab")
    support = support_of("dog", [tested], ABOVE)
    assert support is not None
    assert support.clips == 6
    assert support.auc == 1
    assert not support.is_enough


def test_a_label_without_clips_has_no_figure() -> None:
    assert support_of("dog", [heard(["car"], {"dog": [0.1]})], ABOVE) is None
