import type { Microphone, MicrophoneOptions } from '../../audio/microphone';
import { problemOf } from '../../shared/contracts/messages/problem';

/** An open microphone. */
export interface OpenedMicrophone {
  readonly microphone: Microphone;
  /** The requested device; empty for the system's default. */
  readonly deviceId: string;
}

/** Opens the chosen microphone, or the system's default if the chosen one is missing. @throws what `open` throws. */
export async function openChosen(
  open: (options: MicrophoneOptions) => Promise<Microphone>,
  options: MicrophoneOptions,
): Promise<OpenedMicrophone> {
  const { deviceId, signal } = options;
  try {
    return { microphone: await open(options), deviceId };
  } catch (error) {
    if (signal.aborted || deviceId === '' || problemOf(error).code !== 'no-microphone') throw error;
    return { microphone: await open({ ...options, deviceId: '' }), deviceId: '' };
  }
}
