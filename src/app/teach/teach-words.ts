import type { FilesImported } from '../files/import-files';

/** “Snippet 24 Nov, 14:03:27”: what a kept snippet is called until a person names it. */
export function keptName(date: Date): string {
  const day = date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
  return `Snippet ${day}, ${date.toLocaleTimeString('en-GB')}`;
}

/** What an import brought, in a sentence. */
export function importNotice({ clips, alreadyThere, heads, others, problems }: FilesImported): string {
  const parts = [
    ...(clips > 0 ? [`${counted(clips, 'clip')} imported`] : []),
    ...(heads.length > 0
      ? [`${counted(heads.length, 'head')} imported (${heads.map((name) => `“${name}”`).join(', ')})`]
      : []),
    ...(alreadyThere > 0 ? [`${alreadyThere} there already`] : []),
    ...(problems.length > 0 ? [`${problems.length} left out`] : []),
    ...(others > 0 ? [`${counted(others, 'other file')} passed over`] : []),
  ];
  return `${parts.join(', ') || 'Nothing was imported'}.`;
}

/** “1 clip”, “7 clips”. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
