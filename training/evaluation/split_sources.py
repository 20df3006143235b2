"""Splits the sources of `tests.csv` into three sets of other people's recordings, before anyone sees a result.

    python -m training.evaluation.split_sources --list DATA/tests.csv --out training/lists/test-sources.csv
    python -m training.evaluation.split_sources --list DATA/more.csv --out training/lists/more-halves.csv

`development` is for choosing, `outside` for reporting, and `sealed` is run once at the end. `more.csv` is split into two
halves, `a` and `b`: each of the networks for tests leaves one out and is tested on it. A source is in one set as a whole, so
that no two sets share microphones. Of many random splits and their neighbours, the script keeps the one with the
most labels that have two or more sources in each set, and with the clips divided as in SHARES. It reads only the list: no
sound, no model.
"""

import argparse
import csv
import random
from collections import Counter, defaultdict
from pathlib import Path

from training.clips import TESTED_SOURCES, read_rows

SHARES = {
    "tests.csv": {"development": 0.25, "outside": 0.4, "sealed": 0.35},
    "more.csv": {"a": 0.5, "b": 0.5},
}
WANTED_SOURCES = 2
SEED = 2017
RESTARTS = 20


def labels_of_sources(rows: list[dict[str, str]]) -> dict[str, Counter[str]]:
    """How many clips of each label a source has."""
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        labels[row["source"]].update(row["labels"].split(";"))
    return dict(labels)


def worth(
    sets: dict[str, str], labels: dict[str, Counter[str]], clips: Counter[str], shares: dict[str, float]
) -> float:
    """How good a split is: labels with enough sources, summed over the sets, minus the error of the sizes."""
    sources: Counter[tuple[str, str]] = Counter()
    sizes: Counter[str] = Counter()
    for source, name in sets.items():
        sizes[name] += clips[source]
        sources.update((name, label) for label in labels[source])
    covered = sum(min(count, WANTED_SOURCES) ** 2 for count in sources.values())
    total = sum(clips.values())
    off = sum(abs(sizes[name] / total - share) for name, share in shares.items())
    return covered - 100 * off


def split(rows: list[dict[str, str]], shares: dict[str, float], seed: int = SEED) -> dict[str, str]:
    """The set of each source."""
    labels = labels_of_sources(rows)
    clips = Counter(row["source"] for row in rows)
    rng = random.Random(seed)
    best: dict[str, str] = {}
    best_worth = float("-inf")
    for _ in range(RESTARTS):
        sets = {source: rng.choices(list(shares), list(shares.values()))[0] for source in sorted(labels)}
        found = worth(sets, labels, clips, shares)
        improved = True
        while improved:
            improved = False
            for source in rng.sample(sorted(labels), len(labels)):
                for name in shares:
                    tried = {**sets, source: name}
                    value = worth(tried, labels, clips, shares)
                    if value > found:
                        sets, found, improved = tried, value, True
        if found > best_worth:
            best, best_worth = sets, found
    return best


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", type=Path, required=True, help="tests.csv or more.csv")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    shares = SHARES[arguments.list.name]
    rows = [row for row in read_rows(arguments.list) if row["source"] not in TESTED_SOURCES]
    sets = split(rows, shares)
    clips = Counter(row["source"] for row in rows)
    with arguments.out.open("w", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["source", "set", "clips"])
        writer.writerows((source, sets[source], clips[source]) for source in sorted(sets))
    labels = labels_of_sources(rows)
    for name in shares:
        chosen = [source for source in sets if sets[source] == name]
        sources = Counter(label for source in chosen for label in labels[source])
        enough = sum(count >= WANTED_SOURCES for count in sources.values())
        print(
            f"{name}: {sum(clips[s] for s in chosen)} clips of {len(chosen)} sources, {len(sources)} labels, "
            f"{enough} of them from {WANTED_SOURCES} sources or more"
        )


if __name__ == "__main__":
    main()
