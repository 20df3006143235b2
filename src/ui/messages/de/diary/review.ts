import type { diaryReviewTexts as English } from '../../en/diary/review';
import { plural } from '../words';

export const diaryReviewTexts: typeof English = {
  diaryReview: {
    what: 'Sagen Sie, was jedes Ereignis war. Ihre Antworten berichtigen sofort alle Listen und Diagramme und zeigen, wie verlässlich jeder Klang erkannt wird.',
    order: 'Reihenfolge',
    orders: {
      teaching: 'Nahe der Schwelle (lehrt am meisten)',
      strength: 'Stärkste zuerst',
      random: 'Zufällig (für ehrliche Zahlen)',
    },
    left: (count) => plural(count, { one: 'Noch 1 Ereignis', other: `Noch ${count.toLocaleString('de')} Ereignisse` }),
    strength: (peak, threshold) => `${peak}, Schwelle ${threshold}`,
    skip: 'Überspringen',
    similar: 'Ähnliche suchen',
    noSimilar: 'Dasselbe Modell hat nichts gehört, was sich damit vergleichen lässt.',
    similarClips: 'Ähnliche Clips unter „Anlernen“',
    cosine: (share) => `${share} ähnlich`,
    allRight: (count, areAll) =>
      areAll
        ? plural(count, { one: 'Ebenfalls richtig', other: `Alle ${count} sind richtig` })
        : plural(count, { one: 'Das nicht geprüfte ist richtig', other: `Die ${count} nicht geprüften sind richtig` }),
    allWrong: (count, areAll) =>
      areAll
        ? plural(count, { one: 'Ebenfalls falsch', other: `Alle ${count} sind falsch` })
        : plural(count, { one: 'Das nicht geprüfte ist falsch', other: `Die ${count} nicht geprüften sind falsch` }),
    done: 'Alles ist geprüft.',
    doneWithClip:
      'Alle Ereignisse mit behaltenem Ton sind geprüft. Schalten Sie „Nur mit Ton“ aus, um die übrigen zu sehen.',
    teach: 'Mit Ihren Antworten anlernen',
    teachWhat:
      'Geprüfte Klänge können zu Clips werden: richtige als Beispiele, falsche als Gegenbeispiele („Nichts davon“). Trainieren Sie danach unter „Anlernen“ ein Profil.',
    teachButton: 'Geprüfte Klänge zum Anlernen übernehmen',
    table: 'Genauigkeit nach Schwelle',
    tableWhat:
      'Wie viele der Ereignisse ab einer Schwelle richtig waren, mit dem 95-%-Intervall. Nur in zufälliger Reihenfolge gelten die Zahlen für alle Ereignisse.',
    verdicts: 'Urteile',
    precision: (value, low, high, count) => `${value} (${low} bis ${high}, von ${count})`,
    noVerdicts: 'Sobald Sie einige Ereignisse geprüft haben, zeigt hier eine Tabelle, wie oft jeder Klang richtig war.',
    proposals: 'Vorgeschlagene Schwellen',
    proposal: (name, threshold, right, judged) => `${name}: ab ${threshold} waren ${right} von ${judged} richtig.`,
    noProposals: (wanted) =>
      `Noch keine. Eine Schwelle wird vorgeschlagen, sobald mindestens 10 Ereignisse eines Klangs geprüft sind und darüber ${wanted} richtig waren.`,
    use: 'Verwenden',
    used: 'In Gebrauch',
  },

  diarySounds: {
    what: 'Legen Sie für jeden Klang fest, wie sicher Earmark sein muss, damit er ins Tagebuch kommt.',
    find: 'Klang suchen',
    threshold: (name) => `Schwelle von ${name}`,
    more: 'Mehr davon',
    fewer: 'Weniger davon',
    from: (share) => `Ab ${share}`,
    ignore: 'Ignorieren',
    ignored: 'Ignoriert: Der Klang kommt nicht ins Tagebuch.',
    reset: 'Zurücksetzen',
    resetOf: (name) => `Schwelle von ${name} zurücksetzen`,
    ofVerdicts: (value, low, high, count) =>
      `Nach Ihren Urteilen sind ${value} richtig (${low} bis ${high}, von ${count}).`,
    ofTests: (value) => `In Tests stimmten ${value} aller Angaben ab diesem Wert.`,
    ofProof: (value) => `Im Nachweis Ihres Profils waren ${value} ab diesem Wert richtig.`,
    unmeasured: 'Noch nicht gemessen.',
    falseAlarms: (count) => `Nach Ihren Urteilen etwa ${count} Fehlalarme pro Stunde.`,
    none: 'Kein Klang hat diesen Namen.',
    needsModel: 'Die Klänge erscheinen, sobald das Modell geladen ist.',
    changed: (count) => plural(count, { one: '1 Klang geändert', other: `${count} Klänge geändert` }),
    resetAll: 'Alle zurücksetzen',
  },

  diaryExport: {
    title: 'Exportieren',
    format: 'Format',
    formats: {
      csv: 'CSV (Tabelle)',
      jsonl: 'JSON Lines',
      parquet: 'Parquet',
      audacity: 'Audacity-Textmarken',
      raven: 'Raven-Auswahltabelle',
      kaleidoscope: 'Kaleidoscope-CSV',
      birdnet: 'BirdNET-CSV',
    },
    shown: (count) =>
      plural(count, {
        one: 'Angezeigtes Ereignis exportieren',
        other: `${count.toLocaleString('de')} angezeigte Ereignisse exportieren`,
      }),
    all: (count) =>
      plural(count, { one: 'Einziges Ereignis exportieren', other: `Alle ${count.toLocaleString('de')} exportieren` }),
    writing: (done, total) => `${done.toLocaleString('de')} von ${total.toLocaleString('de')} geschrieben…`,
    done: (count) =>
      plural(count, { one: '1 Ereignis exportiert.', other: `${count.toLocaleString('de')} Ereignisse exportiert.` }),
    failed:
      'Die Datei ließ sich nicht vollständig schreiben. Prüfen Sie, ob Platz ist, und versuchen Sie es dann erneut.',
    clips: 'Ton der angezeigten Ereignisse exportieren (Zip)',
    clipsDone: (count) => plural(count, { one: '1 Ton exportiert.', other: `${count} Töne exportiert.` }),
    noClips: 'Zu keinem der angezeigten Ereignisse gibt es einen behaltenen Ton.',
  },
};
