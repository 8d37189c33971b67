/** A microphone or a loudspeaker, as the reader knows it. */
export interface Device {
  readonly id: string;
  readonly label: string;
}

export interface Picked {
  /** Null: the one the system prefers. */
  readonly device: Device | null;
  /** The name of the one that was wanted and is not there. */
  readonly missing: string | null;
}

/**
 * The device that was chosen once. By its id; by its name where the browser has given out new ids,
 * as it does when site data are cleared.
 */
export function pickDevice(wanted: Device | null, present: readonly Device[]): Picked {
  if (!wanted) return { device: null, missing: null };
  const device =
    present.find(({ id }) => id === wanted.id) ??
    present.find(({ label }) => label !== '' && label === wanted.label);
  return device ? { device, missing: null } : { device: null, missing: wanted.label };
}

/** Nameless until the reader has allowed the microphone once; then by their names. */
export async function listDevices(kind: 'audioinput' | 'audiooutput'): Promise<Device[]> {
  const all = await navigator.mediaDevices.enumerateDevices();
  return (
    all
      // "Default" and "Communications" are Chromium's names for some of the others.
      .filter(
        (one) => one.kind === kind && !['', 'default', 'communications'].includes(one.deviceId),
      )
      .map(({ deviceId: id, label }) => ({ id, label }))
  );
}

/** One was plugged in or pulled out. @returns the way to stop. */
export function watchDevices(changed: () => void): () => void {
  navigator.mediaDevices.addEventListener('devicechange', changed);
  return () => navigator.mediaDevices.removeEventListener('devicechange', changed);
}
