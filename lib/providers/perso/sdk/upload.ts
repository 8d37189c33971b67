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
  signal.throwIfAborted();
  const channel = pc.createDataChannel('file', { protocol: 'file' });
  channel.bufferedAmountLowThreshold = low;
  const over = new AbortController();
  const on = { signal: over.signal };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sent = false;
  try {
    return await new Promise<string>((resolve, reject) => {
      const fail = (why: string) => () => reject(new Error(why));
      timer = setTimeout(fail('File transfer timed out'), within);
      // A connection closes its channels without a word.
      signal.addEventListener('abort', fail('Connection closed'), on);
      channel.addEventListener('error', fail('File transfer failed'), on);
      channel.addEventListener('close', fail('File channel closed'), on);
      channel.addEventListener(
        'message',
        ({ data }) => {
          if (typeof data !== 'string') return;
          if (data !== '') resolve(data);
          else if (!sent) {
            sent = true;
            opened(channel)
              .then(() => send(channel, bytes))
              .catch(reject);
          }
        },
        on,
      );
    });
  } finally {
    clearTimeout(timer);
    over.abort();
    channel.close();
  }
}

/** Their word may come before ours that the channel is open (seen in Chromium 156). */
async function opened(channel: RTCDataChannel): Promise<void> {
  if (channel.readyState !== 'connecting') return;
  await new Promise((resolve) => {
    channel.addEventListener('open', resolve, { once: true });
  });
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
