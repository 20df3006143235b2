"""Which labels may ship: their AUC, with its interval, on other people's recordings that the tested network never heard.

    python -m training.evaluation.supported --data DATA --cache CACHE --network 4=RUN --network 2=RUN --out IDS.txt

Each network is tested on the half of `more.csv` that it left out, and the first one also on `--tests`: sets of `tests.csv`
(`sealed` only to report what ships), and lists of clips with our labels that nobody trained on (sources/outside.py). A label
is supported if LEAST_CLIPS clips from LEAST_SOURCES sources have it and its AUC reaches LEAST_AUC. A clip has the label if
its list says so of the label or of one below it; clips of a label above it are left out, because they may hold it. IDS.txt
gets the supported labels, one a line, for `python -m training.labels --only`.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from training.clips import LISTS, TESTED_SOURCES, read_features, read_rows
from training.evaluation.metrics import auc_interval
from training.evaluation.others import EVERY_SET, rows_of_set, scores_of_run
from training.labels import LEAST_CLIPS, LEAST_SOURCES, labels_above, labels_by_class, labels_of_clip, read_candidates
from training.make_mobilenet import LEFT_OUT
from training.network.adaptation_data import finished_features
from training.network.checkpoint import load_network

LEAST_AUC = 0.95


@dataclass
class Heard:
    """Clips that one network was tested on."""

    sources: list[str]
    labels: list[set[str]]
    own: list[set[str]]  # without what is above them
    scores: dict[str, np.ndarray]  # [clips] by label


@dataclass
class Support:
    """How well a label is recognised."""

    label: str
    clips: int
    sources: int
    auc: float
    low: float
    high: float

    @property
    def is_enough(self) -> bool:
        """Whether the label may ship."""
        return self.clips >= LEAST_CLIPS and self.sources >= LEAST_SOURCES and self.auc >= LEAST_AUC


def rows_of_half(data: Path, half: str) -> list[dict[str, str]]:
    """Rows of `more.csv` whose source is in a half."""
    set_of = {row["source"]: row["set"] for row in read_rows(LISTS / "more-halves.csv")}
    rows = [row for row in read_rows(data / "more.csv") if row["source"] not in TESTED_SOURCES]
    return [row for row in rows if set_of[row["source"]] == half]


def hear(network: Path, rows: list[dict[str, str]], columns: dict[str, np.ndarray], data: Path) -> Heard:
    """A network's scores of all clips that have features."""
    candidates = read_candidates()
    by_class, above = labels_by_class(data, candidates), labels_above(candidates)
    rows = [row for row in rows if row["file"] in columns]
    _, facts = load_network(network)
    scores = scores_of_run(network, columns, [row["file"] for row in rows])[1]
    labels = [labels_of_clip(row["labels"].split(";"), by_class, above) for row in rows]
    own = [of - {up for label in of for up in above[label]} for of in labels]
    by_label = {label: scores[:, i] for i, label in enumerate(facts["labels"])}
    return Heard([row["source"] for row in rows], labels, own, by_label)


def support_of(label: str, heard: list[Heard], above: dict[str, set[str]]) -> Support | None:
    """The label's AUC: the mean over the networks, weighted by their positive clips. None if no clip has it."""
    parts, sources = [], set()
    for tested in heard:
        positive = np.array([label in of for of in tested.labels])
        unclear = np.array([bool(own & above[label]) for own in tested.own]) & ~positive
        if not positive.any():
            continue
        sources |= {source for source, has in zip(tested.sources, positive, strict=True) if has}
        parts.append((positive.sum(), *auc_interval(positive[~unclear], tested.scores[label][~unclear])))
    if not parts:
        return None
    clips, auc, low, high = np.array(parts).T
    weights = clips / clips.sum()
    return Support(label, int(clips.sum()), len(sources), *(float(weights @ of) for of in (auc, low, high)))


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--network", action="append", required=True, metavar="FOLD=RUN")
    parser.add_argument("--tests", nargs="*", default=[], metavar="SET|LIST.csv=FEATURES")
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    torch.set_flush_denormal(True)
    columns, _ = read_features(finished_features(arguments.cache / "features"))
    heard = []
    for given in arguments.network:
        fold, run = given.split("=", 1)
        heard.append(hear(Path(run), rows_of_half(arguments.data, LEFT_OUT[fold][1]), columns, arguments.data))
    first = Path(arguments.network[0].split("=", 1)[1])
    for given in arguments.tests:
        name, features = given.split("=", 1)
        tested, _ = read_features([Path(features)])
        rows = rows_of_set(arguments.data, name) if name in EVERY_SET else read_rows(Path(name))
        heard.append(hear(first, rows, tested, arguments.data))
    above = labels_above(read_candidates())
    found = [support_of(label, heard, above) for label in heard[0].scores]
    supported = [support for support in found if support]
    for support in sorted(supported, key=lambda of: (not of.is_enough, of.label)):
        print(
            f"{support.label:20} {support.clips:4} clips {support.sources:3} sources  "
            f"{support.auc:.3f} ({support.low:.3f} to {support.high:.3f}){'' if support.is_enough else '  no'}"
        )
    enough = [support.label for support in supported if support.is_enough]
    print(f"{len(enough)} labels are supported")
    if arguments.out:
        arguments.out.write_text("\n".join(enough) + "\n")


if __name__ == "__main__":
    main()
