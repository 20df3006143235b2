import type { Advice } from '../../../shared/contracts/messages/advice';
import type { Adjusted, NamedClip, Notice, UndoOffer } from '../../../shared/contracts/messages/notice';
import { labelNameIn } from '../label-name';
import { labelNames } from '../label-names';
import type { TextsOf } from '../texts';
import { labels } from './labels';
import { clipName } from './names';
import { clips, listed, plural, quoted } from './words';

const quotedClip = (clip: NamedClip): string => quoted(clipName(clip));
const quotedLabel = (label: { readonly id: string; readonly name: string }): string =>
  quoted(labelNameIn(labels, labelNames, label));

/** Follows a sentence about what was saved. */
function damagedLeftOut(count: number): string {
  if (count === 0) return '';
  return ` ${plural(count, { one: '1 damaged entry was', other: `${count} damaged entries were` })} left out.`;
}

/** Events of the diary. */
function entries(events: number): string {
  return plural(events, { one: '1 diary entry', other: `${events} diary entries` });
}

/** Recordings of the queue. */
function ofHours(recordings: number): string {
  return plural(recordings, { one: '1 recording', other: `${recordings} recordings` });
}

/** The outcome of the person's last action. */
export const notices: TextsOf<Notice> = {
  'training-stopped': 'Training stopped. Your clips and profiles are unchanged.',
  'head-trained': ({ head }) => `${quoted(head)} is trained and in use.`,
  'head-exported': ({ head, file }) => `${quoted(head)} was saved as ${quoted(file)} in your downloads.`,
  'head-waits': ({ head }) =>
    `${quoted(head)} belongs to another model, and comes back with it. Until then, Earmark’s own profile is used.`,
  'clips-exported': ({ clips: count, leftOut, file }) =>
    `${clips(count)} ${plural(count, { one: 'was', other: 'were' })} saved as ${quoted(file)} in your downloads.${damagedLeftOut(leftOut)}`,
  'backup-saved': ({ file, clips: count, heads, events, recordings, leftOut }) => {
    const profiles = plural(heads, { one: '1 profile', other: `${heads} profiles` });
    const diary = events > 0 ? `, ${entries(events)}` : '';
    const results = recordings > 0 ? `, the events of ${ofHours(recordings)}` : '';
    return `Everything was saved as ${quoted(file)}: ${clips(count)}, ${profiles}${diary}${results} and your settings.${damagedLeftOut(leftOut)}`;
  },
  imported: ({ clips: count, heads, events = 0, recordings = 0, alreadyThere, leftOut, others, adjusted }) => {
    const names = heads.map(quoted).join(', ');
    const parts = [
      ...(count > 0 ? [`${clips(count)} imported`] : []),
      ...(heads.length > 0
        ? [`${plural(heads.length, { one: '1 profile', other: `${heads.length} profiles` })} imported (${names})`]
        : []),
      ...(events > 0 ? [`${entries(events)} imported`] : []),
      ...(recordings > 0 ? [`the events of ${ofHours(recordings)} imported`] : []),
      ...(alreadyThere > 0 ? [`${alreadyThere} already there`] : []),
      ...(leftOut > 0 ? [`${leftOut} skipped`] : []),
      ...(others > 0 ? [`${plural(others, { one: '1 other file', other: `${others} other files` })} ignored`] : []),
    ];
    const howTo = heads.length > 0 ? ' To use a profile, go to Teach → Profiles and press “Use”.' : '';
    return `${parts.join(', ') || 'Nothing was imported'}.${adjusted ? adjustments(adjusted) : ''}${howTo}`;
  },
  'recording-lost': 'The recording was lost, because the model was restarted. Start another one.',
  'undone-in-part': ({ changedSince }) => `Undone, except for ${clips(changedSince)} with later changes.`,
};

/** What was done to sounds that could not be taken as they are. */
function adjustments({ oneChannel, quieter }: Adjusted): string {
  const files = (count: number): string => plural(count, { one: '1 file', other: `${count} files` });
  return [
    ...(oneChannel > 0
      ? [
          ` In ${files(oneChannel)}, only one channel was used: the channels cancel each other, or the others are silent.`,
        ]
      : []),
    ...(quieter > 0 ? [` ${files(quieter)} went beyond full scale, and the sound was made quieter.`] : []),
  ].join('');
}

/** A change that can be undone. */
export const undoOffers: TextsOf<UndoOffer> = {
  'head-deleted': ({ head }) => `The profile ${quoted(head)} was deleted.`,
  'clip-deleted': ({ clip }) => `${quotedClip(clip)} was deleted.`,
  'clips-deleted': ({ clips: count }) => `${clips(count)} ${plural(count, { one: 'was', other: 'were' })} deleted.`,
  'clip-changed': ({ clip }) => `${quotedClip(clip)} was changed.`,
  'clip-trimmed': ({ clip }) => `${quotedClip(clip)} was trimmed.`,
  'label-renamed': ({ before, now }) =>
    `${quotedLabel(before)} is now called ${quotedLabel(now)}. Profiles show it once you train again.`,
  'labels-merged': ({ before, now }) =>
    `${quotedLabel(before)} was merged with ${quotedLabel(now)}. Profiles show it once you train again.`,
  'labels-changed': ({ clips: count }) => `The labels of ${clips(count)} were changed.`,
  'labels-accepted': ({ clips: count }) => `The labels of ${clips(count)} were accepted.`,
};

/** Advice on a head. Labels are referred to by name. */
export const adviceOf = (nameOf: (label: string) => string): TextsOf<Advice> => {
  const label = (id: string): string => quoted(nameOf(id));
  return {
    'too-few': ({ label: id, clips: count, enough }) =>
      `${label(id)} has too few clips to tell how reliable it is: ${count} of ${enough}. Record ${enough - count} more.`,
    'no-background':
      'No clip is marked “None of these”. To avoid false alarms, keep some sounds that should not be recognised.',
    confused: ({ actual, heard, mutual }) =>
      mutual
        ? `${label(actual)} and ${label(heard)} are often confused. Record more of both.`
        : `${label(actual)} is often mistaken for ${label(heard)}. Record more of both.`,
    'one-sitting': ({ labels: ids }) =>
      `All clips of ${listed(ids.map(label))} were kept within one minute, so ${plural(ids.length, { one: 'its', other: 'their' })} results may look too good. Record some at another time or from farther away.`,
    weak: ({ label: id }) =>
      `${label(id)} is hard to tell from the rest. Trim its clips to just the sound, and record more of it.`,
  };
};
