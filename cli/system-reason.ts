const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'its permissions forbid it',
  EPERM: 'its permissions forbid it',
  ELOOP: 'its link leads back to itself',
  ENAMETOOLONG: 'its name is too long',
  EIO: 'the disk or the network failed',
  ESTALE: 'the network drive no longer has it',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk is read-only',
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: 'a part of its path is no folder',
  EISDIR: 'it is a folder',
  EEXIST: 'a file is at its place',
};

/** Whether {@link reasonOf} has words for an error. */
export function hasReason({ code }: NodeJS.ErrnoException): boolean {
  return code !== undefined && code in reasons;
}

/** Whether a disk has no room, which it may have again. */
export function isFull({ code }: NodeJS.ErrnoException): boolean {
  return code === 'ENOSPC' || code === 'EDQUOT';
}

/** What the system says, in words. */
export function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  return reasons[code ?? ''] ?? message;
}
