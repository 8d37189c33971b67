/** Bytes of one message, and how many may wait to be sent. */
const piece = 65_536;
const full = 524_288;
const low = 262_144;
/** The whole of it, ms. */
const within = 30_000;

/**
 * Gives the other side a sound by a channel of its own; resolves to the name it goes by there.
 * The other side says it is ready with an empty message, and we say with one that it was all.
 */
export async function upload(
  pc: RTCPeerConnection,
  sound: Blob,
  signal: AbortSignal,
): Promise<string> {
  const bytes = await sound.arrayBuffer();
  const channel = pc.createDataChannel('file', { protocol: 'file' });
  channel.bufferedAmountLowThreshold = low;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sent = false;
  let stopped: () => void = () => undefined;
  const stop = () => stopped();
  try {
    return await new Promise<string>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error('File transfer timed out')), within);
      // A connection closes its channels without a word.
      signal.addEventListener('abort', stop, { once: true });
      stopped = () => reject(new Error('Connection closed'));
      if (signal.aborted) stopped();
      channel.onerror = () => reject(new Error('File transfer failed'));
      channel.onclose = () => reject(new Error('File channel closed'));
      channel.onmessage = ({ data }) => {
        if (typeof data !== 'string') return;
        if (data !== '') resolve(data);
        else if (!sent) {
          sent = true;
          send(channel, bytes).catch(reject);
        }
      };
    });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    channel.onclose = null;
    channel.onerror = null;
    channel.onmessage = null;
    channel.close();
  }
}

async function send(channel: RTCDataChannel, bytes: ArrayBuffer): Promise<void> {
  for (let at = 0; at < bytes.byteLength; at += piece) {
    if (channel.bufferedAmount > full) {
      await new Promise((resolve) => {
        channel.addEventListener('bufferedamountlow', resolve, { once: true });
        channel.addEventListener('close', resolve, { once: true });
      });
    }
    if (channel.readyState !== 'open') return;
    channel.send(bytes.slice(at, at + piece));
  }
  channel.send(new ArrayBuffer(0));
}
