"""Calibrates a model folder on scenes with known times, and measures it on others.

    python -m training.scenes.fit_model --data DATA --cache CACHE --model public/models/earmark-52 --hours 2 --half a

Runs from the repository's root. Makes the scenes unless CACHE has them (make.py), tags them with the model, writes its
calibration.json and thresholds.json from the set `fit`, and prints its figures on the set `report`, four times as long, before and
after. With `--half`, as many hours of the set `wide` count as well. `--clips` are its outputs for clips that it did not learn
from (`npm run logits`), which the calibration has to suit as well. What moments have meant goes into its figures.json, if it
has one. `--reserved` is for a network that learned from all folds.
"""

import argparse
import subprocess
import sys
from pathlib import Path

from training.make_model import npm, python
from training.scenes.sounds import WIDE

# Hours of `report` and `wide` for each hour of `fit`: two hours hold too few false alarms of a label to count them, and `wide` has
# five times as many recordings.
LONGER = 4


def fit_model(
    data: Path,
    cache: Path,
    model: Path,
    hours: float,
    half: str | None,
    only_reserved: bool,
    clips: Path | None = None,
) -> None:
    """Runs all steps."""
    scenes = cache / ("scenes-reserved" if only_reserved else "scenes")
    if not scenes.exists():
        # Under another name first, so that an unfinished set is never taken for a finished one.
        partial = scenes.with_name(f"{scenes.name}.partial")
        made = ["--data", data, "--out", partial, *(["--reserved"] if only_reserved else [])]
        python("scenes.make", *made, "--hours", hours, "--sets", "fit")
        python("scenes.make", *made, "--hours", LONGER * hours, "--sets", "report")
        if half:
            python("scenes.make", *made, "--hours", LONGER * hours, "--sets", WIDE, "--half", half)
        partial.rename(scenes)
    outputs = cache / "scene-outputs" / model.name
    measured = ["--model", model, "--scenes", scenes, "--out", outputs]
    npm("scenes", *measured)
    sets = ["fit", *([WIDE] if (scenes / WIDE).exists() else [])]
    fitted = [part for name in sets for part in ("--scenes", scenes / name, "--outputs", outputs / name)]
    npm("calibrate", *fitted, *(["--clips", clips] if clips else []), "--into", model)
    npm("scenes", *measured, *(["--into", model] if (model / "figures.json").exists() else []))


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--data", type=Path, required=True, help="folder with clips.csv, tests.csv, clips/ and teacher/"
    )
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True, help="a model folder")
    parser.add_argument("--hours", type=float, default=2, help="of `fit`, if scenes are made")
    parser.add_argument("--reserved", action="store_true", help="of the fold, only clips that no network ever hears")
    parser.add_argument("--half", help="the half of more.csv that the tested network did not hear, for `wide`")
    parser.add_argument("--clips", type=Path, help="outputs for clips that the calibration has to suit as well")
    arguments = parser.parse_args()
    of_scenes = (arguments.hours, arguments.half, arguments.reserved)
    try:
        fit_model(arguments.data, arguments.cache, arguments.model.resolve(), *of_scenes, arguments.clips)
    except subprocess.CalledProcessError as error:
        sys.exit(f"stopped: “{' '.join(error.cmd[:4])} …” ended with {error.returncode}; its own message stands above")


if __name__ == "__main__":
    main()
