import type { AlertMeans } from '../../../../shared/contracts/diary/alert-rules';
import type { diaryAlertTexts as English } from '../../en/diary/alerts';
import { listed } from '../words';

const inSentence: Readonly<Record<AlertMeans, string>> = {
  notification: 'Benachrichtigung',
  tone: 'Ton',
  flash: 'blinkender Bildschirm',
  vibration: 'Vibration',
};

export const diaryAlertTexts: typeof English = {
  diaryAlerts: {
    what: 'Earmark kann sich melden, sobald es einen Klang hört. Meldungen kommen, solange es zuhört, auch wenn diese Seite verdeckt ist.',
    none: 'Noch ist keine Meldung eingerichtet.',
    add: 'Meldung hinzufügen',
    list: 'Ihre Meldungen',
    added: 'Neue Meldung',
    edit: (name) => `Meldung für ${name}`,
    sound: 'Klang',
    choose: 'Klang oder Gruppe wählen',
    how: 'Wie',
    means: {
      notification: 'Benachrichtigung',
      tone: 'Ton',
      flash: 'Blinkender Bildschirm',
      vibration: 'Vibration',
    },
    noVibration: 'Dieses Gerät kann nicht vibrieren.',
    atMost: 'Höchstens einmal in',
    firstOfDay: 'Nur das erste Mal am Tag',
    lasts: 'Nur wenn es anhält',
    atOnce: 'Nein, sofort',
    orLonger: (length) => `${length} oder länger`,
    quiet: 'Ruhezeit',
    from: 'Von',
    to: 'Bis',
    quietWhy: 'In dieser Zeit kommt keine Meldung. Was danach noch klingt, wird dann gemeldet.',
    save: 'Meldung speichern',
    cancel: 'Abbrechen',
    test: 'Testen',
    change: 'Ändern',
    remove: 'Entfernen',
    testOf: (name) => `Meldung für ${name} testen`,
    changeOf: (name) => `Meldung für ${name} ändern`,
    removeOf: (name) => `Meldung für ${name} entfernen`,
    saved: (name) => `Die Meldung für ${name} ist eingerichtet.`,
    removed: (name) => `Die Meldung für ${name} wurde entfernt.`,
    by: (means) => listed(means.map((name) => inSentence[name])),
    every: (length) => `höchstens einmal in ${length}`,
    daily: 'nur das erste Mal am Tag',
    lasting: (length) => `nur wenn es ${length} anhält`,
    quietFrom: (from, to) => `Ruhezeit ${from} bis ${to}`,
    faults: {
      sound: 'Wählen Sie einen Klang oder eine Gruppe.',
      means: 'Wählen Sie mindestens eine Art der Meldung.',
      quiet: 'Geben Sie Anfang und Ende der Ruhezeit an. Die Uhrzeiten müssen verschieden sein.',
    },
    unknown:
      'Mit dem verwendeten Profil hört Earmark diesen Klang nicht, deshalb bleibt die Meldung aus. Verwenden Sie ein Profil, das ihn kennt, oder ändern Sie den Klang.',
    ignored: 'Dieser Klang wird unter „Klänge“ ignoriert, deshalb bleibt die Meldung aus.',
    answers: {
      denied:
        'Ihr Browser blockiert Benachrichtigungen von Earmark. Erlauben Sie sie in den Einstellungen des Browsers für diese Seite, meist neben der Adresse. Bis dahin erscheint eine solche Meldung auf der Seite. Die anderen Arten funktionieren weiterhin.',
      default: 'Ihr Browser hat Benachrichtigungen noch nicht erlaubt.',
      missing:
        'Dieses Browserfenster kann keine Benachrichtigungen anzeigen. Fügen Sie Earmark auf iPhone und iPad zuerst zum Home-Bildschirm hinzu. Bis dahin erscheint eine solche Meldung auf der Seite. Die anderen Arten funktionieren weiterhin.',
    },
    allow: 'Benachrichtigungen erlauben',
  },
};
