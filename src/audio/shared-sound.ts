import { EarmarkError } from '../shared/contracts/messages/problem';

/**
 * Asks the person which tab, window or screen to hear. Browsers ask each time, and only after a press.
 *
 * @throws EarmarkError nothing-shared if they refuse, or what they choose has no sound.
 */
export async function openSharedSound(): Promise<MediaStream> {
  try {
    const audio = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    // Browsers share no sound without a picture, which is let go at once.
    const stream = await navigator.mediaDevices.getDisplayMedia({ video: true, audio });
    const isSilent = stream.getAudioTracks().length === 0;
    for (const track of isSilent ? stream.getTracks() : stream.getVideoTracks()) {
      track.stop();
      stream.removeTrack(track);
    }
    if (isSilent) throw new Error('it has no sound');
    return stream;
  } catch (cause) {
    throw new EarmarkError({ code: 'nothing-shared' }, { cause });
  }
}
