"""From features to `public/models/earmark-52`: trains four networks, tests each on its held-out fold, and ships fold 4's.

    python -m training.make_model --data DATA --cache CACHE

Runs from the repository's root and needs what steps 1 to 3 of README.md put into CACHE. Existing networks, test sets and
YAMNet scores are not made again, and an interrupted training resumes from its last checkpoint.
"""

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from training.clips import read_clip_rows

SHIPPED_FOLD = "4"
FOLDS = (SHIPPED_FOLD, "1", "2", "3")
MODEL = Path("public/models/earmark-52")
FIGURES = Path("docs/figures")


class Stage(NamedTuple):
    """One run of train.py; it starts from the averaged weights of the previous one."""

    name: str
    steps: int
    decay_steps: int


BROAD = Stage("broad", 3_000, 400)
OF_A_FOLD = (Stage("run", 13_000, 3_000), Stage("fine", 17_000, 16_900))


def python(module: str, *arguments: object) -> None:
    """Runs a module of this package."""
    subprocess.run([sys.executable, "-m", f"training.{module}", *map(str, arguments)], check=True)


def npm(script: str, *arguments: object) -> None:
    """Runs a script of package.json."""
    subprocess.run(["npm", "run", "--silent", script, "--", *map(str, arguments)], check=True)


def steps_done(run: Path) -> int:
    """The step of a run's last checkpoint."""
    card = run / "run.json"
    return int(json.loads(card.read_text())["steps"]) if card.exists() else 0


def once(folder: Path, make: Callable[[Path], None]) -> None:
    """Makes a folder under another name first, so that an unfinished one is never taken for a finished one."""
    if folder.exists():
        return
    partial = folder.with_name(f"{folder.name}.partial")
    make(partial)
    partial.rename(folder)


class Maker:
    """One method per result, all with the same folders."""

    def __init__(self, data: Path, cache: Path, device: str, fewer: int) -> None:
        self.data, self.cache, self.device, self.fewer = data, cache, device, fewer

    def train(self, hold_out: str, stage: Stage, out: Path, start: Path | None = None) -> None:
        """Continues a training until it has all its steps."""
        steps = max(1, stage.steps // self.fewer)
        if steps_done(out) >= steps:
            return
        print(f"training {out.name}: {steps} steps", flush=True)
        inputs = [
            "--data",
            self.data,
            "--debian",
            self.cache / "debian" / "train",
            "--cache",
            self.cache,
            "--device",
            self.device,
        ]
        beginning = ["--start", start] if start else []
        falling = max(1, stage.decay_steps // self.fewer)
        python(
            "network.train",
            *inputs,
            "--hold-out",
            hold_out,
            *beginning,
            "--steps",
            steps,
            "--decay-steps",
            falling,
            "--out",
            out,
        )

    def network(self, fold: str) -> None:
        """Trains the network without this fold, and writes its model folder."""
        start = self.cache / BROAD.name
        for stage in OF_A_FOLD:
            run = self.cache / f"{stage.name}-{fold}"
            self.train(fold, stage, run, start)
            start = run
        python("network.export", start)
        name, into = (MODEL.name, MODEL.parent) if fold == SHIPPED_FOLD else (f"fold-{fold}", self.cache / "models")
        npm("export-model", "--run", start, "--network", MODEL.name, "--name", name, "--into", into)
        shutil.copyfile(start / "run.json", f"training/runs/{MODEL.name}-fold-{fold}.json")

    def exemplars(self) -> None:
        """The negatives for teaching “My sounds”: examples of the clips that may ship."""
        shippable, debian = self.cache / "shippable.csv", self.cache / "debian" / "train"
        python("sources.shippable", "--data", self.data, "--hold-out", SHIPPED_FOLD, "--out", shippable)
        background = ["--background", debian / "clips.csv", "--background-root", debian / "clips"]
        npm("exemplars", "--clips", shippable, "--root", self.data / "clips", *background)

    def tests(self, fold: str) -> None:
        """The network's and YAMNet's outputs for the fold's sets, for `outside` and for sounds without a label."""
        folder = self.cache / f"fold-{fold}"
        once(
            folder / "sets",
            lambda out: python("evaluation.test_sets", "--data", self.data, "--fold", fold, "--out", out),
        )
        sets = [*sorted((folder / "sets").iterdir()), self.cache / "outside"]
        yamnet = self.data / "teacher" / "yamnet.tflite"
        python("evaluation.peer", "--model", yamnet, "--out", folder / "yamnet", *sets)
        model = MODEL if fold == SHIPPED_FOLD else self.cache / "models" / f"fold-{fold}"
        npm("logits", "--model", model, "--out", folder / "logits", *sets, self.cache / "no-label")

    def figures(self) -> None:
        """Calibration, figures and plots of the shipped model."""
        folders = [self.cache / f"fold-{fold}" for fold in sorted(FOLDS)]
        evaluation = FIGURES / "evaluation.json"
        measured_on = (
            f"{len(read_clip_rows(self.data / 'clips.csv')):,} clips, each judged by a model that did not learn from it"
        )
        npm("evaluate:all", "--json", evaluation, "--into", MODEL, "--measured-on", measured_on, *folders)
        # Fold 4's network is the one that ships, so scenes of fold 4 are new to it.
        python("scenes.fit_model", "--data", self.data, "--cache", self.cache, "--model", MODEL)
        seed = FIGURES / "evaluation-seed-2017.json"
        python("evaluation.plots", "--evaluation", evaluation, "--seed-2017", seed, "--model", MODEL, "--out", FIGURES)

    def model(self) -> None:
        """Makes everything, in the order of the dependencies."""
        self.train("all", BROAD, self.cache / BROAD.name)
        for fold in FOLDS:
            self.network(fold)
        self.exemplars()
        once(self.cache / "no-label", lambda out: python("sources.sounds_without_label", "--out", out))
        for fold in FOLDS:
            self.tests(fold)
        self.figures()


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--data", type=Path, required=True, help="folder with clips.csv, extra.csv, clips/ and teacher/"
    )
    parser.add_argument(
        "--cache",
        type=Path,
        required=True,
        help="folder with features/, teacher-*.npz, debian/train, made/, soundfont/ and outside/",
    )
    parser.add_argument("--device", default="cpu", help="cpu or cuda")
    parser.add_argument(
        "--fewer", type=int, default=1, help="divides all steps: 1000 goes the whole way in minutes, to no good network"
    )
    arguments = parser.parse_args()
    try:
        Maker(arguments.data, arguments.cache, arguments.device, arguments.fewer).model()
    except subprocess.CalledProcessError as error:
        sys.exit(f"stopped: “{' '.join(error.cmd[:4])} …” ended with {error.returncode}; its own message stands above")


if __name__ == "__main__":
    main()
