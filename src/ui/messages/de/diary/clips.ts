import type { diaryClipTexts as English } from '../../en/diary/clips';
import { plural } from '../words';

const clips = (count: number): string =>
  plural(count, { one: '1 Mitschnitt', other: `${count.toLocaleString('de')} Mitschnitte` });

export const diaryClipTexts: typeof English = {
  diaryClips: {
    what: 'Earmark kann den Ton von Ereignissen behalten, damit Sie sie anhören und prüfen können. Es behält nichts, bis Sie hier einen Klang oder eine Gruppe wählen. Mitschnitte bleiben auf diesem Gerät.',
    none: 'Noch wird kein Ton behalten.',
    add: 'Ton behalten',
    list: 'Was behalten wird',
    added: 'Ton von Ereignissen behalten',
    edit: (name) => `Mitschnitte von ${name}`,
    mode: 'Wie viel',
    modes: {
      stretch: 'Feste Länge',
      'until-end': 'Solange es klingt',
      never: 'Nichts, auch wenn die Gruppe behalten wird',
    },
    before: 'Sekunden vor dem Beginn',
    afterStart: 'Sekunden nach dem Beginn',
    afterEnd: 'Sekunden nach dem Ende',
    longest: 'Längster Mitschnitt',
    save: 'Speichern',
    changeOf: (name) => `Ändern, was von ${name} behalten wird`,
    removeOf: (name) => `Entfernen: Regel für ${name}`,
    saved: (name) => `Für ${name} gespeichert.`,
    removed: (name) => `Von ${name} wird nichts mehr behalten. Vorhandene Mitschnitte bleiben.`,
    stretch: (before, after) => `von ${before} vor dem Beginn bis ${after} danach`,
    untilEnd: (before, after, longest) =>
      `von ${before} vor dem Beginn bis ${after} nach dem Ende, höchstens ${longest}`,
    never: 'keine Mitschnitte',
    faults: {
      sound: 'Wählen Sie einen Klang oder eine Gruppe.',
      empty: 'Wählen Sie einige Sekunden vor oder nach dem Beginn.',
      longest: 'Der längste Mitschnitt muss länger sein als die Sekunden vor dem Beginn.',
    },
    room: 'Platz für Mitschnitte',
    megabytes: 'Höchstens (MB)',
    used: (count, size) => (count === 0 ? 'Noch keine Mitschnitte.' : `${clips(count)}, ${size} belegt.`),
    goesFirst:
      'Ist der Platz belegt, gibt der Klang mit den größten Mitschnitten seinen schwächsten ab, bei gleicher Stärke den ältesten. Was Sie für immer behalten, bleibt.',
    over: 'Belegt ist mehr als das. Earmark schafft mit dem nächsten Mitschnitt Platz. Was Sie für immer behalten, bleibt.',
    droppedForRoom: (count) =>
      `${clips(count)} ${plural(count, { one: 'ist', other: 'sind' })} gewichen, seit Earmark geöffnet ist.`,
    badMegabytes: (least, most) => `Geben Sie eine Zahl von ${least} bis ${most} ein.`,
    privacy: 'Sprache',
    filter: 'Mitschnitte mit Sprache auslassen',
    filterWhy:
      'Ein Mitschnitt wird nicht behalten, wenn Sprache irgendwo darin diese Wahrscheinlichkeit erreicht, auch in den Sekunden vor und nach dem Ereignis.',
    filterOff:
      'Mitschnitte werden auch dann behalten, wenn darin gesprochen wird. Fragen Sie vorher die Menschen in der Nähe.',
    threshold: 'Sprache zählt ab',
    more: 'Lässt mehr aus',
    fewer: 'Lässt weniger aus',
    droppedForSpeech: (count) =>
      `${clips(count)} ${plural(count, { one: 'wurde', other: 'wurden' })} wegen Sprache ausgelassen, seit Earmark geöffnet ist.`,
    keepForGood: 'Für immer behalten',
  },
};
