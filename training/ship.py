"""Makes the model folder that ships, with the figures of the network that was tested.

    python -m training.ship --data DATA --cache CACHE --tested training/checkpoints/mobilenet-labels-4.npz \
        --shipped training/checkpoints/mobilenet-labels-all.npz --only training/checkpoints/earmark-120-labels.txt

Runs from the repository's root. TESTED is a run or checkpoint of label_heads.py that heard neither fold 4 nor half `a` of
`more.csv`; SHIPPED one that heard everything but the reserved clips. Calibration, thresholds and figures are those of TESTED:
on sound that SHIPPED has heard, they would be too good. public/models/NAME gets them, SHIPPED's weights and its exemplars;
its CARD.md stays, but for the figures between its markers. What is already in CACHE is not made again.
"""

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

from training.make_model import npm, once, python
from training.scenes.fit_model import fit_model

MODELS = Path("public/models")
FOLD, HALF = "4", "a"
HOURS_OF_SCENES = 2.0
OF_TESTED = ("calibration.json", "thresholds.json")


class Shipment:
    """One method per result, all with the same folders."""

    def __init__(self, data: Path, cache: Path, name: str, only: Path) -> None:
        self.data, self.cache, self.only = data, cache, only
        self.shipped, self.tested = MODELS / name, cache / "models" / f"{name}-{FOLD}"
        self.tests, self.outside, self.unheard = (cache / f"{name}-{part}" for part in ("tests", "outside", "unheard"))

    def make(self, tested: Path, shipped: Path) -> None:
        """Runs all steps."""
        self.export(tested, self.tested)
        self.make_tests()
        self.measure()
        self.export(shipped, self.shipped)
        self.write_figures()
        self.write_exemplars()

    def export(self, network: Path, into: Path) -> None:
        """Makes a model folder of a network."""
        run = self.cache / "exports" / into.name
        python("network.export_mobilenet", network, run, "--only", self.only)
        npm("export-model", "--run", run, "--name", into.name, "--into", into.parent)

    def make_tests(self) -> None:
        """The sets of the fold, and other people's recordings."""
        debian, listed = self.cache / "debian" / "outside", self.cache / "outside"
        once(debian, lambda out: python("sources.debian", "--use", "outside", "--out", out))
        once(listed, lambda out: python("sources.outside", "--data", self.data, "--debian", debian, "--out", out))
        sets = self.tests / "sets"
        once(sets, lambda out: python("evaluation.test_sets", "--data", self.data, "--fold", FOLD, "--out", out))
        of_others = ["--data", self.data, "--only", self.only]
        every = ["--half", HALF, "--list", listed]
        once(sets / "others", lambda out: python("evaluation.others_set", *of_others, *every, "--out", out))
        alone = ["--sets", "outside"]
        outside = self.outside / "sets" / "outside"
        once(outside, lambda out: python("evaluation.others_set", *of_others, *alone, "--out", out))
        # All of `others` but `outside`, which calibration must not see.
        seen = ["--sets", "development", *every]
        unheard = self.unheard / "sets" / "unheard"
        once(unheard, lambda out: python("evaluation.others_set", *of_others, *seen, "--out", out))

    def measure(self) -> None:
        """The tested network's outputs for all tests, its calibration and its thresholds."""
        for folder in (self.tests, self.outside, self.unheard):
            npm("logits", "--model", self.tested, "--out", folder / "logits", *sorted((folder / "sets").iterdir()))
        clips = self.unheard / "logits" / "unheard.json"
        fit_model(self.data, self.cache, self.tested.resolve(), HOURS_OF_SCENES, HALF, only_reserved=False, clips=clips)

    def write_figures(self) -> None:
        """Calibration, thresholds and figures of the tested network, in the folder that ships."""
        for file in OF_TESTED:
            shutil.copyfile(self.tested / file, self.shipped / file)
        calibration = ["--calibration", self.tested / "calibration.json"]
        into = ["--into", self.shipped, "--measured-on", "held-out-fold"]
        npm("evaluate:all", *calibration, *into, self.tests)
        npm("evaluate:all", *calibration, self.outside)
        scenes, outputs = self.cache / "scenes", self.cache / "scene-outputs" / self.tested.name
        npm("scenes", "--model", self.tested, "--scenes", scenes, "--out", outputs, "--into", self.shipped)

    def write_exemplars(self) -> None:
        """The negatives for teaching: examples of the clips that may ship."""
        shippable = self.cache / "shippable.csv"
        # It learned from all folds; the reserved clips are left out in any case.
        python("sources.shippable", "--data", self.data, "--hold-out", "--more", "--out", shippable)
        npm("exemplars", "--model", self.shipped.name, "--clips", shippable, "--root", self.data / "clips")


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--tested", type=Path, required=True, help="a network that heard neither the fold nor the half")
    parser.add_argument("--shipped", type=Path, required=True, help="the network that heard everything")
    parser.add_argument("--only", type=Path, required=True, help="the labels that ship, one a line")
    parser.add_argument("--name", default="earmark-120", help="a folder of public/models")
    arguments = parser.parse_args()
    shipment = Shipment(arguments.data, arguments.cache, arguments.name, arguments.only)
    try:
        shipment.make(arguments.tested, arguments.shipped)
    except subprocess.CalledProcessError as error:
        sys.exit(f"stopped: “{' '.join(error.cmd[:4])} …” ended with {error.returncode}; its own message stands above")


if __name__ == "__main__":
    main()
