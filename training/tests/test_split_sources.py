"""The split of other people's recordings."""

from collections import Counter

from training.clips import LISTS, read_rows
from training.evaluation.split_sources import SHARES, split

TESTS = SHARES["tests.csv"]


def test_labels_of_four_sources_are_in_two_sets_at_least() -> None:
    rows = [{"source": f"s{i}", "labels": "Dog"} for i in range(4)] * 5
    sets = split(rows, TESTS)
    assert set(sets) == {"s0", "s1", "s2", "s3"}
    assert len(set(sets.values())) >= 2


def test_the_split_is_the_same_each_time() -> None:
    rows = [{"source": f"s{i}", "labels": label} for i in range(9) for label in ("Dog", "Cat")]
    assert split(rows, TESTS) == split(list(reversed(rows)), TESTS)


def test_the_committed_list_names_each_source_once() -> None:
    rows = read_rows(LISTS / "test-sources.csv")
    assert len(rows) == 54
    assert max(Counter(row["source"] for row in rows).values()) == 1
    assert {row["set"] for row in rows} == set(TESTS)
    assert sum(int(row["clips"]) for row in rows) == 1616


def test_the_halves_share_the_clips_and_name_each_source_once() -> None:
    rows = read_rows(LISTS / "more-halves.csv")
    assert max(Counter(row["source"] for row in rows).values()) == 1
    clips = {half: sum(int(row["clips"]) for row in rows if row["set"] == half) for half in SHARES["more.csv"]}
    assert abs(clips["a"] - clips["b"]) < 0.02 * sum(clips.values())
