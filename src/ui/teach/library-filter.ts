import type { ClipInfo, TaughtLabel } from '../../shared/contracts/clip';
import { labelName, t } from '../messages/messages';

/** Choices beside the labels, for clips without a label or in another state. No label has such an id. */
export const TO_BE_LABELLED = '?';
export const NONE_OF_THESE = '-';
export const TO_BE_CHECKED = '!';

/** The person's filter for the library. */
export interface ClipFilter {
  /** Part of the name of a clip, of its file or of a label. Empty: any. */
  readonly text: string;
  /** Id of a label, {@link TO_BE_LABELLED}, {@link TO_BE_CHECKED} or {@link NONE_OF_THESE}. Empty: any. */
  readonly label: string;
}

/** The matching clips, newest first. */
export function filterClips(
  clips: readonly ClipInfo[],
  labels: readonly TaughtLabel[],
  { text, label }: ClipFilter,
): ClipInfo[] {
  const words = text.trim().toLowerCase();
  const fitting = new Set(labels.filter((known) => labelName(known).toLowerCase().includes(words)).map(({ id }) => id));
  return clips
    .filter((clip) => {
      if (!hasLabel(clip, label)) return false;
      return (
        words === '' ||
        [t.clipName(clip), clip.fileName ?? ''].some((name) => name.toLowerCase().includes(words)) ||
        clip.labels.some((id) => fitting.has(id))
      );
    })
    .reverse();
}

/** Whether a clip matches the person's choice among the labels. */
function hasLabel(clip: ClipInfo, label: string): boolean {
  switch (label) {
    case '':
      return true;
    case TO_BE_LABELLED:
      return !clip.reviewed && clip.labels.length === 0;
    case TO_BE_CHECKED:
      return isToBeChecked(clip);
    case NONE_OF_THESE:
      return clip.reviewed && clip.labels.length === 0;
    default:
      return clip.labels.includes(label);
  }
}

/** Whether a clip has labels that no person has checked: they came with an import. */
export function isToBeChecked({ labels, reviewed }: ClipInfo): boolean {
  return !reviewed && labels.length > 0;
}

/** What a clip's row says about its labels. */
export function labelWords(clip: ClipInfo, names: ReadonlyMap<string, string>): string {
  const words = clip.labels.map((id) => names.get(id) ?? id).join(', ');
  if (clip.reviewed) return words || t.teach.noneOfThese;
  return words === '' ? t.library.toBeLabelled : t.library.toBeChecked(words);
}
