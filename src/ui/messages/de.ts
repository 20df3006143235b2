import { problems, sentences } from './de-sentences';
import type { Messages } from './en';
import { pluralOf } from './plural';
import { translator } from './sentences';

const plural = pluralOf('de');
const shareOf = (part: number, whole: number): string =>
  part === 0 ? `weniger als 1 von ${whole}` : `${part} von ${whole}`;
const clips = (count: number): string => plural(count, { one: `${count} Aufnahme`, other: `${count} Aufnahmen` });

const sentence = translator(sentences);
const problemSentences = new Map(Object.entries(problems).map(([code, { known }]) => [code, translator(known)]));

/** Every text of the page in German. */
export const de: Messages = {
  clips,

  decimalMark: ',',

  app: {
    title: 'Earmark: Welche Klänge sind um uns?',
    titleOf: (view) => `${view} – Earmark`,
    promise: 'Kein Ton verlässt dieses Gerät.',
    listeningTitle: '● Hört zu – Earmark',
    microphoneOpen: 'Mikrofon an. Kein Ton verlässt dieses Gerät.',
    noModel: 'Es gibt kein Modell, mit dem sich zuhören ließe.',
    mayAsk: 'Vielleicht fragt Ihr Browser, ob Earmark das Mikrofon benutzen darf.',
    welcome: 'Welche Klänge sind um uns?',
    howTo:
      'Drücken Sie „Zuhören“ und erlauben Sie das Mikrofon. Earmark zeigt, welche Klänge es hört, und bei jedem, wie sicher es ist. Nichts wird aufgenommen oder hochgeladen.',
    tryDemo: 'Ohne Mikrofon ausprobieren',
    demo: 'Eine Vorführung: Krähe, Glocke, Klavier. Das Mikrofon ist aus.',
    phases: {
      loading: 'Das Modell wird geladen.',
      ready: 'Bereit. Hört nicht zu.',
      starting: 'Das Mikrofon wird geöffnet.',
      listening: 'Hört zu.',
      waiting: 'Wartet auf ein Mikrofon.',
      failed: 'Kein Modell geladen.',
    },
  },

  views: {
    name: 'Ansichten',
    listen: 'Hören',
    teach: 'Anlernen',
    models: 'Modelle',
    settings: 'Einstellungen',
    loading: 'Wird geladen…',
    failed: 'Diese Ansicht ließ sich nicht laden. Prüfen Sie die Verbindung, dann noch einmal.',
    tryAgain: 'Noch einmal',
  },

  update: {
    ready: 'Eine neue Version ist da. Ihre Aufnahmen und Köpfe bleiben.',
    busy: 'Eine neue Version ist da. Nehmen Sie sie, wenn Sie aufgehört haben.',
    refused: 'Ein anderes Fenster von Earmark hört zu oder lernt. Beenden Sie das, dann laden Sie neu.',
    reload: 'Neu laden',
  },

  install: {
    title: 'Earmark installieren',
    button: 'Installieren',
    byHand: 'Drücken Sie in Safari „Teilen“, dann „Zum Home-Bildschirm“.',
    why: 'Dann startet es wie jede andere App, auch ohne Netz.',
  },

  listenButton: {
    loading: 'Modell wird geladen…',
    ready: 'Zuhören',
    listening: 'Aufhören',
    failed: 'Zuhören',
    demo: 'Vorführung beenden',
  },

  problem: {
    remedies: { listen: 'Noch einmal', resume: 'Fortsetzen', restart: 'Neu starten' },
    dismiss: 'Ausblenden',
    more: (count) => `Und ${count} weitere dieser Art.`,
  },

  notices: {
    elsewhere:
      'Earmark ist noch in einem anderen Tab offen, und nur einer kann Aufnahmen und Köpfe speichern. Zuhören geht hier auch; sobald der andere Tab geschlossen ist, auch das Speichern, und Dateien, die Sie mit Earmark geöffnet haben, werden übernommen.',
    recoveries: {
      worker: 'Ein Teil von Earmark war ausgefallen und wurde neu gestartet. Alles geht weiter wie zuvor.',
      wasm: 'Die Grafikkarte ist wieder ausgefallen. Earmark rechnet mit WASM, bis die Seite neu geladen wird.',
      microphone: 'Das Mikrofon war unterbrochen und wurde neu geöffnet. Earmark hört weiter zu.',
      'default-microphone':
        'Das gewählte Mikrofon ist nicht da. Bis es wieder angeschlossen ist, gilt das des Systems.',
      'chosen-microphone': 'Das gewählte Mikrofon ist wieder da und wird wieder benutzt.',
      'last-model':
        'Das gewählte Modell ließ sich nicht laden, darum gilt wieder das vorige. Prüfen Sie die Verbindung und wählen Sie es dann noch einmal.',
    },
    undo: 'Rückgängig',
    forgetUndo: 'Nicht rückgängig machen',
  },

  status: {
    level: 'Pegel',
    backend: 'Backend',
    tags: 'Urteile',
    perSecond: (count) => `${count}/s`,
    model: 'Modell',
    resting: 'ruht',
    latency: 'Klang bis Anzeige',
    lost: 'Verloren',
    hops: (count) => plural(count, { one: `${count} Block`, other: `${count} Blöcke` }),
  },

  backends: {
    names: { auto: 'Automatisch', webgpu: 'WebGPU', webgl: 'WebGL', wasm: 'WASM', cpu: 'CPU' },
    outcomes: {
      taken: 'Genommen',
      'too-slow': 'Zu langsam',
      unavailable: 'Nicht vorhanden',
      software: 'In Software gerechnet',
      'wrong-numbers': 'Rechnet falsch',
      'not-needed': 'Nicht nötig',
    },
    why: (backend) => `Warum ${backend}?`,
    caption: 'Backends in der Reihenfolge, in der sie versucht wurden',
    backend: 'Backend',
    found: 'Befund',
    median: 'Median',
  },

  spectrogram: {
    name: (past, lowest, highest) =>
      `Spektrogramm der letzten ${past}, wie das Netz sie bekommt, ${lowest} bis ${highest}; das Neueste rechts`,
    empty: 'Spektrogramm',
    window: 'Das Fenster des Netzes:',
  },

  rewind: {
    group: 'Die letzten zwei Minuten',
    moment: 'Zeitpunkt in den letzten zwei Minuten',
    now: 'jetzt',
    ago: (seconds) => `vor ${seconds} s`,
    freeze: 'Einfrieren',
    live: 'Zurück zu jetzt',
    hear: 'Anhören',
    stop: 'Stopp',
    keep: 'Zum Anlernen',
  },

  stages: {
    wall: 'Wandanzeige',
    picture: 'Kleines Fenster',
    pictureTitle: 'Earmark: stärkste Klänge',
  },

  meters: {
    strongest: 'Stärkste Klänge',
    others: 'Andere Klänge',
    noneInGroup: (group, text) =>
      `Kein Klang in „${group}“ hat „${text}“ im Namen. Versuchen Sie ein kürzeres Wort oder eine andere Gruppe.`,
    none: (text) => `Kein Klang hat „${text}“ im Namen. Versuchen Sie ein kürzeres Wort.`,
    comparedHead: (value) => `Verglichener Kopf: ${value}`,
  },

  trust: {
    unmeasured: 'Wie weit dieser Zahl zu trauen ist, wurde nicht gemessen.',
    ofAll: (said, part, whole, where) =>
      `${said}: Von Aufnahmen mit diesem Wert, über alle Klänge, enthielten ${shareOf(part, whole)} den Klang (gemessen an: ${where}).`,
    ofOwn: (said, part, whole, where) =>
      `${said}: Von Aufnahmen mit diesem Wert enthielten ${shareOf(part, whole)} diesen Klang (gemessen an: ${where}).`,
    tooFew: (said, clips, where) =>
      `${said}: Zu wenige Aufnahmen mit diesem Wert wurden gemessen, um zu sagen, wie oft das stimmt (${clips} an: ${where}).`,
    ownClips: (count) => plural(count, { one: `Ihre ${count} Aufnahme`, other: `Ihre ${count} Aufnahmen` }),
    averagePrecision: 'Mittlere Präzision',
    sureFrom: 'Zu 95 % richtig ab',
  },

  filter: {
    byName: 'Nach Namen filtern',
    shown: (shown, total) => `${shown} von ${total}`,
    soundsShown: 'Klängen gezeigt',
    groups: 'Gruppen von Klängen',
    all: 'Alle',
  },

  groups: {
    taught: 'Meine Klänge',
    animals: 'Tiere',
    nature: 'Natur',
    people: 'Menschen',
    home: 'Zuhause',
    city: 'Stadt',
    'speech-and-music': 'Sprache und Musik',
  },

  keep: {
    group: 'Einen Klang behalten',
    last: (seconds) => `Letzte ${seconds} s behalten`,
    seconds: 'Wie viele Sekunden',
    record: 'Ab jetzt aufnehmen',
    stop: 'Aufnahme beenden',
    kept: (name) => `„${name}“ behalten.`,
    label: 'Label geben',
  },

  settings: {
    title: 'Einstellungen',
    close: 'Einstellungen schließen',
    microphone: 'Mikrofon',
    systemDefault: 'Wie im System eingestellt',
    nameless: (number) => `Mikrofon ${number}`,
    missing: 'Gewähltes Mikrofon (nicht angeschlossen)',
    voice: 'Sprachverbesserung',
    voiceWhy:
      'Unterdrückung von Echo und Rauschen, Regelung der Lautstärke. Besser aus: Sie sind für Gespräche gemacht und entfernen gerade die Klänge, auf die Earmark hört.',
    awake: 'Bildschirm anlassen',
    awakeWhy: 'Solange es zuhört. Viele Telefone hören mit dem Bildschirm auf zuzuhören. Braucht Strom.',
    cannotKeepAwake: 'Das kann dieser Browser nicht. Wann der Bildschirm ausgeht, sagen die Einstellungen des Systems.',
    backend: 'Rechnen mit',
    backendWhy:
      'Automatisch versucht auf diesem Gerät eines nach dem anderen und nimmt das erste, das richtig und schnell genug rechnet.',
    rate: 'Urteile je Sekunde',
    rateWhy: 'Wie oft die letzten zwei Sekunden beurteilt werden. Mehr ist lebendiger und braucht mehr Strom.',
    noiseFloor: 'Ruhen unter',
    neverRest: 'Nie ruhen',
    noiseFloorWhy:
      'Solange zwei Sekunden lang nichts lauter ist, ruht das Netz, und die Anzeigen fallen. Das spart Strom, wenn es still ist.',
    language: 'Sprache',
    asBrowser: 'Wie der Browser',
    sound: 'Ton',
    computing: 'Rechnen',
    page: 'Diese Seite',
    theme: 'Farben',
    themes: { '': 'Wie das Gerät', light: 'Hell', dark: 'Dunkel' },
    shortcuts: 'Tastenkürzel',
    shortcutsWhy:
      'Einzelne Tasten, etwa S für Anfang und Ende. Schalten Sie sie ab, wo sie einer Sprachsteuerung in die Quere kommen.',
    listShortcuts: 'Liste der Tastenkürzel',
    licences: 'Lizenzen der Software, die diese Seite enthält',
  },

  teach: {
    startFirst: 'Hören Sie zu, um Klänge zu behalten, oder übernehmen Sie unten Dateien.',
    opening: 'Ihre Aufnahmen werden geöffnet…',
    cannotSave: 'In diesem Fenster lassen sich Aufnahmen und Köpfe nicht speichern. Zuhören geht wie zuvor.',
    tryAgain: 'Noch einmal',
    drop: 'Klänge, Ordner oder eine Zip-Datei von Earmark hier ablegen',
    play: (name) => `${name} abspielen`,
    stop: (name) => `${name} anhalten`,
    noneOfThese: 'Nichts davon',
  },

  setAside: {
    title: 'Beschädigte Einträge',
    found: (count) =>
      plural(count, {
        one: 'Ein Eintrag ist beschädigt und nicht verwendbar. Alles andere funktioniert wie bisher.',
        other: `${count} Einträge sind beschädigt und nicht verwendbar. Alles andere funktioniert wie bisher.`,
      }),
    more: (count) => `und ${count} weitere`,
    advice: 'Löschen lässt sich nicht rückgängig machen. Exportiere sie vorher, wenn du sie reparieren lassen willst.',
    exportThem: 'Unverändert exportieren',
    deleteThem: 'Löschen',
  },

  library: {
    title: 'Aufnahmen',
    importFiles: 'Dateien übernehmen',
    importFolder: 'Ordner übernehmen',
    exportAll: 'Alle exportieren',
    filesToImport: 'Dateien, die übernommen werden',
    folderToImport: 'Ordner, der übernommen wird',
    importing: (done, total) => `Übernommen: ${done} von ${total}`,
    packing: (done, total) => `Gepackt: ${done} von ${total}`,
    progress: 'Fortschritt',
    room: (used, quota) => `${used} von ${quota} belegt.`,
    persisted: 'Der Browser behält es, bis Sie es löschen.',
    notPersisted: 'Wenn das Laufwerk voll ist, darf der Browser es löschen: Exportieren Sie, was wichtig ist.',
    find: 'Aufnahmen suchen',
    findHint: 'Nach Namen oder Label suchen',
    showLabel: 'Label zeigen',
    allLabels: 'Alle Labels',
    toBeLabelled: 'Noch ohne Label',
    toBeChecked: (labels) => `Zu prüfen: ${labels}`,
    selectedClips: 'Ausgewählte Aufnahmen',
    selected: (count) => `${count} ausgewählt`,
    commonLabels: 'Labels, die alle haben',
    acceptLabels: 'Labels bestätigen',
    delete: (count) => `${count} löschen`,
    unselect: 'Auswahl aufheben',
    select: (name) => `${name} auswählen`,
    edit: (name) => `${name} bearbeiten`,
    deleteOne: (name) => `${name} löschen`,
    empty:
      'Noch keine Aufnahmen. Behalten Sie einen Klang, während Earmark zuhört, oder legen Sie Tondateien, Ordner oder eine Zip-Datei von Earmark hier ab.',
    selectAll: 'Alle auswählen',
    count: (shown, total) => `${shown} von ${clips(total)}`,
    nothingFound: 'Keine Aufnahme hat diesen Namen oder dieses Label.',
    pages: 'Seiten der Aufnahmen',
    newer: 'Neuere',
    older: 'Ältere',
    page: (page, pages) => `Seite ${page} von ${pages}`,
  },

  labelName: {
    rename: (name) => `„${name}“ umbenennen`,
    newName: (name) => `Neuer Name von „${name}“`,
    save: 'Umbenennen',
    cancel: 'Abbrechen',
    taken: (name) => `Ein Label „${name}“ gibt es schon.`,
    shipped: (name) => `Earmark kennt „${name}“ selbst: Ihre Aufnahmen würden dieses Label trainieren.`,
    becomes: (from, to) => `Alle Aufnahmen von „${from}“ werden zu „${to}“.`,
    merge: 'Zusammenlegen',
    leave: 'So lassen',
  },

  labelPicker: {
    labels: 'Labels',
    known: 'Bekannte Labels',
    isNew: (name) => `Neu: „${name}“`,
    remove: 'Entfernen:',
    first: 'Label eingeben, dann Enter',
    another: 'Noch eines',
  },

  snippet: {
    clip: 'Aufnahme',
    snippet: 'Schnipsel',
    waveform: (duration) => `Wellenform von ${duration}`,
    spectrogram: 'Spektrogramm, wie das Netz es bekommt',
    drawing: 'Wird gezeichnet…',
    start: 'Anfang des Schnipsels',
    end: 'Ende des Schnipsels',
    play: 'Abspielen',
    stop: 'Anhalten',
    part: (start, end, kept, whole) => `${start} bis ${end}: ${kept} von ${whole}`,
    name: 'Name',
    whatSounds: 'Was darin klingt',
    save: 'Speichern',
    saveForLater: 'Speichern, Label später',
    close: 'Schließen',
    deleteClip: 'Aufnahme löschen',
    discard: 'Verwerfen',
  },

  training: {
    title: 'Training',
    nothing: (enough) =>
      `Noch nichts zu lernen: Keine Aufnahme hat ein Label. Behalten Sie einen Klang wenigstens ${enough}-mal und sagen Sie, was es ist. Behalten Sie einige andere Klänge als „Nichts davon“, damit nicht alles zählt.`,
    tooFew: (missing) => `Zu wenige, um zu sagen, wie sicher es sein wird: noch ${missing} aufnehmen.`,
    open: (count) =>
      `${clips(count)} noch ohne Label: ${plural(count, { one: 'bleibt', other: 'bleiben' })} weg, bis Sie sagen, was darin klingt.`,
    toBeChecked: (count) =>
      `${clips(count)} zu prüfen: ${plural(count, { one: 'bleibt', other: 'bleiben' })} weg, bis Sie die Labels bestätigen. Wählen Sie die Aufnahmen in der Liste aus und drücken Sie „Labels bestätigen“.`,
    progress: 'Training',
    headName: 'Name des Kopfes',
    suggestedName: (number) => `Meine Klänge ${number}`,
    train: 'Trainieren',
    stop: 'Training abbrechen',
    needsModel: 'Das Klangmodell ist nicht geladen, und das Training braucht es.',
    listening: 'Hört die Aufnahmen an…',
    stopping: 'Wird abgebrochen…',
    learning: 'Lernt aus allen Aufnahmen…',
    measuring: (round, rounds) => `Misst: Runde ${round} von ${rounds}…`,
    lossTrained: 'Training',
    lossKept: 'Zurückbehalten',
    epochs: 'Epoche, alle Runden hintereinander',
    loss: 'Verlust',
    lossWords: (epochs, loss) =>
      `Verlust nach ${epochs} Epochen: ${loss}; durchgezogen auf den Aufnahmen des Trainings, gestrichelt auf den zurückbehaltenen`,
  },

  proof: {
    title: 'Nachweis',
    of: (name) => `Nachweis für „${name}“`,
    none: 'Hier steht, wie gut ein Kopf Ihre Klänge kennt, gemessen an Aufnahmen, die er nicht gehört hatte. Trainieren Sie zuerst einen.',
    tooFew: (count) =>
      `${clips(count)} ${plural(count, { one: 'ist', other: 'sind' })} zu wenig, um etwas zu messen: Dafür braucht es wenigstens zwei von einem Label.`,
    measured: (rounds, count) =>
      `Gemessen in ${rounds} Runden an ${clips(count)}, jede beurteilt von einem Kopf, der sie nicht gehört hatte.`,
    shipped: (before, after) => `Die Klänge, die Earmark vorher kannte: AUC ${before} vorher, ${after} nachher.`,
    next: 'Was als Nächstes zu tun ist',
    auc: 'AUC',
    interval: '95-%-Intervall',
    range: (low, high) => `${low} bis ${high}`,
    precision: 'Genauigkeit',
    recall: 'Trefferquote',
    threshold: 'Zählt ab',
    clips: 'Aufnahmen',
    clipsOf: (part, whole) => `${part} von ${whole}`,
    notMeasured: 'Zu wenige Aufnahmen, um es zu messen.',
    rocWords: (name, auc) => `ROC-Kurve von ${name}: AUC ${auc}`,
    reliabilityWords: (name, bins) => `Verlässlichkeit von ${name}: ${bins}`,
    bin: (said, share) => `${said} gesagt, ${share} wahr`,
    missed: (label, value) => `„${label}“ überhört, bei ${value}`,
    falseAlarm: (label, value) => `Für „${label}“ gehalten, bei ${value}`,
    goneClip: 'Eine Aufnahme, die nicht mehr da ist',
    wrong: (count) => plural(count, { one: `${count} falsches Urteil`, other: `${count} falsche Urteile` }),
    showMore: 'Mehr zeigen',
    roc: 'ROC',
    guessing: 'Raten',
    falseAlarms: 'Falscher Alarm',
    found: 'Gefunden',
    reliability: 'Verlässlichkeit',
    perfect: 'Vollkommen',
    said: 'Gesagt',
    isTrue: 'Wahr',
  },

  heads: {
    title: 'Köpfe',
    what: 'Ein Kopf macht aus Klang Labels. Der in Gebrauch beurteilt, was zu hören ist; ein verglichener zeigt seinen Wert daneben. Ein exportierter Kopf kommt über „Dateien übernehmen“ zurück.',
    shipped: 'Der von Earmark',
    labels: (count, backbone) =>
      `${plural(count, { one: `${count} Label`, other: `${count} Labels` })}, auf ${backbone}. Immer da.`,
    loading: 'Wird geladen… Immer da.',
    use: 'Benutzen',
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
    otherModel: 'Er gehört zu einem anderen Modell. Wählen Sie unter „Modelle“ jenes, um ihn zu benutzen.',
    noNewLabels: 'Keine neuen Labels: trainiert für Labels, die Earmark kennt.',
    facts: (count, auc, date, backbone) => `${clips(count)}, mittlere AUC ${auc}, ${date}, auf ${backbone}`,
  },

  labels: {
    dog: 'Hund',
    rooster: 'Hahn',
    pig: 'Schwein',
    cow: 'Kuh',
    frog: 'Frosch',
    cat: 'Katze',
    hen: 'Henne',
    insects_flying: 'Fliegende Insekten',
    sheep: 'Schaf',
    crow: 'Krähe',
    crickets: 'Grillen',
    chirping_birds: 'Vogelgezwitscher',
    rain: 'Regen',
    sea_waves: 'Meeresrauschen',
    crackling_fire: 'Knisterndes Feuer',
    water_drops: 'Wassertropfen',
    wind: 'Wind',
    thunderstorm: 'Gewitter',
    crying_baby: 'Weinendes Baby',
    sneezing: 'Niesen',
    clapping: 'Klatschen',
    breathing: 'Atmen',
    coughing: 'Husten',
    footsteps: 'Schritte',
    laughing: 'Lachen',
    brushing_teeth: 'Zähneputzen',
    snoring: 'Schnarchen',
    drinking_sipping: 'Trinken, Schlürfen',
    door_knock: 'Klopfen an der Tür',
    mouse_click: 'Mausklick',
    keyboard_typing: 'Tippen',
    door_creak: 'Knarrende Tür',
    can_opening: 'Dose öffnen',
    washing_machine: 'Waschmaschine',
    vacuum_cleaner: 'Staubsauger',
    clock_alarm: 'Wecker',
    clock_tick: 'Ticken einer Uhr',
    glass_breaking: 'Zerbrechendes Glas',
    pouring_water: 'Wasser gießen',
    toilet_flush: 'Toilettenspülung',
    helicopter: 'Hubschrauber',
    chainsaw: 'Kettensäge',
    siren: 'Sirene',
    car_horn: 'Autohupe',
    engine: 'Motor',
    train: 'Zug',
    church_bells: 'Kirchenglocken',
    airplane: 'Flugzeug',
    fireworks: 'Feuerwerk',
    hand_saw: 'Handsäge',
    speech: 'Sprache',
    music: 'Musik',
  },

  announcer: {
    heard: (names) => `Zu hören: ${names.join(', ')}.`,
  },

  shortcuts: {
    title: 'Tastenkürzel',
    close: 'Liste der Tastenkürzel schließen',
    button: 'Tastenkürzel',
    off: 'Sie lassen sich in den Einstellungen abschalten.',
    what: {
      toggle: 'Zuhören beginnen oder beenden',
      keep: 'Die letzten Sekunden behalten, während zugehört wird',
      freeze: 'Die letzten zwei Minuten einfrieren, oder zurück zu jetzt; auch mit der Leertaste',
      filter: 'Klänge nach Namen filtern',
      wall: 'Die stärksten Klänge auf dem ganzen Bildschirm zeigen',
      listen: 'Zu „Hören“',
      teach: 'Zu „Anlernen“',
      models: 'Zu „Modelle“',
      settings: 'Zu „Einstellungen“',
      help: 'Diese Liste zeigen',
    },
  },

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

  problemText: ({ code, message }) =>
    problemSentences.get(code)?.(message) ?? `${problems[code].otherwise} (${message})`,
  sentence: (english) => sentence(english) ?? english,
};
