/** Two notes, up a fourth: short, so that it is not heard as a sound of its own for long. */
const NOTES = [
  { hertz: 660, startSeconds: 0 },
  { hertz: 880, startSeconds: 0.22 },
] as const;

const NOTE_SECONDS = 0.2;
const LOUDNESS = 0.4;

/** Plays the tone of an alert. @throws DOMException if the browser lets nothing sound. */
export async function playTone(): Promise<void> {
  const context = new AudioContext();
  try {
    await context.resume();
    const ended = NOTES.map(({ hertz, startSeconds }) => note(context, hertz, context.currentTime + startSeconds));
    await Promise.all(ended);
  } finally {
    await context.close();
  }
}

function note(context: AudioContext, hertz: number, at: number): Promise<unknown> {
  const oscillator = new OscillatorNode(context, { frequency: hertz });
  const gain = new GainNode(context, { gain: 0 });
  oscillator.connect(gain).connect(context.destination);
  // Without clicks at its ends.
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(LOUDNESS, at + 0.02);
  gain.gain.linearRampToValueAtTime(0, at + NOTE_SECONDS);
  oscillator.start(at);
  oscillator.stop(at + NOTE_SECONDS);
  return new Promise((resolve) => oscillator.addEventListener('ended', resolve));
}
