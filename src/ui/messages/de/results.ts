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

function damagedLeftOut(count: number): string {
  if (count === 0) return '';
  return ` ${plural(count, { one: '1 beschädigter Eintrag wurde', other: `${count} beschädigte Einträge wurden` })} ausgelassen.`;
}

export const notices: TextsOf<Notice> = {
  'training-stopped': 'Training abgebrochen. Ihre Clips und Profile sind unverändert.',
  'head-trained': ({ head }) => `${quoted(head)} ist trainiert und in Gebrauch.`,
  'head-exported': ({ head, file }) => `${quoted(head)} liegt als ${quoted(file)} in Ihren Downloads.`,
  'head-waits': ({ head }) =>
    `${quoted(head)} gehört zu einem anderen Modell und kommt mit ihm zurück. Bis dahin gilt das Profil von Earmark.`,
  'clips-exported': ({ clips: count, leftOut, file }) =>
    `${clips(count)} ${plural(count, { one: 'liegt', other: 'liegen' })} als ${quoted(file)} in Ihren Downloads.${damagedLeftOut(leftOut)}`,
  'backup-saved': ({ file, clips: count, heads, events, recordings, leftOut }) => {
    const profiles = plural(heads, { one: '1 Profil', other: `${heads} Profile` });
    const diary = events > 0 ? `, ${entries(events)}` : '';
    const results = recordings > 0 ? `, die Ereignisse ${ofHours(recordings)}` : '';
    return `Alles wurde als ${quoted(file)} gespeichert: ${clips(count)}, ${profiles}${diary}${results} und Ihre Einstellungen.${damagedLeftOut(leftOut)}`;
  },
  imported: ({ clips: count, heads, events = 0, recordings = 0, alreadyThere, leftOut, others, adjusted }) => {
    const names = heads.map(quoted).join(', ');
    const parts = [
      ...(count > 0 ? [`${clips(count)} importiert`] : []),
      ...(heads.length > 0
        ? [`${plural(heads.length, { one: '1 Profil', other: `${heads.length} Profile` })} importiert (${names})`]
        : []),
      ...(events > 0 ? [`${entries(events)} importiert`] : []),
      ...(recordings > 0 ? [`die Ereignisse ${ofHours(recordings)} importiert`] : []),
      ...(alreadyThere > 0 ? [`${alreadyThere} schon vorhanden`] : []),
      ...(leftOut > 0 ? [`${leftOut} ausgelassen`] : []),
      ...(others > 0
        ? [`${plural(others, { one: '1 andere Datei', other: `${others} andere Dateien` })} ignoriert`]
        : []),
    ];
    const howTo =
      heads.length > 0 ? ' Um ein Profil zu verwenden, drücken Sie unter Anlernen → Profile auf „Verwenden“.' : '';
    return `${parts.join(', ') || 'Es wurde nichts importiert'}.${adjusted ? adjustments(adjusted) : ''}${howTo}`;
  },
  'recording-lost': 'Die Aufzeichnung ging verloren, weil das Modell neu gestartet wurde. Starten Sie eine neue.',
  'undone-in-part': ({ changedSince }) =>
    `Rückgängig gemacht, außer bei ${clips(changedSince)} mit späteren Änderungen.`,
};

/** What was done to sounds that could not be taken as they are. */
function adjustments({ oneChannel, quieter }: Adjusted): string {
  const files = (count: number): string => plural(count, { one: '1 Datei', other: `${count} Dateien` });
  return [
    ...(oneChannel > 0
      ? [
          ` Bei ${files(oneChannel)} wurde nur ein Kanal verwendet: Die Kanäle löschen sich aus, oder die anderen sind stumm.`,
        ]
      : []),
    ...(quieter > 0
      ? [
          ` ${files(quieter)} ${plural(quieter, { one: 'war', other: 'waren' })} übersteuert. Der Ton wurde leiser gemacht.`,
        ]
      : []),
  ].join('');
}

export const undoOffers: TextsOf<UndoOffer> = {
  'head-deleted': ({ head }) => `Das Profil ${quoted(head)} wurde gelöscht.`,
  'clip-deleted': ({ clip }) => `${quotedClip(clip)} wurde gelöscht.`,
  'clips-deleted': ({ clips: count }) =>
    `${clips(count)} ${plural(count, { one: 'wurde', other: 'wurden' })} gelöscht.`,
  'clip-changed': ({ clip }) => `${quotedClip(clip)} wurde geändert.`,
  'clip-trimmed': ({ clip }) => `${quotedClip(clip)} wurde zugeschnitten.`,
  'label-renamed': ({ before, now }) =>
    `${quotedLabel(before)} heißt jetzt ${quotedLabel(now)}. Profile zeigen das nach dem nächsten Training.`,
  'labels-merged': ({ before, now }) =>
    `${quotedLabel(before)} wurde mit ${quotedLabel(now)} zusammengeführt. Profile zeigen das nach dem nächsten Training.`,
  'labels-changed': ({ clips: count }) => `Die Labels von ${clips(count)} wurden geändert.`,
  'labels-accepted': ({ clips: count }) => `Die Labels von ${clips(count)} wurden bestätigt.`,
};

export const adviceOf = (nameOf: (label: string) => string): TextsOf<Advice> => {
  const label = (id: string): string => quoted(nameOf(id));
  return {
    'too-few': ({ label: id, clips: count, enough }) =>
      `${label(id)} hat zu wenige Clips, um zu sagen, wie zuverlässig es ist: ${count} von ${enough}. Nehmen Sie noch ${enough - count} auf.`,
    'no-background':
      'Kein Clip ist mit „Nichts davon“ markiert. Behalten Sie einige Klänge, die nicht erkannt werden sollen, um Fehlalarme zu vermeiden.',
    confused: ({ actual, heard, mutual }) =>
      mutual
        ? `${label(actual)} und ${label(heard)} werden oft verwechselt. Nehmen Sie von beiden mehr auf.`
        : `${label(actual)} wird oft für ${label(heard)} gehalten. Nehmen Sie von beiden mehr auf.`,
    'one-sitting': ({ labels: ids }) =>
      `Alle Clips von ${listed(ids.map(label))} entstanden ${plural(ids.length, { one: '', other: 'jeweils ' })}innerhalb einer Minute, deshalb können die Ergebnisse zu gut aussehen. Nehmen Sie einige zu einer anderen Zeit oder aus größerer Entfernung auf.`,
    weak: ({ label: id }) =>
      `${label(id)} ist schwer vom Rest zu unterscheiden. Schneiden Sie die Clips auf den Klang zu, und nehmen Sie mehr davon auf.`,
  };
};

/** Recordings of the queue, in the genitive. */
function ofHours(recordings: number): string {
  return plural(recordings, { one: 'einer Aufnahme', other: `von ${recordings} Aufnahmen` });
}

/** Events of the diary. */
function entries(events: number): string {
  return plural(events, { one: '1 Tagebucheintrag', other: `${events} Tagebucheinträge` });
}
