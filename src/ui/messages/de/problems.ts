import type { LengthFault, Problem, UnreadableFault, ZipFault } from '../../../shared/contracts/messages/problem';
import { hoursAndMinutes, inBrackets, say, type TextsOf } from '../texts';
import { startProblems } from './start-problems';
import { because, valueFault } from './value-faults';
import { grouped, plural, quoted } from './words';

const unreadable: Readonly<Record<UnreadableFault, string>> = {
  empty: 'ist leer',
  silent: 'enthält keinen Ton',
  undecodable: 'ist beschädigt oder in einem Format, das dieser Browser nicht lesen kann',
  'out-of-reach': 'ist nicht lesbar. Vielleicht wurde sie verschoben oder geändert, oder es fehlt eine Berechtigung',
  'not-sound': 'ist keine Tondatei',
  archive: 'ist ein Archiv. Entpacken Sie es, und wählen Sie dann die Klänge darin',
  stalled: 'hat zwei Minuten lang nicht geantwortet. Ist ihr Laufwerk oder Netz noch da?',
  'cut-off':
    'ist abgeschnitten: Der Teil, der sagt, was darin ist, fehlt. Ist es eine Kopie, kopieren Sie die Datei noch einmal',
  'no-sound-track': 'ist ein Video ohne Ton',
  protected: 'ist kopiergeschützt (DRM). Nur das Programm des Anbieters kann sie abspielen',
  'unknown-codec':
    'ist in einem Format, das hier nicht gelesen werden kann. Wandeln Sie sie in WAV oder FLAC um und versuchen Sie es noch einmal',
  'rate-out-of-range': 'hat eine Abtastrate, die nicht zwischen 2 und 500 kHz liegt',
};

const tooLong: TextsOf<LengthFault> = {
  lasts: ({ seconds }) => `dauert ${hoursAndMinutes(seconds)}`,
  longer: 'ist zu lang',
};

const zipFaults: TextsOf<ZipFault> = {
  'no-zip': 'ist keine Zip-Datei oder unvollständig. Kopieren Sie sie noch einmal, oder laden Sie sie erneut herunter.',
  encrypted: 'ist mit einem Passwort geschützt. Erstellen Sie eine ohne Passwort.',
  twice: ({ path }) => `enthält ${quoted(path)} zweimal. Packen Sie Ihren Ordner neu.`,
  'too-many-files': ({ files }) =>
    `enthält mehr als ${grouped(files)} Dateien. Verteilen Sie sie auf mehrere Zip-Dateien.`,
  'unpacks-too-large': ({ megabytes }) =>
    `ist entpackt größer als ${grouped(megabytes)} MB. Verteilen Sie den Inhalt auf mehrere Zip-Dateien.`,
  'file-too-large': ({ path, megabytes }) => `enthält ${quoted(path)}, größer als ${grouped(megabytes)} MB.`,
  lacks: ({ path }) => `enthält keine Datei ${quoted(path)}.`,
  'unsafe-path': ({ path }) =>
    `enthält ${quoted(path)}, einen Namen, der aus dem Ordner hinausführt. Packen Sie Ihren Ordner neu.`,
  method: ({ path, method }) =>
    `enthält ${quoted(path)}, gepackt als ${method}. Das kann nicht gelesen werden. Packen Sie die Dateien neu, mit dem üblichen Verfahren (Deflate).`,
  split:
    'ist ein Teil einer geteilten Zip-Datei. Fügen Sie die Teile zusammen, oder packen Sie die Dateien neu, ohne sie zu teilen.',
  'zip-inside': ({ path }) =>
    `enthält eine weitere Zip-Datei, ${quoted(path)}. Entpacken Sie sie, und importieren Sie, was darin war.`,
  contradictory: ({ detail }) => `widerspricht sich${inBrackets(detail)}. Packen Sie Ihren Ordner neu.`,
  damaged: ({ path, detail }) =>
    `ist beschädigt${path === undefined ? '' : `, und zwar bei ${quoted(path)}`}${inBrackets(detail)}. Kopieren Sie sie noch einmal, oder laden Sie sie erneut herunter.`,
};

export const problems: TextsOf<Problem> = {
  ...startProblems,
  'model-not-loaded': 'Das Modell ist noch nicht geladen. Warten Sie einen Moment, und versuchen Sie es dann erneut.',
  'model-list-missing': (cause) =>
    `Die Liste der Modelle konnte nicht geladen werden${because(cause)}. Prüfen Sie die Verbindung, und versuchen Sie es erneut.`,
  'model-card-missing': (cause) =>
    `Die Modellkarte konnte nicht geladen werden${because(cause)}. Prüfen Sie die Verbindung, und versuchen Sie es erneut.`,
  'no-exemplars':
    'Dieses Modell lässt sich nicht trainieren, weil es keine Trainingsbeispiele mitbringt. Wählen Sie unter „Modelle“ ein anderes.',
  'exemplars-missing': ({ detail }) =>
    `Die Trainingsbeispiele des Modells konnten nicht geladen werden${inBrackets(detail)}. Prüfen Sie die Verbindung, und trainieren Sie dann erneut.`,
  'exemplars-damaged': (cause) =>
    `Die Trainingsbeispiele des Modells sind beschädigt${because(cause)}. Trainieren Sie noch einmal, dann werden sie erneut heruntergeladen.`,
  'exemplars-mismatched': ({ backbone, needed }) =>
    `Die Trainingsbeispiele gehören zu ${backbone}, nicht zu diesem Modell (${needed}). Laden Sie die Seite neu, um beide erneut herunterzuladen.`,
  'storage-missing': ({ detail }) =>
    `In diesem Browser kann Earmark keine Clips speichern${inBrackets(detail)}. Öffnen Sie Earmark in einem Fenster, das nicht privat ist, oder erlauben Sie dieser Seite, Daten zu speichern, und laden Sie sie neu. Zuhören funktioniert trotzdem.`,
  'storage-blocked':
    'Ein anderer Tab mit einer älteren Version von Earmark sperrt Ihre Clips. Schließen Sie ihn, oder laden Sie ihn neu, und versuchen Sie es dann erneut. Es wurde nichts geändert.',
  'storage-newer':
    'Ihre Clips wurden von einer neueren Version von Earmark gespeichert. Drücken Sie „Neuere Version holen“. Es wurde nichts geändert.',
  'storage-elsewhere':
    'Earmark ist in einem anderen Tab geöffnet, und nur ein Tab kann speichern. Schließen Sie den anderen, und versuchen Sie es hier erneut.',
  'storage-evicted':
    'Ihre Clips und Profile sind weg. Der Browser hat sie gelöscht, um Platz zu schaffen oder weil die Daten dieser Seite gelöscht wurden. Was im Editor offen ist, können Sie noch speichern; auch Ihr letzter Export lässt sich importieren. Das Zuhören geht weiter.',
  'storage-full':
    'Der Browser hat keinen Platz mehr, deshalb wurde dies nicht gespeichert. Löschen Sie nicht benötigte Clips oder Aufnahmen, oder schaffen Sie Platz auf dem Laufwerk, und versuchen Sie es dann erneut. Alles früher Gespeicherte ist noch da.',
  'recording-cut-off':
    'Das Mikrofon ist nicht mehr angeschlossen, deshalb endete die Aufnahme. Was bis dahin aufgenommen wurde, steht in der Liste.',
  'storage-failed': ({ detail }) =>
    `Der Browser konnte Ihre Clips nicht lesen oder speichern${inBrackets(detail)}. Es wurde nichts geändert. Laden Sie die Seite neu, und versuchen Sie es dann erneut.`,
  'empty-sound':
    'Dieser Ausschnitt enthält keinen Ton und wurde deshalb nicht behalten. Nehmen Sie ihn noch einmal auf.',
  'clip-missing': 'Diesen Clip gibt es nicht mehr. Vielleicht wurde er in einem anderen Tab gelöscht.',
  'clip-not-sound':
    'Dieser Clip ist beschädigt: Er enthält keinen Ton. Unter „Beschädigte Einträge“ in „Anlernen“ können Sie ihn exportieren oder löschen.',
  'label-missing': 'Dieses Label gibt es nicht mehr. Vielleicht wurde es in einem anderen Tab umbenannt.',
  'label-too-long': ({ characters, most }) =>
    `Ein Label kann bis zu ${most} Zeichen haben, dieses hat ${grouped(characters)}. Wählen Sie einen kürzeren Namen.`,
  'label-without-letters': 'Ein Label braucht mindestens einen Buchstaben oder eine Ziffer.',
  'file-unreadable': ({ file, fault, detail = '' }) =>
    `${quoted(file)} ${unreadable[fault]}${inBrackets(detail)}. Die Datei wurde nicht importiert.`,
  'recording-unreadable': ({ file, fault, detail = '' }) =>
    `${quoted(file)} ${unreadable[fault]}${inBrackets(detail)}.`,
  'recording-changed': ({ file }) =>
    `${quoted(file)} wurde geändert, nachdem die Datei hinzugefügt wurde. Entfernen Sie sie aus der Liste, und fügen Sie sie neu hinzu.`,
  'file-too-long': ({ file, fault, mostMinutes }) =>
    `${quoted(file)} ${say(tooLong, fault)}. Dateien dürfen bis zu ${mostMinutes} Minuten lang sein: Schneiden Sie die Stelle mit dem Klang heraus, und importieren Sie diese. Die Datei wurde nicht importiert.`,
  'zip-damaged': ({ file, fault }) => `Es wurde nichts importiert: ${quoted(file)} ${say(zipFaults, fault)}`,
  'nothing-to-import':
    'Ihre Auswahl enthält keinen Ton. Earmark importiert Audiodateien, Ordner mit Audiodateien und die eigenen Zip-Dateien.',
  'too-much-to-import': ({ mostFiles, deepestFolder }) =>
    `Ihre Auswahl enthält mehr als ${grouped(mostFiles)} Dateien oder ist mehr als ${deepestFolder} Ordner tief. Wählen Sie nur den Ordner mit den Klängen. Es wurde nichts importiert.`,
  'no-dataset': ({ file, list }) =>
    `Es wurde nichts importiert: ${quoted(file)} enthält keine Klänge und keine Datei ${quoted(list)}, die welche nennt.`,
  'empty-dataset': ({ file }) => `Es wurde nichts importiert: Der Datensatz ${quoted(file)} enthält keine Clips.`,
  'dataset-damaged': ({ file, reason }) => `Aus ${quoted(file)} wurde nichts importiert. ${say(problems, reason)}`,
  'backup-damaged': ({ file, reason }) =>
    `Aus ${quoted(file)} wurde nichts wiederhergestellt. ${say(problems, reason)}`,
  'backup-newer': ({ file }) =>
    `Es wurde nichts wiederhergestellt: ${quoted(file)} stammt von einer neueren Version von Earmark. Drücken Sie „Neuere Version holen“, und importieren Sie die Datei dann noch einmal.`,
  'part-damaged': ({ part, ...fault }) => `Die Datei ${part} ist beschädigt: ${valueFault(fault)}.`,
  'part-not-json': ({ part }) => `Die Datei ${part} ist beschädigt und lässt sich nicht lesen.`,
  'part-not-sound': ({ part }) => `Die Datei ${part} ist beschädigt: Sie enthält keinen Ton.`,
  'list-column-missing': ({ list, column }) =>
    `In ${list} fehlt die Spalte ${quoted(column)}. In der ersten Zeile stehen die Namen der Spalten, etwa file,labels.`,
  'list-workbook': ({ list }) =>
    `${list} ist eine Tabelle im Format ihres Programms. Speichern Sie sie dort als CSV, und versuchen Sie es noch einmal.`,
  'list-row-damaged': ({ list, row, reason }) => `Zeile ${row} in ${list}: ${say(problems, reason)}`,
  'list-row-length': ({ columns, expected }) =>
    `Sie hat ${plural(columns, { one: 'eine Spalte', other: `${columns} Spalten` })} statt ${expected}.`,
  'list-file-unnamed': 'Es ist keine Datei angegeben.',
  'list-file-missing': ({ list, path }) => `In ${list} steht die Datei ${quoted(path)}, die es nicht gibt.`,
  'list-file-too-large': ({ path }) => `Die Datei ${quoted(path)} ist zu groß.`,
  'list-label-twice': ({ label }) => `Das Label ${quoted(label)} ist zweimal aufgeführt.`,
  'list-too-many-labels': ({ labels, most }) =>
    `Die Liste enthält ${labels} verschiedene Labels, erlaubt sind höchstens ${most}.`,
  'too-many-folders': ({ folders, most }) =>
    `Die Klänge liegen in ${folders} Ordnern. Aus jedem würde ein Label, erlaubt sind höchstens ${most}. Es wurde nichts importiert.`,
  'list-label-id': ({ label }) => `${quoted(label)} ist keine Kennung eines Labels.`,
  'list-date': ({ text, column, example }) =>
    `${quoted(text)} in der Spalte ${quoted(column)} ist kein Zeitpunkt wie ${example}.`,
  'list-yes-no': ({ text, column }) => `${quoted(text)} in der Spalte ${quoted(column)} ist weder yes noch no.`,
  'wrong-backbone': ({ name, backbone, needed }) =>
    `${quoted(name)} wurde mit einem anderen Modell trainiert (${quoted(backbone)}) als dem, das gerade läuft (${quoted(needed)}), und lässt sich hier nicht verwenden. Trainieren Sie es aus seinen Clips neu.`,
  'head-of-other-model': ({ head }) =>
    `Das Profil ${quoted(head)} gehört zu einem anderen Modell. Um es zu verwenden, wählen Sie dieses Modell unter „Modelle“.`,
  'head-damaged': ({ head }) =>
    `Das Profil ${quoted(head)} ist beschädigt. Löschen Sie es, und trainieren Sie es aus seinen Clips neu.`,
  'head-file-damaged': ({ file, part, ...cause }) =>
    `Es wurde nichts importiert: ${quoted(file)} enthält kein brauchbares Profil, denn ${part} ist beschädigt${because(cause)}.`,
  'head-gone':
    'Das verwendete Profil gibt es nicht mehr, deshalb gilt jetzt das von Earmark. Wählen Sie unter „Anlernen“ ein anderes.',
  'training-diverged':
    'Das Training ist fehlgeschlagen: Der Fehler wurde immer größer. Das verwendete Profil ist unverändert. Wählen Sie in den Einstellungen unter „Läuft auf“ etwas anderes, und trainieren Sie erneut.',
  'clip-damaged':
    'Ein Clip ließ sich nicht verwenden, weil seine Auswertung beschädigt ist. Laden Sie die Seite neu, und trainieren Sie erneut.',
  'training-failed': ({ detail }) =>
    `Das Training ließ sich nicht abschließen${inBrackets(detail)}, wahrscheinlich weil der Speicher voll war. Schließen Sie andere Tabs und Programme, oder trainieren Sie mit weniger Clips. Ihre Clips und Profile sind unverändert.`,
  'training-interrupted':
    'Das Training wurde unterbrochen, weil das Modell neu gestartet wurde. Trainieren Sie erneut.',
  'too-few-clips': 'Noch hat kein Clip ein Label, deshalb gibt es nichts zu lernen. Vergeben Sie zuerst Labels.',
  'command-failed': ({ detail }) =>
    `Ein unerwarteter Fehler ist aufgetreten${inBrackets(detail)}. Versuchen Sie es erneut; wenn das nicht hilft, laden Sie die Seite neu.`,
};
