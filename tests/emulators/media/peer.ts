/**
 * The other end of a call, as an emulated vendor needs it: our own face and a voice, sent over a
 * real peer connection to whoever offers.
 *
 *     const voice = createVoice();
 *     const peer = createPeer({ onCandidate: (candidate) => socket.send(…), onState: … });
 *     const answer = await peer.answer(offer, { trickle: true });
 *     const outcome = await peer.say(await voice.speak('Hello!'));   // 'finished' or 'hushed'
 *     peer.hush();                      // silent within 10 ms
 *     peer.heard.sound();               // what the microphone sent: { pcm, rate }
 *     resample(pcm, rate, 16_000);      // … as speech recognition wants it; encodeWav for HTTP
 *     peer.close();
 *
 * Faults: `silent: true` never sends media, `freeze()` stops it, `kill()` hangs up. With
 * `cuttable: true` all goes over a road that `cut()` blocks and `mend()` opens again, and `kill()`
 * is as sudden as a power failure; without it the client may still be told good-bye.
 * Chromium on a machine with loopback only needs `--allow-loopback-in-peer-connection`.
 */
import wrtc from '@/tests/emulators/media/wrtc';
import type { PortraitLook } from '@/lib/settings';
import { createEars, type Heard } from '@/tests/emulators/media/heard';
import { createMouth, type Outcome } from '@/tests/emulators/media/mouth';
import { createPortrait } from '@/tests/emulators/media/portrait';
import { createRoad, withoutCandidates } from '@/tests/emulators/media/road';
import type { Utterance } from '@/tests/emulators/media/voice';

export interface PeerOptions {
  readonly width?: number;
  readonly height?: number;
  /** Pictures a second. */
  readonly rate?: number;
  readonly look?: PortraitLook;
  /** Answers and connects, but never sends a picture or a sound. */
  readonly silent?: boolean;
  /** Over a network that can be cut: IPv4, and no candidates of the client's are looked at. */
  readonly cuttable?: boolean;
  /** Ours, as they are found, maybe before the answer is; null: that was all. */
  readonly onCandidate?: (candidate: RTCIceCandidateInit | null) => void;
  readonly onDataChannel?: (channel: RTCDataChannel) => void;
  readonly onState?: (state: RTCPeerConnectionState) => void;
  readonly onStart?: (utterance: Utterance) => void;
  readonly onEnd?: (utterance: Utterance, outcome: Outcome) => void;
}

export interface Peer {
  /**
   * The answer to an offer; the first one or a later one of the same client. Without `trickle` it
   * holds all our candidates.
   */
  answer(offer: string, how: { readonly trickle: boolean }): Promise<string>;
  /** One of the client's. Null and the empty one, which end the list, do nothing. */
  addCandidate(candidate: RTCIceCandidateInit | null): Promise<void>;
  readonly state: RTCPeerConnectionState;
  /** Says it after whatever is being said, once connected. */
  say(utterance: Utterance): Promise<Outcome>;
  /** Silence, and nothing of what was still to be said. */
  hush(): void;
  readonly saying: Utterance | null;
  readonly heard: Heard;
  resize(width: number, height: number): void;
  readonly size: { readonly width: number; readonly height: number };
  /** No more pictures, or nothing at all any more; the connection stays. */
  freeze(what?: 'picture' | 'everything'): void;
  thaw(): void;
  /** The network is gone, and back again; only of a `cuttable` peer. */
  cut(): void;
  mend(): void;
  /** Hangs up in the middle of a word, and tells nobody here: no `onState`. */
  kill(): void;
  /** May be called twice. Nothing is left running. */
  close(): void;
}

export function createPeer({
  width = 320,
  height = 240,
  rate = 15,
  look,
  silent = false,
  cuttable = false,
  onCandidate,
  onDataChannel,
  onState,
  onStart,
  onEnd,
}: PeerOptions = {}): Peer {
  const connection = new wrtc.RTCPeerConnection({ iceServers: [] });
  const sound = new wrtc.nonstandard.RTCAudioSource();
  const picture = new wrtc.nonstandard.RTCVideoSource();
  const tracks = { audio: sound.createTrack(), video: picture.createTrack() };
  const stream = new wrtc.MediaStream([tracks.audio, tracks.video]);
  const portrait = createPortrait({ width, height, ...(look && { look }) });
  const ears = createEars();
  const road = cuttable ? createRoad() : null;
  let frozen: 'picture' | 'everything' | null = null;
  let timer: NodeJS.Timeout | null = null;
  let [sending, killed, closed] = [false, false, false];

  const mouth = createMouth({
    block(samples) {
      if (silent || frozen === 'everything') return;
      sound.onData({ samples, sampleRate: 48_000 });
    },
    onStart,
    onEnd,
  });
  const show = () => {
    if (!silent && !frozen) picture.onFrame(portrait.at(performance.now(), mouth.cues));
  };
  const start = () => {
    if (timer || closed || killed) return;
    mouth.start();
    show();
    timer = setInterval(show, 1000 / rate);
  };

  /** One after the other, so that the end of the list stays its end. */
  let telling = Promise.resolve();
  const tell = async (found: RTCIceCandidateInit | null) => {
    if (!road || !found?.candidate) return onCandidate?.(found);
    const candidate = await road.lead(found.candidate);
    if (candidate !== '' && !closed) onCandidate?.({ ...found, candidate });
  };
  connection.onicecandidate = ({ candidate }) => {
    const found = candidate?.toJSON() ?? null;
    telling = telling.then(() => tell(found));
  };
  connection.ondatachannel = ({ channel }) => onDataChannel?.(channel);
  connection.ontrack = ({ track }) => {
    if (track.kind === 'audio') ears.listen(track);
  };
  connection.onconnectionstatechange = () => {
    if (connection.connectionState === 'connected') start();
    if (!killed && !closed) onState?.(connection.connectionState);
  };

  /** Puts our tracks where the client wants to receive: the last section of each kind. */
  const send = async (offer: string) => {
    if (sending) return;
    const wanted = receiving(offer);
    for (const kind of ['audio', 'video'] as const) {
      const section = connection
        .getTransceivers()
        .findLast(({ mid, receiver }) => receiver.track.kind === kind && wanted.has(mid ?? ''));
      if (!section) continue;
      sending = true;
      section.direction = 'sendrecv';
      section.sender.setStreams(stream);
      await section.sender.replaceTrack(tracks[kind]);
    }
  };

  const stop = () => {
    mouth.stop();
    if (timer) clearInterval(timer);
    timer = null;
    ears.stop();
    tracks.audio.stop();
    tracks.video.stop();
    connection.close();
    road?.close();
  };

  return {
    async answer(offer, { trickle }) {
      await connection.setRemoteDescription({
        type: 'offer',
        sdp: road ? withoutCandidates(offer) : offer,
      });
      await send(offer);
      await connection.setLocalDescription(await connection.createAnswer());
      if (!trickle) await gathered(connection);
      const answer = connection.localDescription?.sdp ?? '';
      return road ? road.lead(answer) : answer;
    },
    async addCandidate(candidate) {
      if (!candidate?.candidate || closed || killed || road) return;
      await connection.addIceCandidate(candidate).catch((error: unknown) => {
        // Hung up while it was looked at.
        if (!closed && !killed) throw error;
      });
    },
    get state() {
      return connection.connectionState;
    },
    say: (utterance) => (closed || killed ? Promise.resolve('hushed') : mouth.say(utterance)),
    hush: () => mouth.hush(),
    get saying() {
      return mouth.saying;
    },
    heard: ears,
    resize: (width, height) => portrait.resize(width, height),
    get size() {
      return { width: portrait.width, height: portrait.height };
    },
    freeze(what = 'picture') {
      frozen = what;
    },
    thaw() {
      frozen = null;
    },
    cut: () => road?.cut(),
    mend: () => road?.mend(),
    kill() {
      if (killed || closed) return;
      killed = true;
      road?.cut();
      stop();
    },
    close() {
      if (closed) return;
      closed = true;
      if (!killed) stop();
    },
  };
}

/** The `mid`s of the sections in which the client would receive. */
function receiving(offer: string): ReadonlySet<string> {
  const sections = offer.split(/^m=/mu).slice(1);
  return new Set(
    sections.flatMap((section) => {
      const mid = /^a=mid:(\S+)/mu.exec(section)?.[1];
      return mid === undefined || /^a=(?:sendonly|inactive)/mu.test(section) ? [] : [mid];
    }),
  );
}

/**
 * Waits for a candidate that every client and road can use, UDP over IPv4, and what comes with it.
 * Those over IPv6 may come a moment before it; the TCP ones, which nobody here needs, and the word
 * that those were all come a tenth of a second later.
 */
async function gathered(connection: RTCPeerConnection): Promise<void> {
  if (connection.iceGatheringState === 'complete') return;
  await new Promise<void>((resolve) => {
    const over = () => {
      connection.removeEventListener('icecandidate', found);
      resolve();
    };
    const found = ({ candidate }: RTCPeerConnectionIceEvent) => {
      if (candidate === null) over();
      else if (/ udp \d+ [\d.]+ /iu.test(candidate.candidate)) setImmediate(over);
    };
    connection.addEventListener('icecandidate', found);
  });
}
