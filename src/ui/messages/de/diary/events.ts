import type { diaryTexts as English } from '../../en/diary/events';
import { plural, quoted } from '../words';

const events = (count: number): string =>
  plural(count, { one: '1 Ereignis', other: `${count.toLocaleString('de')} Ereignisse` });

export const diaryTexts: typeof English = {
  diary: {
    title: 'Tagebuch',
    parts: 'Teile des Tagebuchs',
    pages: {
      events: 'Ereignisse',
      day: 'Tag',
      week: 'Woche',
      month: 'Monat',
      review: 'Prüfen',
      sounds: 'Klänge',
      alerts: 'Meldungen',
      clips: 'Mitschnitte',
    },
    opening: 'Das Tagebuch wird geöffnet…',
    missing: 'Das Tagebuch lässt sich nicht öffnen, deshalb wird nichts notiert. Zuhören funktioniert wie bisher.',
    tryAgain: 'Erneut versuchen',
    elsewhere:
      'Ein anderes Earmark-Fenster schreibt das Tagebuch. Schließen Sie jenes Fenster, damit dieses schreiben kann.',
    unwritten: (count, isFull) => {
      const what = `${count === 0 ? 'Pegel' : events(count)} ${plural(count, { one: 'konnte', other: 'konnten' })} noch nicht gespeichert werden`;
      return isFull
        ? `${what}, weil der Browser keinen Platz mehr hat. Löschen Sie Mitschnitte, oder schaffen Sie Platz auf dem Laufwerk, und lassen Sie dieses Fenster offen: Earmark holt das Speichern dann nach.`
        : `${what}. Lassen Sie dieses Fenster offen: Earmark holt das nach, sobald es geht.`;
    },
    off: 'Das Tagebuch ist ausgeschaltet: Neues wird nicht notiert.',
    turnOn: 'Tagebuch einschalten',
    emptyNever: 'Noch nichts notiert. Drücken Sie „Zuhören“: Earmark notiert jeden erkannten Klang mit seiner Uhrzeit.',
    emptyListening: 'Noch nichts gehört. Sobald ein Klang seine Schwelle erreicht, erscheint er hier.',
    nothingPasses: 'Kein Ereignis passt zu diesen Filtern.',
    showAll: 'Alle Ereignisse anzeigen',
    count: (shown, total) =>
      shown === total ? events(total) : `${shown.toLocaleString('de')} von ${total.toLocaleString('de')} Ereignissen`,
    firstOnly: (shown) =>
      `Angezeigt werden die neuesten ${shown.toLocaleString('de')} Ereignisse. Ältere finden Sie mit den Filtern.`,
    newer: 'Neue Ereignisse anzeigen',
    list: 'Ereignisse, neueste zuerst',
    eventCount: events,
    strength: 'Stärke',
    play: (name) => `${name} abspielen`,
    stop: 'Anhalten',
    verdicts: {
      none: 'Nicht geprüft',
      right: 'Richtig',
      wrong: 'Falsch',
      other: 'Anderer Klang',
      unsure: 'Unsicher',
    },
    insteadOf: (name) => `statt ${name}`,
    readLater: 'Wird geladen…',
  },

  diaryFilter: {
    title: 'Ereignisse filtern',
    text: 'Namen und Notizen durchsuchen',
    label: 'Klang',
    anyLabel: 'Alle Klänge',
    group: 'Gruppe',
    sounds: 'Klänge',
    from: 'Von',
    to: 'Bis',
    strength: 'Stärke',
    anyStrength: 'Jede Stärke',
    atLeast: (share) => `mindestens ${share}`,
    verdict: 'Urteil',
    anyVerdict: 'Jedes Urteil',
    withClip: 'Nur mit Ton',
    more: 'Weitere Filter',
    clear: 'Filter aufheben',
    span: (from, to) => `${from} bis ${to}`,
    removeSpan: (span) => `${span} entfernen`,
  },

  diaryRetention: {
    title: 'Alte Ereignisse automatisch löschen',
    days: 'Ereignisse behalten',
    daysOf: (days) =>
      days === null
        ? 'für immer'
        : days % 365 === 0
          ? plural(days / 365, { one: '1 Jahr', other: `${days / 365} Jahre` })
          : plural(days, { one: '1 Tag', other: `${days} Tage` }),
    most: 'Höchstens behalten',
    apply: 'Anwenden',
    applyAndDelete: (count) => `Anwenden und jetzt ${events(count)} löschen`,
    how: 'Während Earmark zuhört, werden stündlich die ältesten Ereignisse jenseits dieser Grenzen gelöscht, samt ihrem Ton. Ereignisse, deren Ton Sie für immer behalten, bleiben.',
  },

  diaryEvent: {
    close: 'Schließen',
    gone: 'Dieses Ereignis gibt es nicht mehr.',
    when: 'Gehört',
    length: 'Länge',
    strength: 'Stärke',
    strengthFacts: (peak, mean) => `höchstens ${peak}, im Mittel ${mean}`,
    level: 'Pegel',
    threshold: 'Schwelle',
    microphone: 'Quelle',
    demo: 'Demo',
    unnamed: 'Mikrofon',
    model: 'Modell',
    goesOn: 'Setzt ein früheres Ereignis fort, das wegen seiner Länge geteilt wurde.',
    heardAs: (name) => `Earmark hörte ${quoted(name)}.`,
    isRight: 'War das richtig?',
    other: 'Was war es?',
    otherHint: 'Klang eingeben',
    useOther: 'Speichern',
    badName: 'Verwenden Sie Buchstaben oder Ziffern, höchstens 60 Zeichen.',
    note: 'Notiz',
    noteSaved: 'Wird beim Tippen gespeichert.',
    noSound: 'Der Ton dazu wurde nicht behalten.',
    spectrogram: (name) => `Spektrogramm von ${name}`,
    remove: 'Ereignis löschen',
    reallyRemove: 'Endgültig löschen',
    keepIt: 'Behalten',
  },
};
