import { expect, it, vi } from 'vitest';
import { DiskRecorder } from '../../../../src/app/recordings/disk-recorder';
import type { RecordingsHost, RecordingsParts } from '../../../../src/app/recordings/recordings-parts';
import type { Microphone, MicrophoneOptions } from '../../../../src/audio/microphone';

it('says that the microphone was disconnected: it ended a recording that was to go on for hours', async () => {
  let unplug = (): void => undefined;
  const { port1: port } = new MessageChannel();
  const parts = {
    openMicrophone: async ({ onEnded }: MicrophoneOptions) => {
      unplug = onEnded;
      return { port, sampleRateHz: 48_000 } as unknown as Microphone;
    },
    startWorker: async () => ({ api: { record: async () => undefined } }),
  } as unknown as RecordingsParts;
  const onEnd = vi.fn();
  await DiskRecorder.start(parts, { microphone: {} } as RecordingsHost, () => undefined, onEnd);
  unplug();
  expect(onEnd.mock.calls).toMatchObject([[{ problem: { code: 'recording-cut-off' } }]]);
  port.close();
});
