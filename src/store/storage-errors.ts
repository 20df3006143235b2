import { EarmarkError } from '../shared/contracts/messages/problem';

/** When the database cannot be opened. */
export function openError(cause: unknown): EarmarkError {
  const { name, message } = cause as DOMException;
  if (name === 'VersionError') {
    return new EarmarkError({ code: 'storage-newer' }, { cause });
  }
  if (name === 'QuotaExceededError') return workError(cause);
  return new EarmarkError({ code: 'storage-missing', detail: message ?? '' }, { cause });
}

/** The browser waits for another tab before it opens the database. */
export function blockedError(): EarmarkError {
  return new EarmarkError({ code: 'storage-blocked' });
}

/** When reading or writing failed. The transaction was rolled back completely. */
export function workError(cause: unknown): EarmarkError {
  if (cause instanceof EarmarkError) return cause;
  const { name, message } = cause as DOMException;
  if (name === 'QuotaExceededError') {
    return new EarmarkError({ code: 'storage-full' }, { cause });
  }
  return new EarmarkError({ code: 'storage-failed', detail: message }, { cause });
}
