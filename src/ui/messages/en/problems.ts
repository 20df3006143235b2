import type { LengthFault, Problem, UnreadableFault, ZipFault } from '../../../shared/contracts/messages/problem';
import { hoursAndMinutes, inBrackets, say, type TextsOf } from '../texts';
import { startProblems } from './start-problems';
import { because, valueFault } from './value-faults';
import { grouped, plural, quoted } from './words';

const unreadable: Readonly<Record<UnreadableFault, string>> = {
  empty: 'is empty',
  silent: 'contains no sound',
  undecodable: 'is damaged, or in a format that this browser can’t decode',
  'out-of-reach': 'can’t be read. It may have been moved or changed, or need a permission',
  'not-sound': 'isn’t a sound file',
  archive: 'is an archive. Unpack it, then choose the sounds in it',
  stalled: 'didn’t answer for two minutes. Is its drive or network still there?',
  'cut-off': 'is cut off: the part that says what is in it is missing. If it is a copy, copy it again',
  'no-sound-track': 'is a video without sound',
  protected: 'is copy-protected (DRM). Only its shop’s own player can play it',
  'unknown-codec': 'is in a format that can’t be decoded here. Convert it to WAV or FLAC, then try again',
  'rate-out-of-range': 'has a sample rate that isn’t from 2 to 500 kHz',
};

const tooLong: TextsOf<LengthFault> = {
  lasts: ({ seconds }) => `is ${hoursAndMinutes(seconds)} long`,
  longer: 'is too long',
};

const zipFaults: TextsOf<ZipFault> = {
  'no-zip': 'isn’t a zip file, or is cut off. Copy or download it again.',
  encrypted: 'is protected by a password. Create one without a password.',
  twice: ({ path }) => `contains ${quoted(path)} twice. Make a new zip of your folder.`,
  'too-many-files': ({ files }) => `contains more than ${grouped(files)} files. Divide them into several zips.`,
  'unpacks-too-large': ({ megabytes }) =>
    `is larger than ${grouped(megabytes)} MB when unpacked. Divide it into several zips.`,
  'file-too-large': ({ path, megabytes }) => `contains ${quoted(path)}, which is larger than ${grouped(megabytes)} MB.`,
  lacks: ({ path }) => `has no file ${quoted(path)}.`,
  'unsafe-path': ({ path }) =>
    `contains ${quoted(path)}, a name that points outside its folder. Make a new zip of your folder.`,
  method: ({ path, method }) =>
    `contains ${quoted(path)}, compressed as ${method}, which can’t be read. Make a new zip with the usual method (Deflate), then try again.`,
  split: 'is one part of a zip file that was split. Join the parts, or make a new zip that isn’t split.',
  'zip-inside': ({ path }) => `contains another zip file, ${quoted(path)}. Unpack it, then import what was in it.`,
  contradictory: ({ detail }) => `contradicts itself${inBrackets(detail)}. Make a new zip of your folder.`,
  damaged: ({ path, detail }) =>
    `is damaged${path === undefined ? '' : ` at ${quoted(path)}`}${inBrackets(detail)}. Copy or download it again.`,
};

/** Every problem: what happened, and what to do. */
export const problems: TextsOf<Problem> = {
  ...startProblems,
  'model-not-loaded': 'The model hasn’t loaded yet. Wait until it has, then try again.',
  'model-list-missing': (cause) =>
    `The list of models couldn’t be loaded${because(cause)}. Check your connection, then try again.`,
  'model-card-missing': (cause) =>
    `The model card couldn’t be loaded${because(cause)}. Check your connection, then try again.`,
  'no-exemplars':
    'This model can’t be trained, because it comes without training examples. Choose another one under Models.',
  'exemplars-missing': ({ detail }) =>
    `The model’s training examples couldn’t be loaded${inBrackets(detail)}. Check your connection, then train again.`,
  'exemplars-damaged': (cause) =>
    `The model’s training examples are damaged${because(cause)}. Train again to download them again.`,
  'exemplars-mismatched': ({ backbone, needed }) =>
    `The training examples belong to ${backbone}, not to this model (${needed}). Reload the page to download both again.`,
  'storage-missing': ({ detail }) =>
    `This browser doesn’t let Earmark save clips${inBrackets(detail)}. Open Earmark in a window that isn’t private, or allow this page to save data, then reload it. Listening works regardless.`,
  'storage-blocked':
    'Another tab with an older version of Earmark keeps your clips locked. Close or reload that tab, then try again. Nothing was changed.',
  'storage-newer':
    'Your clips were saved by a newer version of Earmark. Press “Get the newer version”. Nothing was changed.',
  'storage-elsewhere':
    'Earmark is open in another tab, and only one tab can save. Close the other tab, then try again here.',
  'storage-evicted':
    'Your clips and profiles are gone. The browser deleted them, to free disk space or because this page’s data was cleared. You can still save what is open in the editor, and import your last export. Listening continues.',
  'storage-full':
    'The browser has no room left, so this wasn’t saved. Delete clips or recordings that you don’t need, or free disk space, then try again. Everything saved earlier is still there.',
  'recording-cut-off':
    'The microphone was disconnected, so the recording ended. What was recorded until then is in the list.',
  'storage-failed': ({ detail }) =>
    `The browser couldn’t read or save your clips${inBrackets(detail)}. Nothing was changed. Reload the page, then try again.`,
  'empty-sound': 'This snippet contains no sound, so it wasn’t kept. Record it again.',
  'clip-missing': 'This clip no longer exists. It may have been deleted in another tab.',
  'clip-not-sound':
    'This clip is damaged: it contains no sound. You can export or delete it under “Damaged entries” in Teach.',
  'label-missing': 'This label no longer exists. It may have been renamed in another tab.',
  'label-too-long': ({ characters, most }) =>
    `A label can have up to ${most} characters, and this one has ${grouped(characters)}. Choose a shorter name.`,
  'label-without-letters': 'A label needs at least one letter or digit.',
  'file-unreadable': ({ file, fault, detail = '' }) =>
    `${quoted(file)} ${unreadable[fault]}${inBrackets(detail)}. It wasn’t imported.`,
  'recording-unreadable': ({ file, fault, detail = '' }) =>
    `${quoted(file)} ${unreadable[fault]}${inBrackets(detail)}.`,
  'recording-changed': ({ file }) =>
    `${quoted(file)} was changed after it was added. Remove it from the list, then add it again.`,
  'file-too-long': ({ file, fault, mostMinutes }) =>
    `${quoted(file)} ${say(tooLong, fault)}. Files can be up to ${mostMinutes} minutes long: cut out the part with the sound, then import that. It wasn’t imported.`,
  'zip-damaged': ({ file, fault }) => `Nothing was imported: ${quoted(file)} ${say(zipFaults, fault)}`,
  'nothing-to-import':
    'What you chose contains no sound. Earmark imports audio files, folders of them, and its own zip files.',
  'too-much-to-import': ({ mostFiles, deepestFolder }) =>
    `What you chose has more than ${grouped(mostFiles)} files, or folders more than ${deepestFolder} deep. Choose just the folder with the sounds. Nothing was imported.`,
  'no-dataset': ({ file, list }) =>
    `Nothing was imported: ${quoted(file)} contains no sounds, and no file ${quoted(list)} that names some.`,
  'empty-dataset': ({ file }) => `Nothing was imported: the data set ${quoted(file)} has no clips.`,
  'dataset-damaged': ({ file, reason }) => `Nothing was imported from ${quoted(file)}. ${say(problems, reason)}`,
  'backup-damaged': ({ file, reason }) => `Nothing was restored from ${quoted(file)}. ${say(problems, reason)}`,
  'backup-newer': ({ file }) =>
    `Nothing was restored: ${quoted(file)} was saved by a newer version of Earmark. Press “Get the newer version”, then import the file again.`,
  'part-damaged': ({ part, ...fault }) => `The file ${part} is damaged: ${valueFault(fault)}.`,
  'part-not-json': ({ part }) => `The file ${part} is damaged: it can’t be read.`,
  'part-not-sound': ({ part }) => `The file ${part} is damaged: it contains no sound.`,
  'list-column-missing': ({ list, column }) =>
    `${list} has no column ${quoted(column)}. Its first line names the columns, such as file,labels.`,
  'list-workbook': ({ list }) =>
    `${list} is a spreadsheet. Save it as CSV in the program that made it, then try again.`,
  'list-row-damaged': ({ list, row, reason }) => `Row ${row} of ${list}: ${say(problems, reason)}`,
  'list-row-length': ({ columns, expected }) =>
    `It has ${plural(columns, { one: '1 column', other: `${columns} columns` })} instead of ${expected}.`,
  'list-file-unnamed': 'No file is named.',
  'list-file-missing': ({ list, path }) => `${list} lists the file ${quoted(path)}, which isn’t there.`,
  'list-file-too-large': ({ path }) => `The file ${quoted(path)} is too large.`,
  'list-label-twice': ({ label }) => `The label ${quoted(label)} is listed twice.`,
  'list-too-many-labels': ({ labels, most }) =>
    `The list has ${labels} different labels, and Earmark takes at most ${most}.`,
  'too-many-folders': ({ folders, most }) =>
    `The sounds are in ${folders} folders. Each would become a label, and Earmark takes at most ${most}. Nothing was imported.`,
  'list-label-id': ({ label }) => `${quoted(label)} isn’t a label’s id.`,
  'list-date': ({ text, column, example }) =>
    `${quoted(text)} in the column ${quoted(column)} isn’t a date like ${example}.`,
  'list-yes-no': ({ text, column }) => `${quoted(text)} in the column ${quoted(column)} is neither yes nor no.`,
  'wrong-backbone': ({ name, backbone, needed }) =>
    `${quoted(name)} was trained on another model (${quoted(backbone)}) than the one in use (${quoted(needed)}), so it can’t be used here. Train it again from its clips.`,
  'head-of-other-model': ({ head }) =>
    `The profile ${quoted(head)} belongs to another model. To use it, choose that model under Models.`,
  'head-damaged': ({ head }) => `The profile ${quoted(head)} is damaged. Delete it and train it again from its clips.`,
  'head-file-damaged': ({ file, part, ...cause }) =>
    `Nothing was imported: ${quoted(file)} contains no usable profile, because ${part} is damaged${because(cause)}.`,
  'head-gone': 'The profile that was in use no longer exists, so Earmark uses its own. Choose another one under Teach.',
  'training-diverged':
    'The training failed: its error kept growing. The profile in use is unchanged. Choose another option under “Runs on” in Settings, then train again.',
  'clip-damaged':
    'A clip couldn’t be used, because what the model made of it is damaged. Reload the page and train again.',
  'training-failed': ({ detail }) =>
    `The training couldn’t be finished${inBrackets(detail)}, most likely because memory ran out. Close other tabs and programs, or train with fewer clips. Your clips and profiles are unchanged.`,
  'training-interrupted': 'The training was interrupted, because the model was restarted. Train again.',
  'too-few-clips': 'No clip has a label yet, so there is nothing to learn. Label some clips first.',
  'command-failed': ({ detail }) =>
    `Something unexpected went wrong${inBrackets(detail)}. Try again; if that doesn’t help, reload the page.`,
};
