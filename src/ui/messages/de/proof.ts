import type { proofTexts as English } from '../en/proof';
import { clips, oneDecimal, plural } from './words';

const timesIn = (part: number, whole: number): string =>
  part === 0 ? `in weniger als 1 von ${whole} Fällen` : `in ${part} von ${whole} Fällen`;

export const proofTexts: typeof English = {
  proof: {
    title: 'Nachweis',
    of: (name) => `Nachweis für „${name}“`,
    none: 'Hier sehen Sie, wie gut Ihre trainierten Klänge erkannt werden, getestet mit Clips, die nicht zum Training gehörten. Trainieren Sie zuerst ein Profil.',
    tooFew: (count) =>
      `${clips(count)} ${plural(count, { one: 'ist', other: 'sind' })} zu wenig, um etwas zu messen: Nötig sind mindestens zwei Clips eines Labels.`,
    measured: (rounds, count) =>
      `Getestet mit ${clips(count)} in ${rounds} Runden (Kreuzvalidierung): Jeder Clip wurde von einem Profil beurteilt, das ohne ihn trainiert wurde.`,
    shipped: (before, after) =>
      `Klänge, die Earmark schon kannte: AUC ${before} vor dem Training, ${after} danach. Gemessen wird das an den Beispielen, die zum Modell gehören, nicht an Ihren Clips.`,
    next: 'Nächste Schritte',
    auc: 'AUC',
    interval: '95-%-Intervall',
    intervalFrom: '95-%-Intervall von',
    intervalTo: '95-%-Intervall bis',
    range: (low, high) => `${low} bis ${high}`,
    aucMeaning: (name, auc, low, high, positives) =>
      `Ein Clip mit „${name}“ wurde in ${auc} aller Vergleiche höher bewertet als einer ohne (AUC). Bei ${clips(positives)} mit diesem Klang liegt der wahre Wert wahrscheinlich zwischen ${low} und ${high}.`,
    precision: 'Genauigkeit',
    recall: 'Trefferquote',
    threshold: 'Erkannt ab',
    withSound: 'Clips damit',
    clips: 'Clips',
    clipsOf: (part, whole) => `${part} von ${whole}`,
    notMeasured: 'Zu wenige Clips für eine Messung.',
    rocWords: (name, auc) => `ROC-Kurve von ${name}: AUC ${auc}`,
    reliabilityWords: (name, bins) => `Zuverlässigkeit von ${name}: ${bins}`,
    bin: (said, share) => `angezeigt ${said}, richtig ${share}`,
    missed: (label, value) => `„${label}“ nicht erkannt, bei ${value}`,
    falseAlarm: (label, value) => `Für „${label}“ gehalten, bei ${value}`,
    goneClip: 'Ein Clip, den es nicht mehr gibt',
    wrong: (count) => plural(count, { one: `${count} Fehler`, other: `${count} Fehler` }),
    label: 'Label',
    difference: 'Unterschied',
    comparison: (name, other) => `„${name}“ und „${other}“`,
    comparisonMeaning:
      'AUC jedes Labels in beiden Profilen. Wurden sie mit verschiedenen Clips trainiert, zeigt der Unterschied auch das.',
    mistakesOf: (name) => `Fehler von „${name}“`,
    clip: 'Clip',
    mistake: 'Fehler',
    mistakes: { missed: 'Nicht erkannt', 'false-alarm': 'Fehlalarm' },
    editingDone: 'Fertig',
    trainAgain: 'Der Nachweis zeigt Ihre Korrektur nach dem nächsten Training.',
    showMore: 'Mehr anzeigen',
    roc: 'ROC',
    guessing: 'Raten',
    falseAlarms: 'Fehlalarme',
    found: 'Erkannt',
    reliability: 'Zuverlässigkeit',
    reliabilityOf: (name) => `Zuverlässigkeit von ${name}`,
    perfect: 'Ideal',
    said: 'Angezeigt',
    isTrue: 'Richtig',
  },

  trust: {
    unmeasured: 'Wie zuverlässig diese Zahl ist, wurde nicht gemessen.',
    ofAll: (said, part, whole, where) =>
      `Wenn Earmark in Tests bei irgendeinem Klang ${said} anzeigte, war er ${timesIn(part, whole)} da (${where}).`,
    ofOwn: (said, part, whole, where) =>
      `Wenn Earmark in Tests ${said} anzeigte, war dieser Klang ${timesIn(part, whole)} da (${where}).`,
    ofMoments: (said, part, whole, where) =>
      `Wenn Earmark in Tests in einem Moment bei irgendeinem Klang ${said} anzeigte, war er ${timesIn(part, whole)} da (${where}).`,
    tooFewMoments: (said, count, where) =>
      `In Tests zeigte Earmark ${said} zu selten an, um zu sagen, wie oft das stimmt: in ${plural(count, { one: '1 Moment', other: `${count} Momenten` })} (${where}).`,
    scenes: (hours) =>
      `${plural(hours, { one: '1 Stunde', other: `${oneDecimal(hours)} Stunden` })} Testszenen, in denen die Zeit jedes Klangs bekannt ist`,
    tooFew: (said, count, where) =>
      `In Tests zeigte Earmark ${said} zu selten an, um zu sagen, wie oft das stimmt: bei ${clips(count)} (${where}).`,
    ownClips: (count) => plural(count, { one: `Ihr ${count} Clip`, other: `Ihre ${count} Clips` }),
    averagePrecision: 'Mittlere Genauigkeit',
    sureFrom: 'Zu 95\u00a0% richtig ab',
  },
};
