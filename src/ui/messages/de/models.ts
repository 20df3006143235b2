import type { BackendReport } from '../../../shared/contracts/backend';
import type { modelsTexts as English } from '../en/models';
import { backendNames, backendResult } from './backends';
import { plural } from './words';

function reason({ taken, why, roomMs, tagsPerSecond, trials }: BackendReport): string {
  const trial = trials.find(({ backend }) => backend === taken);
  const how = trial ? backendResult(trial, { roomMs }) : '';
  if (why === 'asked-for') return `Sie haben ${backendNames[taken]} gewählt: ${how}.`;
  if (why === 'first') {
    return `${backendNames[taken]} ist das erste, das richtig und schnell genug rechnet: ${how}; die Grenze liegt bei ${roomMs.toFixed(0)} ms.`;
  }
  return `${backendNames[taken]} ist auf diesem Gerät am schnellsten: ${how}. Für ${tagsPerSecond} Auswertungen pro Sekunde dürften es höchstens ${roomMs.toFixed(0)} ms sein, deshalb werden es weniger.`;
}

export const modelsTexts: typeof English = {
  models: {
    title: 'Modelle',
    what: 'Ein Modell (ein neuronales Netz) macht aus Klang Wahrscheinlichkeiten. Ihre trainierten Profile gehören zu dem Modell, mit dem sie trainiert wurden, und kommen mit ihm zurück.',
    use: 'Dieses Modell verwenden',
    inUse: 'In Gebrauch',
    loading: 'Wird geladen…',
    loadingList: 'Die Liste der Modelle wird geladen…',
    loadingCard: 'Die Modellkarte wird geladen…',
    facts: (labels, size) => `${plural(labels, { one: '1 Klang', other: `${labels} Klänge` })}, ${size}`,
    measure: 'Auf diesem Gerät messen',
    measuring: 'Wird gemessen…',
    notMeasured:
      'Dieses Modell konnte nicht gemessen werden. Prüfen Sie die Verbindung und versuchen Sie es noch einmal.',
    cost: (time, backend, share, tagsPerSecond) =>
      `Eine Auswertung dauert hier ${time} (${backend}). Bei ${tagsPerSecond} Auswertungen pro Sekunde rechnet das Modell während ${share} der Zeit.`,
    skill: (labels, auc) =>
      `Es kennt ${plural(labels, { one: '1 Klang', other: `${labels} Klänge` })}. Seine mittlere AUC an Klängen, die es nicht gehört hatte, ist ${auc}.`,
    skillUnknown: (labels) => `Es kennt ${plural(labels, { one: '1 Klang', other: `${labels} Klänge` })}.`,
    about: 'Über dieses Modell',
    attribution: 'Aufnahmen, mit denen es trainiert wurde, samt Lizenzen und Urhebern (CSV)',
    cardInEnglish: 'Die Karte ist auf Englisch.',
    calibration: 'Wie zuverlässig die Zahlen sind',
    calibrationWhat: (measuredOn) =>
      `Wie oft ein Klang da war, wenn das Modell einen bestimmten Wert zeigte. Auf der gestrichelten Linie bedeuten 70\u00a0% auch 70\u00a0%. Gemessen an ${measuredOn}.`,
    perLabel: 'Wie gut es jeden Klang erkennt',
    perLabelWhat:
      'Die schwächsten zuerst. Die AUC sagt, wie oft das Modell einen Clip mit dem Klang höher bewertet als einen ohne ihn.',
    sound: 'Klang',
    averagePrecision: 'Mittlere Genauigkeit',
  },

  table: {
    copy: 'Tabelle kopieren',
    copied: 'Kopiert. Fügen Sie sie in eine Tabellenkalkulation ein.',
    refused: 'Der Browser erlaubt das Kopieren nicht. Laden Sie die Tabelle stattdessen herunter.',
    saveCsv: 'Als CSV herunterladen',
  },

  backends: {
    outcomes: {
      taken: 'Verwendet',
      'too-slow': 'Zu langsam',
      unavailable: 'Nicht verfügbar',
      software: 'Software-Renderer',
      'wrong-numbers': 'Falsche Ergebnisse',
      'not-needed': 'Nicht nötig',
    },
    caption: 'Backends in der Reihenfolge, in der sie ausprobiert wurden',
    backend: 'Backend',
    result: 'Ergebnis',
    median: 'Median',
    found: backendResult,
    reason,
  },
};
