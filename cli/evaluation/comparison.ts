import { selectPredictions } from '../../src/metrics/predictions';
import { macroAucDifference } from '../../src/metrics/roc/macro-auc-interval';
import type { Interval } from '../../src/shared/contracts/model/figures';
import type { ClipRow } from '../clips/clip-list';
import type { ClipScorer } from '../clips/clip-scorer';
import { type Among, type Figures, judge, outputsOfNamed, type ScoredClips, scoreClips } from './evaluation';

/** A peer that leads on a label by more than this wins it. */
export const CLEAR_LEAD_AUC = 0.02;

/** Another system's figures on the same clips. */
export interface Comparison {
  readonly figures: Figures;
  /** Our macro AUC minus the peer's, with its paired 95 % interval. */
  readonly macroAucLead: Interval | null;
  /** Ids of the labels on which the peer's AUC is more than {@link CLEAR_LEAD_AUC} higher. */
  readonly labelsPeerLeads: readonly string[];
}

/** A peer's figures beside ours, and why it has no scores for some clips. */
export interface PeerEvaluation {
  readonly comparison: Comparison;
  readonly scored: ScoredClips;
  readonly faults: readonly string[];
}

/**
 * Evaluates a peer on the clips that we scored, and compares both. Clips without a score by the peer are left out of
 * the comparison for both.
 *
 * @param peer has a score for each of our labels. @throws Error if it lacks one.
 */
export async function compareWithPeer(
  ours: ScoredClips,
  named: ReadonlySet<string>,
  among: Among,
  peer: ClipScorer,
): Promise<PeerEvaluation> {
  const missing = ours.ids.filter((id) => named.has(id) && !peer.labels.includes(id));
  if (missing.length > 0) throw new Error(`the peer has no scores for ${missing.join(', ')}`);
  const theirs = await scoreClips(ours.rows, inOurOrder(peer, ours));
  const own = clipsOf(ours, new Set(theirs.rows.map(({ file }) => file)));
  const ownLabels = judge(own, named, among).labels;
  const figures = judge(theirs, named, among);
  const leads = figures.labels.filter(({ id, auc }, label) => {
    const ownAuc = ownLabels[label]?.auc ?? null;
    return named.has(id) && auc !== null && ownAuc !== null && auc - ownAuc > CLEAR_LEAD_AUC;
  });
  return {
    comparison: {
      figures,
      macroAucLead: macroAucDifference(outputsOfNamed(own, named), outputsOfNamed(theirs, named)),
      labelsPeerLeads: leads.map(({ id }) => id),
    },
    scored: theirs,
    faults: theirs.faults,
  };
}

/** One of our labels that the peer lacks gets 0. */
function inOurOrder(peer: ClipScorer, { ids, above }: ScoredClips): ClipScorer {
  const columns = ids.map((id) => peer.labels.indexOf(id));
  return {
    labels: ids,
    above,
    async score(file) {
      const scores = await peer.score(file);
      return Float32Array.from(columns, (column) => scores[column] ?? 0);
    },
  };
}

function clipsOf(scored: ScoredClips, files: ReadonlySet<string>): ScoredClips {
  const kept = [...scored.rows.keys()].filter((clip) => files.has(scored.rows[clip]?.file as string));
  return {
    ...scored,
    rows: kept.map((clip) => scored.rows[clip] as ClipRow),
    predictions: selectPredictions(scored.predictions, kept, [...scored.ids.keys()]),
  };
}
