import { expect, it, vi } from 'vitest';
import { DiskRecorder } from '../../../../src/app/recordings/disk-recorder';
import type { RecordingsHost, RecordingsParts } from '../../../../src/app/recordings/recordings-parts';
import type { Microphone, MicrophoneOptions } from '../../../../src/audio/microphone';
import { EarmarkError } from '../../../../src/shared/contracts/messages/problem';

/** A recorder whose microphone and worker are the test's. */
function recorderWith({ record = async () => undefined, died = new Promise<never>(() => undefined) }) {
  const { port1: port } = new MessageChannel();
  const stop = vi.fn(async () => port.close());
  const terminate = vi.fn();
  const api = { record, finishRecording: () => new Promise<never>(() => undefined) };
  const parts = {
    openMicrophone: async () => ({ port, sampleRateHz: 48_000, stop }) as unknown as Microphone,
    startWorker: async () => ({ api, died, terminate }),
  } as unknown as RecordingsParts;
  const onEnd = vi.fn();
  const started = DiskRecorder.start(parts, { microphone: {} } as RecordingsHost, () => undefined, onEnd);
  return { started, onEnd, stop, terminate };
}

it('releases the microphone if the recording cannot begin', async () => {
  const { started, stop, terminate } = recorderWith({ record: () => Promise.reject(new Error('no such folder')) });
  await expect(started).rejects.toThrow('no such folder');
  expect(stop).toHaveBeenCalledOnce();
  expect(terminate).toHaveBeenCalledOnce();
});

it('ends with its worker, and does not wait for an answer from it', async () => {
  let die = (_: EarmarkError): void => undefined;
  const died = new Promise<never>((_, reject) => {
    die = reject;
  });
  const { started, onEnd, stop, terminate } = recorderWith({ died });
  const recorder = await started;
  const ended = new EarmarkError({ code: 'worker-died', end: 'error', detail: '' });
  die(ended);
  await expect(recorder.finish()).rejects.toBe(ended);
  expect(onEnd).toHaveBeenCalledExactlyOnceWith(ended);
  expect(stop).toHaveBeenCalledOnce();
  expect(terminate).toHaveBeenCalledOnce();
});

it('says that the microphone was disconnected: it ended a recording that was to go on for hours', async () => {
  let unplug = (): void => undefined;
  const { port1: port } = new MessageChannel();
  const parts = {
    openMicrophone: async ({ onEnded }: MicrophoneOptions) => {
      unplug = onEnded;
      return { port, sampleRateHz: 48_000 } as unknown as Microphone;
    },
    startWorker: async () => ({ api: { record: async () => undefined }, died: new Promise<never>(() => undefined) }),
  } as unknown as RecordingsParts;
  const onEnd = vi.fn();
  await DiskRecorder.start(parts, { microphone: {} } as RecordingsHost, () => undefined, onEnd);
  unplug();
  expect(onEnd.mock.calls).toMatchObject([[{ problem: { code: 'recording-cut-off' } }]]);
  port.close();
});
