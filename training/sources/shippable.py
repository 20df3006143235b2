"""Writes the clips that may ship as exemplars: all clips that training may use, except those that test the network.

    python -m training.sources.shippable --data DATA --hold-out 4 --out CACHE/shippable.csv
    python -m training.sources.shippable --data DATA --hold-out 4 a --more --out CACHE/shippable.csv

`--more` adds the clips of `more.csv`; then each clip has the labels of `lists/candidate-labels.json` that its own mean, and
those above them. `fold` of these clips is their half.
"""

import argparse
import csv
from pathlib import Path

from training.clips import LISTS, TESTED_SOURCES, may_ship, read_clip_rows, read_reserved, read_rows
from training.labels import labels_above, labels_by_class, labels_of_clip, read_candidates


def shippable(rows: list[dict[str, str]], hold_out: list[str], reserved: set[str]) -> list[dict[str, str]]:
    """The rows of clips that may ship: not in a held-out fold, not reserved, and under a licence that allows it."""
    return [
        row for row in rows if may_ship(row["licence"]) and row["file"] not in reserved and row["fold"] not in hold_out
    ]


def rows_of_more(data: Path) -> list[dict[str, str]]:
    """The rows of `more.csv` that training may use; `fold` is their source's half."""
    half_of = {row["source"]: row["set"] for row in read_rows(LISTS / "more-halves.csv")}
    rows = [row for row in read_rows(data / "more.csv") if row["source"] not in TESTED_SOURCES]
    return [{**row, "fold": half_of[row["source"]]} for row in rows]


def with_all_labels(rows: list[dict[str, str]], data: Path) -> list[dict[str, str]]:
    """The rows with the candidate labels that they have, in alphabetical order."""
    candidates = read_candidates()
    by_class, above = labels_by_class(data, candidates), labels_above(candidates)
    return [
        {**row, "labels": ";".join(sorted(labels_of_clip(row["labels"].split(";"), by_class, above)))} for row in rows
    ]


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with clips.csv")
    parser.add_argument("--hold-out", nargs="*", default=["4"], help="folds and halves that the model is tested on")
    parser.add_argument("--more", action="store_true", help="the clips of more.csv as well")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    reserved = read_reserved(LISTS / "reserved-clips.txt")
    rows = read_clip_rows(arguments.data / "clips.csv")
    if arguments.more:
        rows = with_all_labels([*rows, *rows_of_more(arguments.data)], arguments.data)
    with arguments.out.open("w", newline="") as handle:
        writer = csv.DictWriter(handle, ["file", "fold", "labels"], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(shippable(rows, arguments.hold_out, reserved))


if __name__ == "__main__":
    main()
