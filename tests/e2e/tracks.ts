/*
 * What runs in our documents, sent there as text: no function leans on anything outside itself.
 */

/** From now on remembers every track that is captured here. */
export function hearTracks(): void {
  if (globalThis.visavisTracks) return;
  const tracks: MediaStreamTrack[] = [];
  globalThis.visavisTracks = tracks;
  const { mediaDevices } = navigator;
  const capture = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (wanted) => {
    const stream = await capture(wanted);
    tracks.push(...stream.getTracks());
    return stream;
  };
}

/** How many of them still hear something. */
export function liveTracks(): number {
  return (globalThis.visavisTracks ?? []).filter(
    ({ readyState, getSettings }) => readyState === 'live' && typeof getSettings === 'function',
  ).length;
}

declare global {
  var visavisTracks: MediaStreamTrack[] | undefined;
}
