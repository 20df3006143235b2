import type { teachTexts as English } from '../en/teach';
import { valueFault } from './value-faults';
import { clips, plural } from './words';

export const teachTexts: typeof English = {
  received: {
    title: 'Diese Dateien importieren?',
    why: 'Sie kommen von außerhalb dieser Seite. Nichts wird importiert, bevor Sie zustimmen.',
    files: 'Erhaltene Dateien',
    name: 'Name',
    length: 'Länge',
    size: 'Größe',
    more: (count) => (count === 1 ? 'Und 1 weitere Datei.' : `Und ${count} weitere Dateien.`),
    accept: (count) => (count === 1 ? '1 Datei importieren' : `${count} Dateien importieren`),
    asRecordings: 'Klänge darin suchen',
    discard: 'Nicht importieren',
    close: 'Schließen',
    failures: {
      refused: 'Eine andere Website wollte Dateien an Earmark schicken. Sie wurden abgelehnt und nicht gespeichert.',
      'no-room':
        'Für die geteilten Dateien war nicht genug Platz, deshalb wurde keine behalten. Löschen Sie Clips, oder schaffen Sie Speicherplatz, und teilen Sie die Dateien dann noch einmal.',
      nothing:
        'Es ist keine Datei angekommen. Teilen Sie sie noch einmal, oder speichern Sie sie auf diesem Gerät und importieren Sie sie unter „Anlernen“.',
    },
  },

  teach: {
    startFirst: 'Starten Sie das Zuhören, um Klänge zu behalten, oder importieren Sie unten Dateien.',
    teaching: (name) => `„${name}“ wird angelernt: Klänge, die Sie jetzt behalten, bekommen dieses Label.`,
    endTeaching: 'Ohne dieses Label behalten',
    opening: 'Ihre Clips werden geöffnet…',
    cannotSave: 'In diesem Fenster lassen sich Clips und Profile nicht speichern. Zuhören funktioniert wie bisher.',
    tryAgain: 'Erneut versuchen',
    drop: 'Klänge, Ordner oder eine Zip-Datei von Earmark ablegen',
    play: (name) => `${name} abspielen`,
    stop: (name) => `${name} anhalten`,
    noneOfThese: 'Nichts davon',
  },

  setAside: {
    title: 'Beschädigte Einträge',
    found: (count) =>
      plural(count, {
        one: 'Ein Eintrag ist beschädigt und lässt sich nicht verwenden. Alles andere funktioniert wie bisher.',
        other: `${count} Einträge sind beschädigt und lassen sich nicht verwenden. Alles andere funktioniert wie bisher.`,
      }),
    more: (count) => `und ${count} weitere`,
    advice:
      'Löschen lässt sich nicht rückgängig machen. Exportieren Sie die Einträge vorher, wenn Sie sie reparieren lassen möchten.',
    exportThem: 'Unverändert exportieren',
    kind: 'Art',
    kinds: {
      clips: 'Clip',
      labels: 'Label',
      heads: 'Profil',
      recordings: 'Aufnahme',
      events: 'Ereignis',
      levels: 'Pegel',
      eventClips: 'Klang eines Ereignisses',
    },
    name: 'Name',
    fault: 'Fehler',
    faultOf: ({ where, why }) => {
      if (why === 'sound-missing') return 'der Klang fehlt';
      return why === 'not-sound' ? 'der Klang ist nicht lesbar' : valueFault({ where, why });
    },
    deleteThem: 'Löschen',
  },

  library: {
    title: 'Clips',
    importFiles: 'Dateien importieren',
    importFolder: 'Ordner importieren',
    exportAll: 'Alle Clips exportieren',
    filesToImport: 'Zu importierende Dateien',
    folderToImport: 'Zu importierender Ordner',
    importing: (done, total) => `Importiert: ${done} von ${total}`,
    packing: (done, total) => `Gepackt: ${done} von ${total}`,
    progress: 'Fortschritt',
    room: (used, quota) => `${used} von ${quota} belegt.`,
    persisted: 'Der Browser behält Ihre Clips, bis Sie sie löschen.',
    notPersisted: 'Wenn das Laufwerk voll ist, darf der Browser Ihre Clips löschen: Exportieren Sie, was wichtig ist.',
    find: 'Clips suchen',
    findHint: 'Nach Name, Datei oder Label suchen',
    showLabel: 'Label anzeigen',
    allLabels: 'Alle Labels',
    toBeLabelled: 'Ohne Label',
    unchecked: 'Zu prüfen',
    toBeChecked: (labels) => `Zu prüfen: ${labels}`,
    selectedClips: 'Ausgewählte Clips',
    selected: (count) => `${count} ausgewählt`,
    commonLabels: 'Labels aller ausgewählten Clips',
    acceptLabels: 'Labels bestätigen',
    delete: (count) => `${count} löschen`,
    unselect: 'Auswahl aufheben',
    select: (name) => `${name} auswählen`,
    editWord: 'Bearbeiten',
    deleteWord: 'Löschen',
    edit: (name) => `${name} bearbeiten`,
    deleteOne: (name) => `${name} löschen`,
    empty:
      'Noch keine Clips. Behalten Sie einen Klang, während Earmark zuhört, oder legen Sie Audiodateien, Ordner oder eine Zip-Datei von Earmark hier ab.',
    selectAll: 'Alle auswählen',
    count: (shown, total) => `${shown} von ${clips(total)}`,
    nothingFound: 'Kein Clip hat diesen Namen, diese Datei oder dieses Label.',
    pages: 'Seiten der Clips',
    newer: 'Neuere',
    older: 'Ältere',
    page: (page, pages) => `Seite ${page} von ${pages}`,
  },

  labelName: {
    rename: (name) => `„${name}“ umbenennen`,
    newName: (name) => `Neuer Name von „${name}“`,
    save: 'Umbenennen',
    cancel: 'Abbrechen',
    taken: (name) => `Das Label „${name}“ gibt es schon.`,
    shipped: (name) => `Earmark kennt „${name}“ bereits: Ihre Clips würden dieses Label trainieren.`,
    becomes: (from, to) => `Alle Clips von „${from}“ werden zu „${to}“.`,
    merge: 'Labels zusammenführen',
    leave: 'Getrennt lassen',
  },

  labelPicker: {
    labels: 'Labels',
    known: 'Bekannte Labels',
    isNew: (name) => `Neu: „${name}“`,
    remove: 'Entfernen:',
    first: 'Label eingeben, dann Eingabetaste',
    another: 'Weiteres Label',
  },

  snippet: {
    clip: 'Clip',
    snippet: 'Ausschnitt',
    waveform: (duration) => `Wellenform von ${duration}`,
    spectrogram: 'Spektrogramm, wie das Modell es erhält',
    drawing: 'Wird gezeichnet…',
    start: 'Anfang des Ausschnitts',
    end: 'Ende des Ausschnitts',
    play: 'Abspielen',
    stop: 'Anhalten',
    part: (start, end, kept, whole) => `${start} bis ${end}: ${kept} von ${whole}`,
    name: 'Name',
    fileName: (file) => `Importiert aus ${file}`,
    whatSounds: 'Was zu hören ist',
    save: 'Speichern',
    saveForLater: 'Speichern, Label später',
    close: 'Schließen',
    deleteClip: 'Clip löschen',
    discard: 'Verwerfen',
  },

  training: {
    title: 'Training',
    nothing: (enough) =>
      `Noch gibt es nichts zu lernen, weil kein Clip ein Label hat. Behalten Sie einen Klang mindestens ${enough}-mal, und vergeben Sie ein Label. Behalten Sie auch einige andere Klänge als „Nichts davon“, damit Earmark lernt, was Ihr Klang nicht ist.`,
    tooFew: (missing) =>
      `Zu wenige, um zu messen, wie zuverlässig der Klang erkannt wird: Nehmen Sie noch ${missing} auf.`,
    open: (count) =>
      `${clips(count)} ohne Label: ${plural(count, { one: 'wird', other: 'werden' })} erst verwendet, wenn Sie eines vergeben.`,
    toBeChecked: (count) =>
      `${clips(count)} zu prüfen: ${plural(count, { one: 'wird', other: 'werden' })} erst verwendet, wenn Sie die Labels bestätigen. Wählen Sie über der Liste „Zu prüfen“, markieren Sie ${plural(count, { one: 'den Clip', other: 'die Clips' })}, und drücken Sie „Labels bestätigen“.`,
    progress: 'Training',
    headName: 'Name des Profils',
    suggestedName: (number) => `Meine Klänge ${number}`,
    train: 'Trainieren',
    stop: 'Training abbrechen',
    needsModel: 'Das Training braucht das Modell, aber es ist nicht geladen.',
    listening: 'Clips werden ausgewertet…',
    stopping: 'Wird abgebrochen…',
    learning: 'Training mit allen Clips…',
    measuring: (round, rounds) => `Test: Runde ${round} von ${rounds}…`,
    lossTrained: 'Training',
    lossKept: 'Zurückgehalten',
    lossOfRound: (round) => `Runde ${round}`,
    lossMeaning:
      'Jede Linie ist eine Runde des Tests, und tiefer ist besser. Die dicke Linie ist die neueste Runde: durchgezogen für ihre Trainingsclips, gestrichelt für die zurückgehaltenen. Steigt die gestrichelte, während die durchgezogene fällt, lernt die Runde ihre Clips nur auswendig.',
    epochs: 'Epoche',
    loss: 'Fehler (Loss)',
    lossWords: (epochs, loss) =>
      `Fehler (Loss) nach ${plural(epochs, { one: '1 Epoche', other: `${epochs} Epochen` })}: ${loss}; durchgezogen für die Trainingsclips, gestrichelt für die zurückgehaltenen`,
  },

  heads: {
    title: 'Profile',
    what: 'Ein Profil entsteht beim Training und erkennt Ihre Klänge (technisch: ein Head, die letzte Schicht des Netzes). Das verwendete Profil benennt, was zu hören ist; ein Vergleichsprofil zeigt seinen Wert daneben. Exportierte Profile holen Sie mit „Dateien importieren“ zurück.',
    shipped: 'Das von Earmark',
    labels: (count, model) =>
      `${plural(count, { one: `${count} Label`, other: `${count} Labels` })} von ${model}. Immer verfügbar.`,
    loading: 'Wird geladen… Immer verfügbar.',
    use: 'Verwenden',
    inUse: 'In Gebrauch',
    compare: 'Vergleichen',
    compared: 'Verglichen',
    proof: 'Nachweis',
    rename: 'Umbenennen',
    newName: (name) => `Neuer Name von ${name}`,
    cancel: 'Abbrechen',
    export: 'Exportieren',
    delete: 'Löschen',
    action: (word, name) => `${word}: ${name}`,
    otherModel:
      'Gehört zu einem anderen Modell. „Neu trainieren“ macht aus Ihren Clips eines dieses Namens für das heutige Modell. Oder wählen Sie jenes Modell unter „Modelle“.',
    trainAgain: 'Neu trainieren',
    noNewLabels: 'Keine neuen Labels: trainiert für Labels, die Earmark schon kennt.',
    facts: (count, auc, date, model) => `${clips(count)}, mittlere AUC ${auc}, ${date}, für ${model}`,
  },
};
