/** Plays a WAV file; the returned function stops it. `onEnded` is called once, also where it cannot be played. */
export type PlaySound = (wav: ArrayBuffer, onEnded: (error?: unknown) => void) => () => void;

/** Plays through the browser's own player. */
export const playSound: PlaySound = (wav, onEnded) => {
  const url = URL.createObjectURL(new Blob([wav], { type: 'audio/wav' }));
  const audio = new Audio(url);
  let ended = false;
  const end = (error?: unknown): void => {
    if (ended) return;
    ended = true;
    audio.pause();
    URL.revokeObjectURL(url);
    onEnded(error);
  };
  audio.addEventListener('ended', () => end());
  audio.play().catch(end);
  return () => end();
};
