"""The training loop shared by adaptation and the label heads: steps, averaged weights, figures, and resuming."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

GRADIENT_NORM = 5.0
AVERAGING = 0.998
WEIGHT_DECAY = 1e-4
SAVE_STEPS = 250
EVALUATION_STEPS = 500


@dataclass
class Run:
    """A training run that can be interrupted: everything that its next step depends on is in its folder."""

    folder: Path
    model: nn.Module
    groups: list[list[nn.Parameter]]
    facts: dict[str, Any]  # what run.json says besides steps and history
    evaluate: Callable[[nn.Module], dict[str, float]]
    seed: int
    step: int = 0
    history: list[dict[str, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.averaged = AveragedModel(self.model, multi_avg_fn=get_ema_multi_avg_fn(AVERAGING), use_buffers=True)
        self.optimizer = torch.optim.AdamW([{"params": group} for group in self.groups], weight_decay=WEIGHT_DECAY)
        if self.checkpoint.exists():
            self.resume()
        else:
            self.note({"step": 0, **self.evaluate(self.averaged)})
        # A resumed run must not repeat the examples of its beginning.
        torch.manual_seed(self.seed + self.step)
        np.random.seed(self.seed + self.step)

    @property
    def checkpoint(self) -> Path:
        """The path of the run's state."""
        return self.folder / "checkpoint.pt"

    def resume(self) -> None:
        """Restores the state from the folder."""
        saved = torch.load(self.checkpoint)
        self.model.load_state_dict(saved["model"])
        self.averaged.load_state_dict(saved["averaged"])
        self.optimizer.load_state_dict(saved["optimizer"])
        self.step, self.history = saved["step"], saved["history"]

    def note(self, row: dict[str, float]) -> None:
        """Adds a row to the history and prints it."""
        self.history.append(row)
        print(json.dumps(row), flush=True)

    def save(self) -> None:
        """Writes state and facts; the state is replaced atomically, so an interruption leaves a readable one."""
        state = {name: part.state_dict() for name, part in (("model", self.model), ("averaged", self.averaged))}
        state |= {"optimizer": self.optimizer.state_dict(), "step": self.step, "history": self.history}
        unfinished = self.checkpoint.with_suffix(".tmp")
        torch.save(state, unfinished)
        unfinished.replace(self.checkpoint)
        facts = {**self.facts, "seed": self.seed, "steps": self.step, "history": self.history}
        (self.folder / "run.json").write_text(json.dumps(facts, indent=1))

    def train(
        self, steps: int, rates: Callable[[int], list[float]], losses_of: Callable[[], dict[str, torch.Tensor]]
    ) -> None:
        """Trains up to `steps`. `rates` gives the groups' learning rates at a step, `losses_of` the parts of a batch's loss."""
        sums: dict[str, float] = {}
        began, since = time.monotonic(), self.step
        while self.step < steps:
            for group, rate in zip(self.optimizer.param_groups, rates(self.step), strict=True):
                group["lr"] = rate
            self.model.train()
            losses = losses_of()
            self.optimizer.zero_grad()
            torch.stack(list(losses.values())).sum().backward()
            nn.utils.clip_grad_norm_(self.model.parameters(), GRADIENT_NORM)
            self.optimizer.step()
            self.averaged.update_parameters(self.model)
            self.step += 1
            for name, loss in losses.items():
                sums[name] = sums.get(name, 0) + float(loss.detach())
            if self.step % SAVE_STEPS and self.step < steps:
                continue
            row: dict[str, float] = {"step": self.step, "seconds": round(time.monotonic() - began)}
            row |= {name: round(total / (self.step - since), 4) for name, total in sums.items()}
            if self.step % EVALUATION_STEPS == 0 or self.step == steps:
                row |= self.evaluate(self.averaged)
            sums, since = {}, self.step
            self.note(row)
            self.save()
