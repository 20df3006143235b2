"""The split of other people's recordings."""

from collections import Counter

from training.clips import LISTS, read_rows
from training.evaluation.split_sources import SHARES, split


def test_labels_of_four_sources_are_in_two_sets_at_least() -> None:
    rows = [{"source": f"s{i}", "labels": "Dog"} for i in range(4)] * 5
    sets = split(rows)
    assert set(sets) == {"s0", "s1", "s2", "s3"}
    assert len(set(sets.values())) >= 2


def test_the_split_is_the_same_each_time() -> None:
    rows = [{"source": f"s{i}", "labels": label} for i in range(9) for label in ("Dog", "Cat")]
    assert split(rows) == split(list(reversed(rows)))


def test_the_committed_list_names_each_source_once() -> None:
    rows = read_rows(LISTS / "test-sources.csv")
    assert len(rows) == 54
    assert max(Counter(row["source"] for row in rows).values()) == 1
    assert {row["set"] for row in rows} == set(SHARES)
    assert sum(int(row["clips"]) for row in rows) == 1616
