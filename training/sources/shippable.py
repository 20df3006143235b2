"""Writes the clips that may ship as exemplars: all clips that training may use, except the held-out fold.

python -m training.sources.shippable --data DATA --hold-out 4 --out CACHE/shippable.csv
"""

import argparse
import csv
from pathlib import Path

from training.clips import LISTS, may_ship, read_clip_rows, read_reserved


def shippable(rows: list[dict[str, str]], hold_out: str, reserved: set[str]) -> list[dict[str, str]]:
    """The rows of clips that may ship: not in the held-out fold, not reserved, and under a licence that allows it."""
    return [row for row in rows if may_ship(row["licence"]) and row["file"] not in reserved and row["fold"] != hold_out]


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with clips.csv")
    parser.add_argument("--hold-out", default="4", help="fold that the model is tested on")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    reserved = read_reserved(LISTS / "reserved-clips.txt")
    rows = read_clip_rows(arguments.data / "clips.csv")
    with arguments.out.open("w", newline="") as handle:
        writer = csv.DictWriter(handle, ["file", "fold", "labels"], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(shippable(rows, arguments.hold_out, reserved))


if __name__ == "__main__":
    main()
