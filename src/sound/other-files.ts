import { fourCharacters } from './bytes';

/** How files begin that are certainly no sound. */
const others = ['\x89PNG', '\xff\xd8\xff', 'GIF8', 'BM', 'II*\0', 'MM\0*', '%PDF', 'SQLite', '\x7fELF', 'MZ'];

/** How archives begin. */
const archives = ['PK\x03\x04', 'PK\x05\x06', 'Rar!', '7z\xbc\xaf', '\x1f\x8b'];

/** Formats of sound that nothing here decodes, by how their files begin. */
const foreign: readonly (readonly [string, string])[] = [
  ['#!AMR', 'AMR'],
  ['0&\xb2\x75', 'WMA'],
  ['wvPk', 'WavPack'],
  ['MAC ', 'Monkey’s Audio'],
  ['TTA1', 'True Audio'],
  ['MThd', 'MIDI'],
  ['DSD ', 'DSD'],
  ['FRM8', 'DSD'],
  ['MP+', 'Musepack'],
  ['MPCK', 'Musepack'],
  ['.RMF', 'RealMedia'],
];

/** Whether a file's first bytes are those of an archive, which may hold sounds. */
export function isArchive(head: Uint8Array): boolean {
  return archives.some((beginning) => beginsWith(head, beginning));
}

/** Whether a file's first bytes are those of a picture, a document or a program. */
export function isOtherFile(head: Uint8Array): boolean {
  const isPicture = fourCharacters(head, 0) === 'RIFF' && fourCharacters(head, 8) === 'WEBP';
  const isHeic = fourCharacters(head, 4) === 'ftyp' && /^(heic|heix|mif1|avif)$/.test(fourCharacters(head, 8));
  return isPicture || isHeic || others.some((beginning) => beginsWith(head, beginning));
}

/** The name of a format of sound that nothing here decodes, by a file's first bytes. */
export function foreignFormat(head: Uint8Array): string | undefined {
  if (fourCharacters(head, 0) === 'RIFF' && fourCharacters(head, 8) === 'AVI ') return 'AVI';
  return foreign.find(([beginning]) => beginsWith(head, beginning))?.[1];
}

/** Whether a file is one of Audible's old audio books, which only their player opens. */
export function isAudible(head: Uint8Array): boolean {
  return fourCharacters(head, 4) === '\x57\x90\x75\x36';
}

function beginsWith(head: Uint8Array, text: string): boolean {
  return [...text].every((character, i) => head[i] === character.charCodeAt(0));
}
