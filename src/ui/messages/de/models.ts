import type { modelsTexts as English } from '../en/models';

export const modelsTexts: typeof English = {
  models: {
    title: 'Modelle',
    what: 'Ein Modell ist das Netz, das aus Klang Wahrscheinlichkeiten macht. Was Sie ihm beigebracht haben, gehört zu diesem Modell und kommt mit ihm zurück.',
    use: 'Dieses Modell benutzen',
    inUse: 'In Gebrauch',
    loading: 'Wird geladen…',
    loadingList: 'Die Liste der Modelle wird geladen…',
    loadingCard: 'Die Modellkarte wird geladen…',
    facts: (labels, size) => `${labels} Klänge, ${size}`,
    about: 'Über dieses Modell',
    attribution: 'Aufnahmen, aus denen es gelernt hat, mit Lizenzen und Urhebern (CSV)',
    cardInEnglish: 'Die Karte ist auf Englisch.',
    calibration: 'Wie weit man den Zahlen trauen kann',
    calibrationWhat: (measuredOn) =>
      `Von den Aufnahmen mit demselben Wert enthielten so viele den Klang. Auf der gestrichelten Linie sind 70 % gesagt auch 70 % wahr. Gemessen an ${measuredOn}.`,
    perLabel: 'Wie gut es jeden Klang erkennt',
    perLabelWhat:
      'Die schwächsten zuerst. AUC: wie oft eine Aufnahme mit dem Klang vor einer ohne ihn eingeordnet wird.',
    sound: 'Klang',
    averagePrecision: 'Mittlere Genauigkeit',
  },
};
