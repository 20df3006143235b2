import type { BadValueReason } from '../../../shared/lib/validate';
import { valueFault } from './value-faults';
import { clips, plural } from './words';

/** English texts of the Teach view, by element. */
export const teachTexts = {
  received: {
    title: 'Import these files?',
    why: 'They came from outside this page. Nothing is imported until you confirm.',
    files: 'Received files',
    name: 'Name',
    length: 'Length',
    size: 'Size',
    more: (count: number): string => (count === 1 ? 'And 1 more file.' : `And ${count} more files.`),
    accept: (count: number): string => (count === 1 ? 'Import 1 file' : `Import ${count} files`),
    asRecordings: 'Find sounds in them',
    discard: 'Don’t import',
    close: 'Close',
    failures: {
      refused: 'Another website tried to send files to Earmark. They were refused, and nothing was kept.',
      'no-room':
        'There wasn’t enough space for what you shared, so none of it was kept. Delete clips or free up disk space, then share it again.',
      nothing: 'No file arrived. Share it again, or save it on this device and import it under Teach.',
    },
  },

  teach: {
    startFirst: 'Start listening to keep sounds, or import files below.',
    teaching: (name: string) => `Teaching “${name}”: sounds that you keep now get this label.`,
    endTeaching: 'Keep without this label',
    opening: 'Opening your clips…',
    cannotSave: 'Clips and profiles can’t be saved in this window. Listening works as before.',
    tryAgain: 'Try again',
    drop: 'Drop sounds, folders or an Earmark zip file',
    play: (name: string) => `Play ${name}`,
    stop: (name: string) => `Stop ${name}`,
    noneOfThese: 'None of these',
  },

  setAside: {
    title: 'Damaged entries',
    found: (count: number) =>
      plural(count, {
        one: 'One entry is damaged and can’t be used. Everything else works as before.',
        other: `${count} entries are damaged and can’t be used. Everything else works as before.`,
      }),
    more: (count: number) => `and ${count} more`,
    advice: 'Deleting can’t be undone. Export them first if you want to have them repaired.',
    exportThem: 'Export them as they are',
    deleteThem: 'Delete them',
    kind: 'Kind',
    kinds: {
      clips: 'Clip',
      labels: 'Label',
      heads: 'Profile',
      recordings: 'Recording',
      events: 'Event',
      levels: 'Sound level',
      eventClips: 'Sound of an event',
    },
    name: 'Name',
    fault: 'Fault',
    faultOf: ({ where, why }: { where: string; why: BadValueReason | 'sound-missing' | 'not-sound' }): string => {
      if (why === 'sound-missing') return 'its sound is missing';
      return why === 'not-sound' ? 'its sound can’t be read' : valueFault({ where, why });
    },
  },

  library: {
    title: 'Clips',
    importFiles: 'Import files',
    importFolder: 'Import a folder',
    exportAll: 'Export all clips',
    filesToImport: 'Files to import',
    folderToImport: 'Folder to import',
    importing: (done: number, total: string) => `Importing: ${done} of ${total}`,
    packing: (done: number, total: string) => `Packing: ${done} of ${total}`,
    progress: 'Progress',
    room: (used: string, quota: string) => `${used} used of ${quota}.`,
    persisted: 'The browser keeps your clips until you delete them.',
    notPersisted: 'The browser may delete your clips when the disk is full: export what matters.',
    find: 'Find clips',
    findHint: 'Find by name, file or label',
    showLabel: 'Show label',
    allLabels: 'All labels',
    toBeLabelled: 'Needs a label',
    unchecked: 'Needs checking',
    toBeChecked: (labels: string) => `Needs checking: ${labels}`,
    selectedClips: 'Selected clips',
    selected: (count: number) => `${count} selected`,
    commonLabels: 'Labels of all selected clips',
    acceptLabels: 'Accept labels',
    delete: (count: number) => `Delete ${count}`,
    unselect: 'Clear selection',
    select: (name: string) => `Select ${name}`,
    edit: (name: string) => `Edit ${name}`,
    /** The words beside the icons of a row, which stands for a clip's name. */
    editWord: 'Edit',
    deleteWord: 'Delete',
    deleteOne: (name: string) => `Delete ${name}`,
    empty:
      'No clips yet. Keep a sound while Earmark listens, or drop audio files, folders or an Earmark zip file here.',
    selectAll: 'Select all',
    count: (shown: number, total: number) => `${shown} of ${clips(total)}`,
    nothingFound: 'No clip has this name, file or label.',
    pages: 'Pages of clips',
    newer: 'Newer',
    older: 'Older',
    page: (page: number, pages: number) => `Page ${page} of ${pages}`,
  },

  labelName: {
    rename: (name: string) => `Rename “${name}”`,
    newName: (name: string) => `New name of “${name}”`,
    save: 'Rename',
    cancel: 'Cancel',
    taken: (name: string) => `A label “${name}” already exists.`,
    shipped: (name: string) => `Earmark already knows “${name}”: your clips would train that label.`,
    becomes: (from: string, to: string) => `All clips of “${from}” become “${to}”.`,
    merge: 'Merge labels',
    leave: 'Keep separate',
  },

  labelPicker: {
    labels: 'Labels',
    known: 'Known labels',
    isNew: (name: string) => `New: “${name}”`,
    remove: 'Remove',
    first: 'Type a label, then press Enter',
    another: 'Add another label',
  },

  snippet: {
    clip: 'Clip',
    snippet: 'Snippet',
    waveform: (duration: string) => `Waveform of ${duration}`,
    spectrogram: 'Spectrogram as the model receives it',
    drawing: 'Drawing…',
    start: 'Start of the snippet',
    end: 'End of the snippet',
    play: 'Play',
    stop: 'Stop',
    part: (start: string, end: string, kept: string, whole: string) => `${start} to ${end}: ${kept} of ${whole}`,
    name: 'Name',
    fileName: (file: string) => `Imported from ${file}`,
    whatSounds: 'What can be heard',
    save: 'Save',
    saveForLater: 'Save, label later',
    close: 'Close',
    deleteClip: 'Delete clip',
    discard: 'Discard',
  },

  training: {
    title: 'Train',
    nothing: (enough: number) =>
      `Nothing to learn yet, because no clip has a label. Keep a sound at least ${enough} times and label it. Also keep some other sounds as “None of these”, so that Earmark learns what your sound is not.`,
    tooFew: (missing: number) => `Too few to measure how reliable it will be: record ${missing} more.`,
    open: (count: number) => `${clips(count)} without a label: not used until you add one.`,
    toBeChecked: (count: number) =>
      `${clips(count)} to check: not used until you accept the labels. Choose “Needs checking” above the list, select ${plural(count, { one: 'the clip', other: 'the clips' })} and press “Accept labels”.`,
    progress: 'Training',
    headName: 'Name of the profile',
    suggestedName: (number: number) => `My sounds ${number}`,
    train: 'Train',
    stop: 'Stop training',
    needsModel: 'Training needs the model, which isn’t loaded.',
    listening: 'Analyzing your clips…',
    stopping: 'Stopping…',
    learning: 'Learning from all clips…',
    measuring: (round: number, rounds: number) => `Testing: round ${round} of ${rounds}…`,
    lossTrained: 'Training',
    lossKept: 'Held out',
    lossOfRound: (round: number) => `Round ${round}`,
    lossMeaning:
      'Each line is one round of the test, and lower is better. The thick line is the newest round: solid for its training clips, dashed for the clips held out. If the dashed line rises while the solid one falls, the round only memorises its clips.',
    epochs: 'Epoch',
    loss: 'Loss',
    lossWords: (epochs: number, loss: string) =>
      `Error (loss) after ${plural(epochs, { one: '1 epoch', other: `${epochs} epochs` })}: ${loss}; solid for the training clips, dashed for those held out`,
  },

  heads: {
    title: 'Profiles',
    what: 'A profile is what training produces: it recognises your sounds (technically, a head: the network’s last layer). The one in use labels what is heard; a compared one shows its value next to it. To bring back an exported profile, use “Import files”.',
    shipped: 'Earmark’s own',
    labels: (count: number, model: string) =>
      `${plural(count, { one: `${count} label`, other: `${count} labels` })}, of ${model}. Always available.`,
    loading: 'Loading… Always available.',
    use: 'Use',
    inUse: 'In use',
    compare: 'Compare',
    compared: 'Compared',
    proof: 'Proof',
    rename: 'Rename',
    newName: (name: string) => `New name of ${name}`,
    cancel: 'Cancel',
    export: 'Export',
    delete: 'Delete',
    /** A button's word and its object, for people who cannot see where it is. */
    action: (word: string, name: string) => `${word} ${name}`,
    otherModel:
      'Belongs to another model. “Train again” makes one of this name for today’s model from your clips. Or choose that model under Models.',
    trainAgain: 'Train again',
    noNewLabels: 'No new labels: trained for labels that Earmark already knows.',
    facts: (count: number, auc: string, date: string, model: string) =>
      `${clips(count)}, mean AUC ${auc}, ${date}, for ${model}`,
  },
};
