/** A microphone as the browser names it. The name is empty until permission was first granted. */
export interface AudioInput {
  readonly id: string;
  readonly name: string;
}

/** Ids that some browsers list beside the real devices. They stand for the system's choice. */
const aliases = new Set(['', 'default', 'communications']);

/** The microphones of this machine; empty if the browser does not list them. */
export async function listMicrophones(): Promise<AudioInput[]> {
  const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  return devices
    .filter(({ kind, deviceId }) => kind === 'audioinput' && !aliases.has(deviceId))
    .map(({ deviceId, label }) => ({ id: deviceId, name: label }));
}
