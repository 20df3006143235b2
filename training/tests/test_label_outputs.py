"""The hierarchy of the labels."""

from graphlib import CycleError

import numpy as np
import pytest

from training.network.label_outputs import outputs_of_labels

LABELS = outputs_of_labels(["bark", "animal", "dog"], [[5], [0], [3, 4]], [["dog"], [], ["animal"]])


def test_a_label_means_the_classes_of_everything_below_it() -> None:
    assert LABELS.classes == [[5], [0, 3, 4, 5], [3, 4, 5]]
    assert LABELS.ancestors == [[1, 2], [], [1]]


def test_a_parent_is_never_below_its_child() -> None:
    raised = LABELS.raise_parents(np.array([[0.9, 0.1, 0.4], [0.0, 0.2, 0.1]]))
    assert raised.tolist() == [[0.9, 0.9, 0.9], [0.0, 0.2, 0.1]]


def test_labels_cannot_be_their_own_ancestors() -> None:
    with pytest.raises(CycleError):
        outputs_of_labels(["a", "b"], [[], []], [["b"], ["a"]])
