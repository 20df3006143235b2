import type { Microphone, MicrophoneOptions } from '../../audio/microphone';
import { problemOf } from '../../shared/contracts/messages/problem';

/** An open microphone. */
export interface OpenedMicrophone {
  readonly microphone: Microphone;
  /** The device that was asked for; empty for the system's default. */
  readonly deviceId: string;
}

/** Opens the chosen microphone; the system's default where the chosen one is not there. @throws what `open` does. */
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
