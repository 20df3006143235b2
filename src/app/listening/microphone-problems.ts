import { EarmarkError } from '../../shared/contracts/problem';

export function unplugged(): EarmarkError {
  return new EarmarkError(
    'microphone-unplugged',
    'The microphone is gone. Plug it in, and Earmark listens again; ' +
      'or choose another one under Settings, then press “Try again”.',
  );
}

export function noMicrophone(): EarmarkError {
  return new EarmarkError(
    'no-microphone',
    'No microphone was found. Plug one in, or turn it on in the system settings, then press “Try again”.',
  );
}

export function suspended(): EarmarkError {
  return new EarmarkError(
    'audio-suspended',
    'The browser paused the sound, so nothing is heard. Press “Resume” to go on listening.',
  );
}

export function muted(): EarmarkError {
  return new EarmarkError(
    'microphone-muted',
    'The system has muted the microphone, so only silence is heard. ' +
      'Turn it on in the system settings or by its own switch; Earmark then goes on by itself.',
  );
}
