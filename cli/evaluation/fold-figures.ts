import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { expectedCalibrationError } from '../../src/metrics/calibration/calibration-error';
import { pooledOutputs } from '../../src/metrics/predictions';
import { type Calibration, calibrate } from '../../src/model/folder/calibration';
import type { Interval } from '../../src/shared/contracts/model/figures';
import type { LogitsFile } from '../clips/clip-logits';
import { tableScorer } from '../clips/clip-scorer';
import { compareWithPeer, type PeerEvaluation } from './comparison';
import { type Figures, judge, namedLabels, RELIABLE_FROM, type ScoredClips } from './evaluation';
import { type FoldResults, noCalibration, readSet, scoresOf } from './fold-results';

/** A meter below it does not claim that its label sounds. */
const METER_THRESHOLD = 0.5;

/** The set that losses are measured against. */
const CLEAN = 'clean';

/** One system's figures on one set, each a fraction; null if a figure is undefined. */
export interface Headline {
  readonly accuracy: number | null;
  /** Drop in accuracy from the clean clips, if the set is made from the same clips. */
  readonly accuracyLoss: number | null;
  readonly macroAuc: number | null;
  readonly mAP: number | null;
  /** Expected calibration error over outputs of at least 0.05. */
  readonly reliableEce: number | null;
  /** The same over all labels of the model, as a person sees them; of those that the set does not name, none counts as present. */
  readonly allLabelsEce: number | null;
  readonly presentButSurelyNot: number | null;
  readonly absentButSurely: number | null;
}

/** A model on one set, beside the peer. */
export interface SetFigures {
  readonly clips: number;
  readonly model: Headline;
  /** The uncalibrated model's calibration error, over outputs of at least 0.05. */
  readonly uncalibratedEce: number | null;
  /** For a set without labels: the share of windows in which every meter stays below 0.5. */
  readonly quietWindows: number | null;
  readonly peer: Headline | null;
  /** The model's macro AUC minus the peer's, with its paired 95 % interval. */
  readonly macroAucLead: Interval | null;
  /** Labels on which the peer's AUC is more than 0.02 higher. */
  readonly labelsPeerLeads: readonly string[];
}

/** The scores behind a set's figures. */
export interface SetScores {
  readonly calibrated: ScoredClips;
  readonly uncalibrated: ScoredClips;
  readonly peer: ScoredClips | null;
}

/** A fold's model on every set. */
export interface FoldFigures {
  readonly name: string;
  readonly sets: Readonly<Record<string, SetFigures>>;
  readonly scores: ReadonlyMap<string, SetScores>;
  readonly faults: readonly string[];
}

/** Evaluates a fold's model, and the peer beside it if `yamnet/SET.csv` exists. */
export async function judgeFold({ name, folder, sets, calibration }: FoldResults): Promise<FoldFigures> {
  const found: Record<string, SetFigures> = {};
  const scores = new Map<string, SetScores>();
  const faults: string[] = [];
  // The clean set comes first, because the others' losses are measured against it.
  for (const set of [...sets].sort((a, b) => Number(b === CLEAN) - Number(a === CLEAN))) {
    const logits = await readSet(folder, set);
    const plain = noCalibration(logits.labels);
    const line = calibration ?? plain;
    const calibrated = await scoresOf(logits, line);
    const uncalibrated = await scoresOf(logits, plain);
    const named = namedLabels(calibrated.rows);
    const peer = named.size === 0 ? undefined : await peerOn(join(folder, 'yamnet', `${set}.csv`), calibrated, named);
    const isOfCleanClips = scores.get(CLEAN)?.calibrated.rows.every(({ file }, i) => file === calibrated.rows[i]?.file);
    const clean = isOfCleanClips ? found[CLEAN] : undefined;
    const lossOf = ({ accuracy }: Figures, before: Headline | null | undefined): number | null =>
      accuracy === null || before?.accuracy == null ? null : before.accuracy - accuracy;
    const headlineOf = (
      figures: Figures,
      { predictions }: ScoredClips,
      before: Headline | null | undefined,
    ): Headline => ({
      accuracy: figures.accuracy,
      accuracyLoss: lossOf(figures, before),
      macroAuc: figures.macroAuc,
      mAP: figures.mAP,
      reliableEce: figures.reliableEce,
      allLabelsEce: expectedCalibrationError(pooledOutputs(predictions), { minimum: RELIABLE_FROM }),
      presentButSurelyNot: figures.sureAndWrong.present,
      absentButSurely: figures.sureAndWrong.absent,
    });
    found[set] = {
      clips: calibrated.rows.length,
      model: headlineOf(judge(calibrated, named, 'named'), calibrated, clean?.model),
      uncalibratedEce: judge(uncalibrated, named, 'named').reliableEce,
      quietWindows: named.size === 0 ? quietWindows(logits, line) : null,
      peer: peer === undefined ? null : headlineOf(peer.comparison.figures, peer.scored, clean?.peer),
      macroAucLead: peer?.comparison.macroAucLead ?? null,
      labelsPeerLeads: peer?.comparison.labelsPeerLeads ?? [],
    };
    scores.set(set, { calibrated, uncalibrated, peer: peer?.scored ?? null });
    faults.push(...(peer?.faults ?? []).map((fault) => `${name}, ${set}: ${fault}`));
    const unknown = [...named].filter((id) => !logits.labels.includes(id));
    faults.push(...unknown.map((id) => `${name}, ${set}: the model has no label "${id}"`));
  }
  return { name, sets: found, scores, faults };
}

/** One set's scores from all folds, concatenated. @param of which scores. */
export function pooledScores(
  folds: readonly FoldFigures[],
  sets: readonly string[],
  of: keyof SetScores = 'calibrated',
): ScoredClips {
  const parts = folds.flatMap(({ scores }) => sets.flatMap((set) => scores.get(set)?.[of] ?? []));
  const [first] = parts;
  if (first === undefined) throw new Error(`there are no results of ${sets.join(' or ')}`);
  return {
    ids: first.ids,
    above: first.above,
    rows: parts.flatMap(({ rows }) => rows),
    predictions: {
      labelCount: first.ids.length,
      probabilities: Float32Array.from(parts.flatMap(({ predictions }) => [...predictions.probabilities])),
      truth: Uint8Array.from(parts.flatMap(({ predictions }) => [...predictions.truth])),
    },
    faults: parts.flatMap(({ faults }) => faults),
  };
}

async function peerOn(
  table: string,
  scored: ScoredClips,
  named: ReadonlySet<string>,
): Promise<PeerEvaluation | undefined> {
  const isThere = await access(table).then(
    () => true,
    () => false,
  );
  return isThere ? compareWithPeer(scored, named, 'named', await tableScorer(table)) : undefined;
}

function quietWindows({ clips }: LogitsFile, calibration: Calibration): number {
  const windows = clips.flatMap(({ logits }) => logits);
  const quiet = windows.filter((row) =>
    calibrate(Float32Array.from(row), calibration).every((p) => p < METER_THRESHOLD),
  );
  return quiet.length / windows.length;
}
