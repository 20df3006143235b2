import { EarmarkError } from '../../shared/contracts/messages/problem';

export function unplugged(): EarmarkError {
  return new EarmarkError({ code: 'microphone-unplugged' });
}

export function noMicrophone(): EarmarkError {
  return new EarmarkError({ code: 'no-microphone' });
}

export function suspended(): EarmarkError {
  return new EarmarkError({ code: 'audio-suspended' });
}

export function muted(): EarmarkError {
  return new EarmarkError({ code: 'microphone-muted' });
}
