/** A microphone as the browser names it; the name is empty until the permission was given once. */
export interface AudioInput {
  readonly id: string;
  readonly name: string;
}

/** Ids that some browsers list beside the real devices; both stand for the system's choice. */
const aliases = new Set(['', 'default', 'communications']);

/** The microphones of this machine; none where the browser does not tell. */
export async function listMicrophones(): Promise<AudioInput[]> {
  const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  return devices
    .filter(({ kind, deviceId }) => kind === 'audioinput' && !aliases.has(deviceId))
    .map(({ deviceId, label }) => ({ id: deviceId, name: label }));
}
