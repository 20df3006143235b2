import type { DiaryCommands } from '../../../app/diary/diary-state';
import { type Judged, type PrecisionAt, precisionTable, proposedThreshold } from '../../../events/diary/precision';
import { type ReviewOrder, reviewOrder } from '../../../events/diary/review-order';
import type { SoundEvent } from '../../../shared/contracts/sound-event';

/** The newest events are reviewed first: older ones come when these are done. */
const MOST_OFFERED = 5000;
/** Verdicts that the table counts: the newest. */
const MOST_JUDGED = 20_000;

/** What the review asks for. */
export interface ReviewQuestion {
  /** Id of a label; empty: all. */
  readonly label: string;
  readonly order: ReviewOrder;
  readonly withClip: boolean;
}

/** The precision of one label. */
export interface LabelPrecision {
  readonly label: string;
  readonly labelName: string;
  readonly verdicts: number;
  readonly table: readonly PrecisionAt[];
  readonly proposed?: PrecisionAt;
}

/** What is left to review, and what the verdicts tell. */
export interface ReviewFigures {
  readonly queue: readonly SoundEvent[];
  /** Events without a verdict, also those beyond the queue. */
  readonly left: number;
  /** The label with the most verdicts first. */
  readonly labels: readonly LabelPrecision[];
}

/** Asks the diary what there is to review. */
export async function reviewFigures(diary: DiaryCommands, question: ReviewQuestion): Promise<ReviewFigures> {
  const { label, order, withClip } = question;
  const wanted = { ...(label === '' ? {} : { labels: [label] }), ...(withClip ? { withClip } : {}) };
  const [open, judged] = await Promise.all([
    diary.find({ ...wanted, verdicts: ['none'] }),
    diary.find({ verdicts: ['right', 'wrong', 'other'] }),
  ]);
  const [offered, reviewed] = await Promise.all([
    diary.rows(open, 0, Math.min(open.count, MOST_OFFERED)),
    diary.rows(judged, 0, Math.min(judged.count, MOST_JUDGED)),
  ]);
  const isThere = (event: SoundEvent | undefined): event is SoundEvent => event !== undefined;
  return {
    queue: reviewOrder(offered.filter(isThere), order),
    left: open.count,
    labels: precisionByLabel(reviewed.filter(isThere)),
  };
}

/** By the label that Earmark gave, whatever a person named instead. */
function precisionByLabel(events: readonly SoundEvent[]): LabelPrecision[] {
  const groups = new Map<string, SoundEvent[]>();
  for (const event of events) {
    const group = groups.get(event.label);
    if (group) group.push(event);
    else groups.set(event.label, [event]);
  }
  return [...groups]
    .map(([label, group]) => {
      const judged: readonly Judged[] = group;
      const proposed = proposedThreshold(judged);
      const labelName = group[0]?.labelName ?? label;
      return { label, labelName, verdicts: group.length, table: precisionTable(judged), ...(proposed && { proposed }) };
    })
    .sort((a, b) => b.verdicts - a.verdicts || (a.label < b.label ? -1 : 1));
}
