import { EarmarkError } from '../shared/contracts/messages/problem';

/** Loud enough to be heard, but not startling. */
const GAIN = 0.5;

/** A sound that ships with Earmark, played in a loop through the speakers. */
export interface PlayedDemo {
  readonly context: AudioContext;
  /** Its output, to be captured like a microphone's sound. */
  readonly source: AudioNode;
  /** Stands in for the microphone's stream. Its track never ends by itself. */
  readonly stream: MediaStream;
}

/** Plays the demo until its context is closed. @throws EarmarkError demo-missing. */
export async function playDemo(sampleRateHz: number): Promise<PlayedDemo> {
  const context = new AudioContext({ sampleRate: sampleRateHz, latencyHint: 'interactive' });
  try {
    const response = await fetch(new URL('demo/sounds.mp3', document.baseURI));
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    const buffer = await context.decodeAudioData(await response.arrayBuffer());
    const source = new AudioBufferSourceNode(context, { buffer, loop: true });
    source.connect(new GainNode(context, { gain: GAIN })).connect(context.destination);
    source.start();
    return { context, source, stream: new MediaStreamAudioDestinationNode(context).stream };
  } catch (cause) {
    await context.close();
    throw new EarmarkError({ code: 'demo-missing', detail: (cause as Error).message }, { cause });
  }
}
