/*
 * The browser's own speech recognition, as far as it is used: TypeScript's library has its events
 * but not its newer members (on this device: Chromium 139; from a given track: Chromium 135).
 */
export interface SpeechRecogniser extends EventTarget {
  lang: string;
  continuous: boolean;
  interimResults: boolean;
  processLocally?: boolean;
  start(track?: MediaStreamTrack): void;
  stop(): void;
  abort(): void;
}

export interface Recognition {
  new (): SpeechRecogniser;
  available?(wanted: Wanted): Promise<string>;
  install?(wanted: Wanted): Promise<boolean>;
}

interface Wanted {
  readonly langs: readonly string[];
  readonly processLocally: true;
}

/**
 * Where speech becomes words. `device`: here; `download`: here, once the language is; `cloud`: at the
 * browser's maker; `none`: nowhere.
 */
export type Place = 'device' | 'download' | 'cloud' | 'none';

/** What this browser has; undefined in Firefox. */
export function browserRecognition(): Recognition | undefined {
  const { SpeechRecognition, webkitSpeechRecognition } = globalThis as {
    SpeechRecognition?: Recognition;
    webkitSpeechRecognition?: Recognition;
  };
  return SpeechRecognition ?? webkitSpeechRecognition;
}

/** @param language - BCP 47, in which the reader will speak. */
export async function placeOf(
  recognition: Recognition | undefined,
  language: string,
): Promise<Place> {
  if (!recognition) return 'none';
  // A browser that does not answer is one that cannot.
  const answer = await recognition
    .available?.({ langs: [language], processLocally: true })
    .catch(() => 'unavailable');
  if (answer === 'available') return 'device';
  return answer === 'downloadable' || answer === 'downloading' ? 'download' : 'cloud';
}

/** Brings the language onto this device. Called in a click. Resolves to whether it is there. */
export async function download(
  recognition: Recognition | undefined,
  language: string,
): Promise<boolean> {
  const wanted: Wanted = { langs: [language], processLocally: true };
  return (await recognition?.install?.(wanted).catch(() => false)) ?? false;
}

/** Whose service hears the reader where it is not done on the device. */
export function companyOf(brands: readonly string[]): string {
  return brands.includes('Microsoft Edge') ? 'Microsoft' : 'Google';
}

/** What the browser calls itself. */
export function browserBrands(): readonly string[] {
  const { userAgentData } = navigator as {
    userAgentData?: { brands: readonly { readonly brand: string }[] };
  };
  return userAgentData?.brands.map(({ brand }) => brand) ?? [];
}
