import type { ProblemCode } from '../../shared/contracts/problem';
import type { Sentences } from './sentences';

/** Problems by their code. What is in parentheses is for a report of the fault, and stays as it is. */
export const problems: Readonly<Record<ProblemCode, { readonly known: Sentences; readonly otherwise: string }>> = {
  'permission-denied': {
    otherwise: 'Earmark darf das Mikrofon nicht benutzen. Erlauben Sie es für diese Seite.',
    known: {
      'Earmark may not use the microphone. Allow it for this page (the icon beside the address), then press “Try again”.':
        'Earmark darf das Mikrofon nicht benutzen. Erlauben Sie es für diese Seite (das Symbol neben der Adresse) und drücken Sie dann „Noch einmal“.',
    },
  },
  'no-microphone': {
    otherwise: 'Es wurde kein Mikrofon gefunden. Schließen Sie eines an.',
    known: {
      'No microphone was found. Plug one in, or turn it on in the system settings, then press “Try again”.':
        'Es wurde kein Mikrofon gefunden. Schließen Sie eines an oder schalten Sie es in den Systemeinstellungen ein, dann drücken Sie „Noch einmal“.',
    },
  },
  'microphone-busy': {
    otherwise: 'Das Mikrofon ließ sich nicht öffnen. Vielleicht benutzt es ein anderes Programm.',
    known: {
      'The microphone could not be opened: another program may be using it. Close that program, then press “Try again”.':
        'Das Mikrofon ließ sich nicht öffnen: Vielleicht benutzt es ein anderes Programm. Schließen Sie dieses, dann drücken Sie „Noch einmal“.',
    },
  },
  'microphone-unplugged': {
    otherwise: 'Das Mikrofon ist weg. Schließen Sie es wieder an.',
    known: {
      'The microphone is gone. Plug it in, and Earmark listens again; or choose another one under Settings, then press “Try again”.':
        'Das Mikrofon ist weg. Schließen Sie es an, dann hört Earmark wieder zu; oder wählen Sie in den Einstellungen ein anderes und drücken Sie „Noch einmal“.',
    },
  },
  'microphone-muted': {
    otherwise: 'Das System hat das Mikrofon stumm geschaltet.',
    known: {
      'The system has muted the microphone, so only silence is heard. Turn it on in the system settings or by its own switch; Earmark then goes on by itself.':
        'Das System hat das Mikrofon stumm geschaltet, darum ist nur Stille zu hören. Schalten Sie es in den Systemeinstellungen oder an seinem Schalter ein; dann geht es von selbst weiter.',
    },
  },
  'backend-lost': {
    otherwise: 'Die Grafikkarte rechnet nicht mehr für Earmark. Drücken Sie „Neu starten“.',
    known: {
      'The graphics card stopped working for Earmark ({detail}). Press “Restart” to start the sound model anew, or choose WASM under “Compute with”.':
        'Die Grafikkarte rechnet nicht mehr für Earmark ({detail}). Drücken Sie „Neu starten“, um das Klangmodell neu zu starten, oder wählen Sie WASM unter „Rechnen mit“.',
    },
  },
  'storage-elsewhere': {
    otherwise: 'Earmark ist noch in einem anderen Tab offen. Schließen Sie ihn, dann geht es hier.',
    known: {
      'Earmark is open in another tab as well, and only one of them can save clips and heads. Close the other tab, then try again here.':
        'Earmark ist noch in einem anderen Tab offen, und nur einer kann Aufnahmen und Köpfe speichern. Schließen Sie den anderen Tab, dann versuchen Sie es hier noch einmal.',
    },
  },
  'storage-evicted': {
    otherwise: 'Der Browser hat Ihre Aufnahmen und Köpfe gelöscht.',
    known: {
      'Your clips and heads are gone: the browser deleted them, to free disk space or because this page’s data was cleared. What you still see in the editor can be saved. Import your last export, and listening goes on.':
        'Ihre Aufnahmen und Köpfe sind weg: Der Browser hat sie gelöscht, um Platz zu schaffen oder weil die Daten dieser Seite gelöscht wurden. Was Sie noch im Editor sehen, lässt sich speichern. Übernehmen Sie Ihren letzten Export; das Zuhören geht weiter.',
    },
  },
  'microphone-failed': {
    otherwise: 'Das Mikrofon ließ sich nicht öffnen. Versuchen Sie es noch einmal.',
    known: {
      'The microphone could not be opened ({detail}). Press “Try again”.':
        'Das Mikrofon ließ sich nicht öffnen ({detail}). Drücken Sie „Noch einmal“.',
    },
  },
  'insecure-page': {
    otherwise: 'Das erlauben Browser nur sicheren Seiten. Öffnen Sie Earmark über https.',
    known: {
      'Browsers give the microphone only to secure pages. Open Earmark by https, or on this computer as http://localhost.':
        'Browser geben das Mikrofon nur sicheren Seiten. Öffnen Sie Earmark über https oder auf diesem Rechner als http://localhost.',
      'Browsers let only secure pages keep clips this way. Open Earmark by https, or on this computer as http://localhost.':
        'Browser lassen nur sichere Seiten auf diese Weise Aufnahmen behalten. Öffnen Sie Earmark über https oder auf diesem Rechner als http://localhost.',
    },
  },
  'unsupported-browser': {
    otherwise: 'Dieser Browser kann das nicht. Nehmen Sie einen neueren Chrome, Edge, Firefox oder Safari.',
    known: {
      'This browser cannot hand live sound to a page. Use a recent Chrome, Edge, Firefox or Safari.':
        'Dieser Browser kann keinen laufenden Ton an eine Seite geben. Nehmen Sie einen neueren Chrome, Edge, Firefox oder Safari.',
    },
  },
  'unknown-backend': {
    otherwise: 'Die Adresse nennt ein Backend, das es nicht gibt. Earmark wählt selbst.',
    known: {
      '“{asked}” is no backend, so Earmark chooses by itself. Use ?backend={names} or auto.':
        '„{asked}“ ist kein Backend, darum wählt Earmark selbst. Möglich sind ?backend={names} oder auto.',
    },
  },
  'demo-missing': {
    otherwise: 'Die Vorführung konnte nicht geladen werden.',
    known: {
      'The demo could not be loaded ({detail}). Check the connection, then try again.':
        'Die Vorführung konnte nicht geladen werden ({detail}). Prüfen Sie die Verbindung, dann versuchen Sie es noch einmal.',
    },
  },
  'audio-suspended': {
    otherwise: 'Der Browser hat den Ton angehalten.',
    known: {
      'The browser paused the sound, so nothing is heard. Press “Resume” to go on listening.':
        'Der Browser hat den Ton angehalten, darum ist nichts zu hören. Drücken Sie „Fortsetzen“, um weiter zuzuhören.',
    },
  },
  'model-missing': {
    otherwise: 'Das Modell konnte nicht geladen werden. Prüfen Sie die Verbindung, dann drücken Sie „Neu starten“.',
    known: {
      'The model “{name}” could not be loaded: its file {file} is missing or out of reach ({detail}). Check the connection, then press “Restart”.':
        'Das Modell „{name}“ konnte nicht geladen werden: Seine Datei {file} fehlt oder ist nicht zu erreichen ({detail}). Prüfen Sie die Verbindung, dann drücken Sie „Neu starten“.',
      '{whatPhrase} could not be loaded ({detail}). Check the connection, then try again.':
        '{whatPhrase} konnte nicht geladen werden ({detail}). Prüfen Sie die Verbindung, dann versuchen Sie es noch einmal.',
      'The list of models': 'Die Liste der Modelle',
      'The model card': 'Die Modellkarte',
      'The examples that training needs could not be loaded ({detail}). Check the connection, then train again.':
        'Die Beispiele, die das Training braucht, konnten nicht geladen werden ({detail}). Prüfen Sie die Verbindung, dann trainieren Sie noch einmal.',
      'This model brings no examples to train with, so it cannot be taught. Choose another one under “Models”.':
        'Dieses Modell bringt keine Beispiele zum Trainieren mit, darum kann ihm nichts beigebracht werden. Wählen Sie unter „Modelle“ ein anderes.',
      'The sound model is not loaded yet. Wait until it is, then try again.':
        'Das Klangmodell ist noch nicht geladen. Warten Sie, bis es da ist, und versuchen Sie es dann noch einmal.',
    },
  },
  'model-damaged': {
    otherwise: 'Das Modell ist beschädigt. Drücken Sie „Neu starten“, um es neu zu holen.',
    known: {
      'The model “{name}” cannot be used: its file {file} is damaged ({detail}). Press “Restart” to fetch it again.':
        'Das Modell „{name}“ ist nicht zu gebrauchen: Seine Datei {file} ist beschädigt ({detail}). Drücken Sie „Neu starten“, um es neu zu holen.',
      'The model “{name}” cannot be used: {detail}. Press “Restart” to fetch it again.':
        'Das Modell „{name}“ ist nicht zu gebrauchen ({detail}). Drücken Sie „Neu starten“, um es neu zu holen.',
      'The examples that training needs are damaged ({detail}). Press “Restart” to fetch the model again.':
        'Die Beispiele, die das Training braucht, sind beschädigt ({detail}). Drücken Sie „Neu starten“, um das Modell neu zu holen.',
    },
  },
  'no-backend': {
    otherwise: 'Dieser Browser kann das Netz nicht rechnen. Aktualisieren Sie ihn oder nehmen Sie einen anderen.',
    known: {
      'This browser cannot run the network ({detail}). {advicePhrase}, then press “Restart”.':
        'Dieser Browser kann das Netz nicht rechnen ({detail}). {advicePhrase}, dann drücken Sie „Neu starten“.',
      'Update the browser or try another one': 'Aktualisieren Sie den Browser oder nehmen Sie einen anderen',
      'Choose another one under “Compute with”, or “Automatic”':
        'Wählen Sie unter „Rechnen mit“ etwas anderes oder „Automatisch“',
    },
  },
  'tagging-failed': {
    otherwise: 'Das Erkennen hat aufgehört. Drücken Sie „Neu starten“.',
    known: {
      'Tagging stopped because the network could not be run ({detail}). Press “Restart” to start it anew.':
        'Das Erkennen hat aufgehört, weil sich das Netz nicht rechnen ließ ({detail}). Drücken Sie „Neu starten“, um es neu zu starten.',
    },
  },
  'worker-died': {
    otherwise: 'Der Teil von Earmark, der den Klang erkennt, hat sich beendet. Drücken Sie „Neu starten“.',
    known: {
      'The part of Earmark that tags the sound has ended unexpectedly ({detail}). Press “Restart” to start it anew.':
        'Der Teil von Earmark, der den Klang erkennt, hat sich unerwartet beendet ({detail}). Drücken Sie „Neu starten“, um ihn neu zu starten.',
    },
  },
  'storage-missing': {
    otherwise: 'Dieser Browser gibt Earmark keinen Platz für Aufnahmen. Zuhören geht auch ohne.',
    known: {
      'This browser gives Earmark no place to save clips ({detail}). Open Earmark in a window that is not private, or allow this page to save data, then reload it. Listening works without.':
        'Dieser Browser gibt Earmark keinen Platz für Aufnahmen ({detail}). Öffnen Sie Earmark in einem Fenster, das nicht privat ist, oder erlauben Sie der Seite, Daten zu speichern, und laden Sie sie neu. Zuhören geht auch ohne.',
      'This browser gives Earmark no place to save clips. Open Earmark in a window that is not private, or allow this page to save data, then reload it. Listening works without.':
        'Dieser Browser gibt Earmark keinen Platz für Aufnahmen. Öffnen Sie Earmark in einem Fenster, das nicht privat ist, oder erlauben Sie der Seite, Daten zu speichern, und laden Sie sie neu. Zuhören geht auch ohne.',
    },
  },
  'storage-blocked': {
    otherwise: 'Ein anderer Tab sperrt Ihre Aufnahmen. Schließen Sie ihn, dann versuchen Sie es noch einmal.',
    known: {
      'Another tab with an older version of Earmark keeps your clips locked. Close or reload that tab, then try again. Nothing was changed.':
        'Ein anderer Tab mit einer älteren Version von Earmark sperrt Ihre Aufnahmen. Schließen Sie ihn oder laden Sie ihn neu, dann versuchen Sie es noch einmal. Es wurde nichts geändert.',
    },
  },
  'storage-newer': {
    otherwise: 'Ihre Aufnahmen stammen von einer neueren Version von Earmark. Laden Sie die Seite neu.',
    known: {
      'Your clips were saved by a newer version of Earmark, which this page is not. Reload the page to get the newer version. Nothing was changed.':
        'Ihre Aufnahmen hat eine neuere Version von Earmark gespeichert als diese. Laden Sie die Seite neu, um die neuere zu bekommen. Es wurde nichts geändert.',
    },
  },
  'storage-full': {
    otherwise: 'Der Browser hat dafür keinen Platz mehr. Löschen Sie Aufnahmen, die Sie nicht brauchen.',
    known: {
      'The browser has no room left for this, so it was not saved. Delete clips that you do not need, or free disk space, then try again. Everything that was saved before is still there.':
        'Der Browser hat dafür keinen Platz mehr, darum wurde es nicht gespeichert. Löschen Sie Aufnahmen, die Sie nicht brauchen, oder schaffen Sie Platz auf dem Laufwerk, dann versuchen Sie es noch einmal. Was vorher gespeichert war, ist noch da.',
    },
  },
  'storage-failed': {
    otherwise: 'Der Browser konnte Ihre Aufnahmen nicht lesen oder speichern. Laden Sie die Seite neu.',
    known: {
      'The browser could not read or save your clips ({detail}), and nothing was changed. Reload the page, then try again.':
        'Der Browser konnte Ihre Aufnahmen nicht lesen oder speichern ({detail}), und es wurde nichts geändert. Laden Sie die Seite neu, dann versuchen Sie es noch einmal.',
    },
  },
  'empty-sound': {
    otherwise: 'In diesem Schnipsel ist kein Ton. Nehmen Sie ihn noch einmal auf.',
    known: {
      'There is no sound in this snippet, so it was not kept. Record it again.':
        'In diesem Schnipsel ist kein Ton, darum wurde er nicht behalten. Nehmen Sie ihn noch einmal auf.',
    },
  },
  'label-missing': {
    otherwise: 'Dieses Label ist nicht mehr da.',
    known: {
      'This label is not there any more: it was renamed, perhaps in another tab.':
        'Dieses Label ist nicht mehr da: Es wurde umbenannt, vielleicht in einem anderen Tab.',
    },
  },
  'clip-missing': {
    otherwise: 'Diese Aufnahme ist nicht mehr da.',
    known: {
      'This clip is not there any more. It was deleted elsewhere.':
        'Diese Aufnahme ist nicht mehr da. Sie wurde anderswo gelöscht.',
      'This clip is not there any more: it was deleted, perhaps in another tab.':
        'Diese Aufnahme ist nicht mehr da: Sie wurde gelöscht, vielleicht in einem anderen Tab.',
    },
  },
  'file-unreadable': {
    otherwise: 'Eine Datei ließ sich nicht lesen. Aus ihr wurde nichts übernommen.',
    known: {
      '{name} {faultPhrase}. Nothing of it was imported.': '{name} {faultPhrase}. Daraus wurde nichts übernommen.',
      'is no sound that this browser can decode, or it is damaged':
        'ist kein Ton, den dieser Browser lesen kann, oder beschädigt',
      'is empty': 'ist leer',
      'holds no sound': 'enthält keinen Ton',
      'cannot be read: it was moved or changed since, or needs a permission':
        'lässt sich nicht lesen: Die Datei wurde inzwischen verschoben oder geändert, oder sie braucht eine Erlaubnis',
      '{name} cannot be read ({detail}). Nothing was imported.':
        '{name} lässt sich nicht lesen ({detail}). Es wurde nichts übernommen.',
    },
  },
  'file-too-long': {
    otherwise: 'Eine Datei ist zu lang. Schneiden Sie die Stelle mit dem Klang heraus und übernehmen Sie diese.',
    known: {
      '{name} {faultPhrase}. Earmark takes files of up to {minutes} minutes: cut out the part with the sound, then import that. Nothing of it was imported.':
        '{name} {faultPhrase}. Earmark nimmt Dateien bis zu {minutes} Minuten: Schneiden Sie die Stelle mit dem Klang heraus und übernehmen Sie diese. Daraus wurde nichts übernommen.',
      'lasts {duration}': 'dauert {duration}',
      'is larger than {size} MB': 'ist größer als {size} MB',
      'does not say how long it is, and is larger than {size} MB':
        'sagt nicht, wie lange der Ton dauert, und ist größer als {size} MB',
    },
  },
  'zip-damaged': {
    otherwise: 'Eine Zip-Datei ist beschädigt. Es wurde nichts übernommen, und was Sie haben, ist unverändert.',
    known: {
      '“{name}” was not imported, and what you have is unchanged. {reasonPhrase}':
        '„{name}“ wurde nicht übernommen, und was Sie haben, ist unverändert. {reasonPhrase}',
      '“{name}” {faultPhrase}. Nothing was imported, and what you have is unchanged. {advicePhrase}':
        '„{name}“ {faultPhrase}. Es wurde nichts übernommen, und was Sie haben, ist unverändert. {advicePhrase}',
      '“{name}” {faultPhrase}. Nothing was imported, and what you have is unchanged.':
        '„{name}“ {faultPhrase}. Es wurde nichts übernommen, und was Sie haben, ist unverändert.',
      'holds {path} twice': 'enthält {path} zweimal',
      'is protected with a password': 'ist mit einem Passwort geschützt',
      'Make one without a password.': 'Machen Sie eine ohne Passwort.',
      'holds more than {count} files': 'enthält mehr als {count} Dateien',
      'unpacks to more than {size} MB': 'ist ausgepackt größer als {size} MB',
      'holds {path}, which is larger than {size} MB': 'enthält {path}, größer als {size} MB',
      'is damaged at {path} ({detail})': 'ist bei {path} beschädigt ({detail})',
      'is damaged ({detail})': 'ist beschädigt ({detail})',
      'is damaged at {path}': 'ist bei {path} beschädigt',
      'lacks the file {path}': 'hat die Datei {path} nicht',
      'holds {path}, a name that could lead out of its folder':
        'enthält {path}, einen Namen, der aus seinem Ordner hinausführen könnte',
      'contradicts itself ({detail})': 'widerspricht sich ({detail})',
      'is no zip file, or its end is missing': 'ist keine Zip-Datei, oder ihr Ende fehlt',
      'Copy or download it again.': 'Kopieren oder laden Sie sie noch einmal.',
      'Its lists are no text in UTF-8.': 'Ihre Listen sind kein Text in UTF-8.',
      '“{list}” names the file {path}, which is not in it.': '„{list}“ nennt die Datei {path}, die nicht darin ist.',
      'The file {path} is too large.': 'Die Datei {path} ist zu groß.',
      'Row {row} of {list}: {reasonPhrase}': 'Zeile {row} von {list}: {reasonPhrase}',
      'Row {row} of {list} has {columns} columns, and the header has {expected}.':
        'Zeile {row} von {list} hat {columns} Spalten, und der Kopf hat {expected}.',
      '{list} has no column “{column}”.': '{list} hat keine Spalte „{column}“.',
      'No file is named.': 'Es ist keine Datei genannt.',
      'The file {path} comes twice.': 'Die Datei {path} kommt zweimal vor.',
      'The label {label} comes twice.': 'Das Label {label} kommt zweimal vor.',
      '{label} is no label’s id.': '{label} ist keine Kennung eines Labels.',
      '{text} in the column “keptAt” is no date like {example}.':
        '{text} in der Spalte „keptAt“ ist kein Zeitpunkt wie {example}.',
      '{text} in the column “reviewed” is neither yes nor no.':
        '{text} in der Spalte „reviewed“ ist weder yes noch no.',
    },
  },
  'nothing-to-import': {
    otherwise: 'Darin ist nichts, was Earmark übernehmen kann.',
    known: {
      'There is no sound in what you chose. Earmark takes audio files, folders of them, and its own zip files.':
        'In dem, was Sie gewählt haben, ist kein Ton. Earmark nimmt Tondateien, Ordner davon und seine eigenen Zip-Dateien.',
      'There are more than {files} files in what you chose, or folders deeper than {depth}. Choose the folder with the sounds alone. Nothing was imported.':
        'In dem, was Sie gewählt haben, sind mehr als {files} Dateien oder Ordner tiefer als {depth}. Wählen Sie nur den Ordner mit den Klängen. Es wurde nichts übernommen.',
      '“{name}” is no Earmark data set: it has no file “{list}”. Nothing was imported.':
        '„{name}“ ist kein Datensatz von Earmark: Die Datei „{list}“ fehlt. Es wurde nichts übernommen.',
      '“{name}” is a data set without clips. Nothing was imported.':
        '„{name}“ ist ein Datensatz ohne Aufnahmen. Es wurde nichts übernommen.',
    },
  },
  'wrong-backbone': {
    otherwise: 'Dieser Kopf gehört zu einem anderen Modell. Trainieren Sie ihn aus seinen Aufnahmen neu.',
    known: {
      'The head “{name}” belongs to another model than the one in use. Choose that one under Models to use it.':
        'Der Kopf „{name}“ gehört zu einem anderen Modell als dem, das gerade läuft. Wählen Sie unter „Modelle“ jenes, um ihn zu benutzen.',
      '“{name}” was trained on another model (“{other}”) than the one in use (“{backbone}”), so it cannot be used here. Train it anew from its clips.':
        '„{name}“ wurde auf einem anderen Modell trainiert („{other}“) als dem, das gerade läuft („{backbone}“), und ist hier nicht zu gebrauchen. Trainieren Sie ihn aus seinen Aufnahmen neu.',
      "The examples that training needs were made with other weights ({other}) than this model's ({backbone}). Reload the page to fetch both anew.":
        'Die Beispiele, die das Training braucht, sind mit anderen Gewichten gemacht ({other}) als denen dieses Modells ({backbone}). Laden Sie die Seite neu, um beide neu zu holen.',
    },
  },
  'head-damaged': {
    otherwise: 'Dieser Kopf ist beschädigt.',
    known: {
      'The head “{name}” is damaged. Delete it and train it anew from its clips.':
        'Der Kopf „{name}“ ist beschädigt. Löschen Sie ihn und trainieren Sie ihn aus seinen Aufnahmen neu.',
      '“{name}” holds no head that can be used: {file} is damaged ({detail}). Nothing was imported, and what you have is unchanged.':
        '„{name}“ enthält keinen brauchbaren Kopf: {file} ist beschädigt ({detail}). Es wurde nichts übernommen, und was Sie haben, ist unverändert.',
      'The head that was in use is not there any more, so Earmark’s own is used. Choose another one under Teach.':
        'Der Kopf, der in Gebrauch war, ist nicht mehr da, darum gilt der von Earmark. Wählen Sie unter „Anlernen“ einen anderen.',
    },
  },
  'training-failed': {
    otherwise: 'Das Training ist gescheitert. Trainieren Sie noch einmal.',
    known: {
      'The training went astray: its loss is no number any more, and the head in use stays as it was. Choose another one under “Compute with”, and train again.':
        'Das Training ist aus dem Ruder gelaufen: Sein Verlust ist keine Zahl mehr, und der Kopf, der in Gebrauch ist, bleibt, wie er war. Wählen Sie unter „Rechnen mit“ etwas anderes und trainieren Sie noch einmal.',
      'A clip could not be trained with, because what the network made of it is damaged. Reload the page and train again.':
        'Mit einer Aufnahme ließ sich nicht trainieren, weil das, was das Netz aus ihr gemacht hat, beschädigt ist. Laden Sie die Seite neu und trainieren Sie noch einmal.',
      'The training could not be finished ({detail}), most likely because the memory was full. Close other tabs and programs, or train with fewer clips. Your clips and heads are as they were.':
        'Das Training ließ sich nicht beenden ({detail}), wahrscheinlich weil der Speicher voll war. Schließen Sie andere Tabs und Programme oder trainieren Sie mit weniger Aufnahmen. Ihre Aufnahmen und Köpfe sind, wie sie waren.',
      'The training ended, because the sound model was started anew. Nothing is lost but the training: train again.':
        'Das Training endete, weil das Klangmodell neu gestartet wurde. Verloren ist nur das Training: Trainieren Sie noch einmal.',
    },
  },
  'too-few-clips': {
    otherwise: 'Es gibt zu wenige Aufnahmen, um daraus zu lernen.',
    known: {
      'No clip has a label yet, so there is nothing to learn. Label some clips.':
        'Noch hat keine Aufnahme ein Label, darum gibt es nichts zu lernen. Geben Sie einigen Aufnahmen eines.',
    },
  },
  'bad-message': {
    otherwise: 'Zwei Teile von Earmark verstehen einander nicht. Laden Sie die Seite neu.',
    known: {
      'Two parts of Earmark do not understand each other ({detail}). Reload the page: a part of it may be older.':
        'Zwei Teile von Earmark verstehen einander nicht ({detail}). Laden Sie die Seite neu: Vielleicht ist ein Teil älter.',
    },
  },
  unexpected: {
    otherwise: 'Etwas ging schief, womit Earmark nicht gerechnet hat.',
    known: {
      'Something went wrong that Earmark did not foresee ({detail}). Press “Restart” to go on.':
        'Etwas ging schief, womit Earmark nicht gerechnet hat ({detail}). Drücken Sie „Neu starten“, um weiterzumachen.',
      'Something went wrong that Earmark did not foresee ({detail}). Try again; if it stays, reload the page.':
        'Etwas ging schief, womit Earmark nicht gerechnet hat ({detail}). Versuchen Sie es noch einmal; wenn es bleibt, laden Sie die Seite neu.',
    },
  },
};

/** What else is said in English: advice, the report on the backends, what came of a command. */
export const sentences: Sentences = {
  'The recording was lost, because the sound model was started anew. Start another one.':
    'Die Aufnahme ging verloren, weil das Klangmodell neu gestartet wurde. Beginnen Sie eine neue.',

  // src/teach: advice
  'Too few clips of “{name}” to say how sure it is: {clips} of {enough}. Record {missing} more.':
    'Zu wenige Aufnahmen von „{name}“, um zu sagen, wie sicher es ist: {clips} von {enough}. Nehmen Sie noch {missing} auf.',
  'No clip is marked “none of these”: keep some of the sounds that must not count, against false alarms.':
    'Keine Aufnahme gilt als „Nichts davon“: Behalten Sie einige der Klänge, die nicht zählen sollen, gegen falschen Alarm.',
  '“{one}” and “{other}” are often taken for each other: record more of both.':
    '„{one}“ und „{other}“ werden oft verwechselt: Nehmen Sie von beiden mehr auf.',
  '“{one}” is often taken for “{other}”: record more of both.':
    '„{one}“ wird oft für „{other}“ gehalten: Nehmen Sie von beiden mehr auf.',
  'All clips of {names} were kept within one minute, so its figures may be too good: record some at another time, or from further away.':
    'Alle Aufnahmen von {names} stammen aus einer Minute, darum sind die Zahlen vielleicht zu gut: Nehmen Sie einige zu anderer Zeit auf oder aus größerer Entfernung.',
  'All clips of {names} were kept within one minute, so their figures may be too good: record some at another time, or from further away.':
    'Alle Aufnahmen von {names} stammen jeweils aus einer Minute, darum sind die Zahlen vielleicht zu gut: Nehmen Sie einige zu anderer Zeit auf oder aus größerer Entfernung.',
  '“{name}” is hard to tell from the rest: trim its clips to the sound itself, and record more of it.':
    '„{name}“ ist schwer vom Rest zu unterscheiden: Schneiden Sie die Aufnahmen auf den Klang selbst zu und nehmen Sie mehr davon auf.',

  // src/model: the report on the backends
  '{name} is the first that computes right numbers fast enough: {detailPhrase}, with {room} ms allowed.':
    '{name} ist das Erste, das schnell genug richtig rechnet: {detailPhrase}, erlaubt sind {room} ms.',
  '{name} was asked for: {detailPhrase}.': '{name} wurde verlangt: {detailPhrase}.',
  '{name} is the fastest here with {detailPhrase}, more than the {room} ms that {rate} tags a second allow, so there will be fewer.':
    '{name} ist hier mit {detailPhrase} das Schnellste, mehr als die {room} ms, die {rate} Urteile je Sekunde erlauben. Darum werden es weniger.',
  '{ms} ms a tag, with {room} ms allowed': '{ms} ms je Urteil, erlaubt sind {room} ms',
  '{ms} ms a tag': '{ms} ms je Urteil',
  'it is drawn by {renderer}, in software': 'es wird von {renderer} gerechnet, in Software',
  'drawn by {renderer}': 'gerechnet von {renderer}',
  "it computes wrong numbers: off by {error} on the model's own example":
    'es rechnet falsch: um {error} daneben beim eigenen Beispiel des Modells',
  'not tried: the one before is fast enough': 'nicht versucht: das davor ist schnell genug',
  'this browser offers no WebGPU adapter': 'dieser Browser bietet kein WebGPU',
  'this browser offers no WebGL 2 in a worker': 'dieser Browser bietet kein WebGL 2 in einem Worker',
  'TensorFlow.js could not start it': 'TensorFlow.js konnte es nicht starten',

  // src/shared: labels
  'A label can have {most} characters, and this one has {count}. Give it a shorter name.':
    'Ein Label kann {most} Zeichen haben, und dieses hat {count}. Geben Sie ihm einen kürzeren Namen.',
  'A label needs a name with at least one letter or digit.':
    'Ein Label braucht einen Namen mit wenigstens einem Buchstaben oder einer Ziffer.',

  // public/models: what was measured
  '{count} clips of one fold, which it did not learn from':
    '{count} Aufnahmen eines Teils der Daten, aus dem es nicht gelernt hat',
  '{count} clips, each judged by a model that did not learn from it':
    '{count} Aufnahmen, jede beurteilt von einem Modell, das nicht aus ihr gelernt hat',

  // src/app: what came of a command
  'The training was stopped. Your clips and heads are as they were.':
    'Das Training wurde abgebrochen. Ihre Aufnahmen und Köpfe sind, wie sie waren.',
  '“{name}” is trained and in use. What it can do stands in Teach, under “Proof”.':
    '„{name}“ ist trainiert und in Gebrauch. Was er kann, steht unten unter „Nachweis“.',
  '“{name}” is in “{file}”, among your downloads.': '„{name}“ liegt als „{file}“ bei Ihren Downloads.',
  '1 clip is in “{file}”, among your downloads.': '1 Aufnahme liegt als „{file}“ bei Ihren Downloads.',
  '{count} clips are in “{file}”, among your downloads.': '{count} Aufnahmen liegen als „{file}“ bei Ihren Downloads.',
  '“{name}” belongs to another model and comes back with it. Until then Earmark’s own head is in use.':
    '„{name}“ gehört zu einem anderen Modell und kommt mit ihm zurück. Bis dahin gilt der Kopf von Earmark.',
  'The head “{name}” was deleted.': 'Der Kopf „{name}“ wurde gelöscht.',
  '“{name}” was trimmed.': '„{name}“ wurde zugeschnitten.',
  '“{before}” is now called “{name}”. Heads show it once you train again.':
    '„{before}“ heißt jetzt „{name}“. Köpfe zeigen es, wenn Sie neu trainieren.',
  '“{before}” was put together with “{name}”. Heads show it once you train again.':
    '„{before}“ wurde mit „{name}“ zusammengelegt. Köpfe zeigen es, wenn Sie neu trainieren.',
  'The labels of 1 clip were changed.': 'Die Labels von 1 Aufnahme wurden geändert.',
  'The labels of {count} clips were changed.': 'Die Labels von {count} Aufnahmen wurden geändert.',
  'The labels of 1 clip were accepted.': 'Die Labels von 1 Aufnahme wurden bestätigt.',
  'The labels of {count} clips were accepted.': 'Die Labels von {count} Aufnahmen wurden bestätigt.',
  '“{name}” was deleted.': '„{name}“ wurde gelöscht.',
  '1 clip were deleted.': '1 Aufnahme wurde gelöscht.',
  '{count} clips were deleted.': '{count} Aufnahmen wurden gelöscht.',
  'Nothing was imported.': 'Es wurde nichts übernommen.',
  '1 clip imported': '1 Aufnahme übernommen',
  '{count} clips imported': '{count} Aufnahmen übernommen',
  '1 head imported ({names})': '1 Kopf übernommen ({names})',
  '{count} heads imported ({names})': '{count} Köpfe übernommen ({names})',
  '{count} there already': '{count} schon da',
  '{count} left out': '{count} ausgelassen',
  '1 other file passed over': '1 andere Datei übergangen',
  '{count} other files passed over': '{count} andere Dateien übergangen',
  '{importedList}.': '{importedList}.',
};
