import { EarmarkError } from '../shared/contracts/problem';

/** Where the database cannot be opened. */
export function openError(cause: unknown): EarmarkError {
  const { name, message } = cause as DOMException;
  if (name === 'VersionError') {
    return new EarmarkError(
      'storage-newer',
      'Your clips were saved by a newer version of Earmark, which this page is not. ' +
        'Reload the page to get the newer version. Nothing was changed.',
      { cause },
    );
  }
  if (name === 'QuotaExceededError') return workError(cause);
  return new EarmarkError(
    'storage-missing',
    `This browser gives Earmark no place to save clips${message ? ` (${message})` : ''}. ` +
      'Open Earmark in a window that is not private, or allow this page to save data, then reload it. ' +
      'Listening works without.',
    { cause },
  );
}

/** The browser waits for another tab before it opens the database. */
export function blockedError(): EarmarkError {
  return new EarmarkError(
    'storage-blocked',
    'Another tab with an older version of Earmark keeps your clips locked. Close or reload that tab, then try again. ' +
      'Nothing was changed.',
  );
}

/** Where reading or writing failed; the transaction was rolled back whole. */
export function workError(cause: unknown): EarmarkError {
  if (cause instanceof EarmarkError) return cause;
  const { name, message } = cause as DOMException;
  if (name === 'QuotaExceededError') {
    return new EarmarkError(
      'storage-full',
      'The browser has no room left for this, so it was not saved. Delete clips that you do not need, or free disk ' +
        'space, then try again. Everything that was saved before is still there.',
      { cause },
    );
  }
  return new EarmarkError(
    'storage-failed',
    `The browser could not read or save your clips (${message}), and nothing was changed. ` +
      'Reload the page, then try again.',
    { cause },
  );
}
