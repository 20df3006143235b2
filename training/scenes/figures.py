"""PSDS and event-based F1 of events and scores that `npm run scenes` wrote, by the packages that the field uses.

    python -m training.scenes.figures RESULTS.json

RESULTS.json has `labels`; `scenes` with `file`, `seconds`, `truth` and `detected` as [label, onset, end]; and for each scene
the scores of its windows, in `scores.f32`, as [windows, labels]. Prints one line of JSON. Needs sed_scores_eval and
sed_eval (training/requirements-scenes.txt).

- PSDS (Bilen et al. 2020; exact computation by Ebbers et al. 2022) of the probabilities alone, with the thresholds of DCASE
  2022: “psds1” rewards the right times (0.7 of each), “psds2” rather the right labels (0.1 of each, cross triggers count).
  Half a window before its end is the moment of a score.
- Event-based F1 of the detected events, at the shipped thresholds: an onset may be 0.5 s off, an end is not judged.
- Only labels that sound somewhere in the scenes have these figures. Nothing is left out where the truth is unknown.
"""

import argparse
import json
import warnings
from pathlib import Path
from typing import Any

import dcase_util
import numpy as np
import sed_eval
from sed_scores_eval.base_modules.scores import create_score_dataframe
from sed_scores_eval.intersection_based import psds

from training.scenes.window_times import heard_scores, times_of_scores

ONSET_COLLAR_SECONDS = 0.5
PSDS = {
    "psds1": {"dtc_threshold": 0.7, "gtc_threshold": 0.7, "alpha_ct": 0.0, "alpha_st": 1.0},
    "psds2": {"dtc_threshold": 0.1, "gtc_threshold": 0.1, "cttc_threshold": 0.3, "alpha_ct": 0.5, "alpha_st": 1.0},
}

# Logits are rounded to this before PSDS, which keeps one more set of counts for each value: without it, two hours need 5.6 GB and
# eight more than 20. It takes 0.002 off PSDS 2 of two hours (0.240) and less off PSDS 1.
SCORE_STEP = 0.01
LEAST_PROBABILITY = 1e-7

Times = list[tuple[str, float, float]]


def rounded(probabilities: np.ndarray) -> np.ndarray:
    """Scores in the order of these probabilities, of which few are different."""
    clipped = probabilities.astype(np.float64).clip(LEAST_PROBABILITY, 1 - LEAST_PROBABILITY)
    return np.round(np.log(clipped / (1 - clipped)) / SCORE_STEP) * SCORE_STEP


def psds_of(results: dict[str, Any], scores: dict[str, np.ndarray], labels: list[str]) -> dict[str, float]:
    """Both PSDS over the labels that sound somewhere."""
    columns = [results["labels"].index(label) for label in labels]
    frames, truth, durations = {}, {}, {}
    for scene in results["scenes"]:
        borders = times_of_scores(
            scene["firstEndSeconds"], scene["stepSeconds"], len(scores[scene["file"]]), results["windowSeconds"]
        )
        borders, heard = heard_scores(borders, scores[scene["file"]], scene["seconds"])
        frames[scene["file"]] = create_score_dataframe(rounded(heard[:, columns]), borders, labels)
        truth[scene["file"]] = [(onset, end, label) for label, onset, end in scene["truth"]]
        durations[scene["file"]] = scene["seconds"]
    return {
        name: float(psds(frames, truth, durations, unit_of_time="hour", max_efpr=100.0, **options)[0])
        for name, options in PSDS.items()
    }


def event_f1(results: dict[str, Any], labels: list[str]) -> dict[str, float]:
    """Onset-based F1: the mean over the labels that sound somewhere, and of all events together."""

    def listed(file: str, times: Times) -> dcase_util.containers.MetaDataContainer:
        return dcase_util.containers.MetaDataContainer(
            [
                {"filename": file, "event_label": label, "onset": onset, "offset": end}
                for label, onset, end in times
                if label in labels
            ]
        )

    metrics = sed_eval.sound_event.EventBasedMetrics(
        event_label_list=labels,
        t_collar=ONSET_COLLAR_SECONDS,
        evaluate_onset=True,
        evaluate_offset=False,
        event_matching_type="optimal",
    )
    for scene in results["scenes"]:
        metrics.evaluate(listed(scene["file"], scene["truth"]), listed(scene["file"], scene["detected"]))
    of_label = metrics.results_class_wise_metrics()
    found = [of_label[label]["f_measure"]["f_measure"] for label in labels]
    overall = metrics.results_overall_metrics()["f_measure"]["f_measure"]
    return {"f1Macro": float(np.nan_to_num(found).mean()), "f1Micro": float(np.nan_to_num(overall))}


def figures_of(path: Path) -> dict[str, float]:
    """All figures of a results file."""
    results = json.loads(path.read_text())
    labels = sorted({label for scene in results["scenes"] for label, _, _ in scene["truth"]})
    values = np.fromfile(path.with_name("scores.f32"), np.float32).reshape(-1, len(results["labels"]))
    ends = np.cumsum([scene["windows"] for scene in results["scenes"]])
    parts = np.split(values, ends[:-1])
    scores = {scene["file"]: part for scene, part in zip(results["scenes"], parts, strict=True)}
    return {"labels": len(labels), **psds_of(results, scores, labels), **event_f1(results, labels)}


def main() -> None:
    """Runs the command described in the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("results", type=Path)
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    print(json.dumps(figures_of(arguments.results)))


if __name__ == "__main__":
    main()
