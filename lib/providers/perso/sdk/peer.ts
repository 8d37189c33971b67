import { field } from './api';
import { upload } from './upload';

/** The line to an avatar: its picture and voice, and the channel of messages. */
export interface Peer {
  readonly pc: RTCPeerConnection;
  readonly dc: RTCDataChannel;
  readonly stream: MediaStream;
  send(type: string, data: object): void;
  /** @returns the name the sound goes by at the other side. */
  upload(sound: Blob, signal: AbortSignal): Promise<string>;
  close(): void;
}

export interface PeerLimits {
  /** Until there is a stream and an open channel, ms. */
  readonly ready: number;
  /** A way that broke may be found again within that time, ms. */
  readonly back: number;
  /** The other side echoes our pings; one that has not for that long is not there, ms. */
  readonly silent: number;
}

interface PeerOptions {
  readonly configuration: RTCConfiguration;
  /** Takes our offer there and their answer back. */
  readonly exchange: (offer: RTCSessionDescriptionInit) => Promise<RTCSessionDescriptionInit>;
  readonly limits: PeerLimits;
  readonly signal: AbortSignal;
  readonly heard: (type: string, data: unknown) => void;
  /** The line is gone, and not by us. At most once. */
  readonly lost: () => void;
}

/** ms */
const pingEvery = 1000;

/** Rejects when it cannot be had; then nothing of it is left. */
export async function openPeer(options: PeerOptions): Promise<Peer> {
  const { configuration, exchange, limits, signal, heard } = options;
  signal.throwIfAborted();
  const pc = new RTCPeerConnection(configuration);
  const dc = pc.createDataChannel('message', { protocol: 'message' });
  const watch = new AbortController();
  const on = { signal: watch.signal };
  let late: ReturnType<typeof setTimeout> | undefined;
  let pinging: ReturnType<typeof setInterval> | undefined;
  let missing: ReturnType<typeof setTimeout> | undefined;
  let alive = performance.now() + 3000;
  let unanswered = 0;

  const close = () => {
    if (watch.signal.aborted) return;
    watch.abort();
    clearTimeout(late);
    clearInterval(pinging);
    clearTimeout(missing);
    dc.close();
    pc.close();
  };
  const lose = () => {
    if (watch.signal.aborted) return;
    close();
    options.lost();
  };
  const send = (type: string, data: object) => {
    if (dc.readyState === 'open') dc.send(JSON.stringify({ type, data }));
  };

  const ready = new Promise<MediaStream>((resolve, reject) => {
    let stream: MediaStream | null = null;
    late = setTimeout(() => reject(new Error('WebRTC connection timeout')), limits.ready);
    const check = () => {
      if (stream && dc.readyState === 'open') resolve(stream);
    };
    const fail = () => reject(new Error('WebRTC connection timeout'));
    pc.addEventListener(
      'track',
      ({ streams: [first] }) => {
        stream ??= first ?? null;
        check();
      },
      on,
    );
    dc.addEventListener('open', check, on);
    dc.addEventListener('close', fail, on);
    pc.addEventListener(
      'connectionstatechange',
      () => {
        if (pc.connectionState === 'failed') fail();
      },
      on,
    );
    signal.addEventListener('abort', () => reject(signal.reason), on);
  });
  // Whoever waits for it hears of its failure; while nobody does yet, it is not a stray one.
  ready.catch(() => undefined);

  dc.addEventListener(
    'open',
    () => {
      pinging = setInterval(() => {
        // Of a page in the background the browser may call timers once a minute: by the clock alone
        // every answer would then be too old.
        if (unanswered >= 3 && performance.now() - alive > limits.silent) lose();
        else send('ping', {});
        unanswered += 1;
      }, pingEvery);
    },
    on,
  );
  dc.addEventListener(
    'message',
    ({ data }) => {
      const message = parse(data);
      const type = field(message, 'type');
      if (type === 'ping') {
        alive = performance.now();
        unanswered = 0;
      } else if (typeof type === 'string') heard(type, field(message, 'data'));
    },
    on,
  );

  try {
    pc.addTransceiver('audio', { direction: 'recvonly' });
    pc.addTransceiver('video', { direction: 'recvonly' });
    const offer = await pc.createOffer();
    await pc.setLocalDescription(offer);
    await pc.setRemoteDescription(await exchange({ type: offer.type, sdp: offer.sdp ?? '' }));
    const stream = await ready;
    clearTimeout(late);
    signal.throwIfAborted();
    dc.addEventListener('close', lose, on);
    pc.addEventListener(
      'connectionstatechange',
      () => {
        clearTimeout(missing);
        if (pc.connectionState === 'failed') lose();
        if (pc.connectionState === 'disconnected') missing = setTimeout(lose, limits.back);
      },
      on,
    );
    return {
      pc,
      dc,
      stream,
      send,
      upload: (sound, wanted) => upload(pc, sound, AbortSignal.any([watch.signal, wanted])),
      close,
    };
  } catch (thrown) {
    close();
    throw thrown;
  }
}

/** What came over the channel; undefined for what is not JSON. */
function parse(data: unknown): unknown {
  try {
    return typeof data === 'string' ? JSON.parse(data) : undefined;
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined;
    throw thrown;
  }
}
