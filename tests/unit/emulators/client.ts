import wrtc from '@/tests/emulators/media/wrtc';
import { createEars } from '@/tests/emulators/media/heard';
import type { Peer } from '@/tests/emulators/media/peer';

/** A browser's half of a call, as a vendor's SDK would make it. */
export interface Client {
  readonly connection: RTCPeerConnection;
  /** The stream that came with each track. */
  readonly streams: readonly string[];
  readonly heard: ReturnType<typeof createEars>;
  readonly frames: { count: number; last: { width: number; height: number } | null };
  /** Speaks into the microphone until the client is closed. */
  speak(pcm: Int16Array): void;
  call(peer: Peer, how: { readonly trickle: boolean }): Promise<void>;
  close(): void;
}

export type Section = 'microphone' | 'audio' | 'video' | 'camera' | 'channel';

export function createClient(
  sections: readonly Section[],
  direction: 'recvonly' | 'sendrecv' = 'sendrecv',
): Client {
  const connection = new wrtc.RTCPeerConnection();
  const microphone = new wrtc.nonstandard.RTCAudioSource();
  const track = microphone.createTrack();
  const camera = new wrtc.nonstandard.RTCVideoSource().createTrack();
  const frames: Client['frames'] = { count: 0, last: null };
  const streams: string[] = [];
  const heard = createEars();
  const stops: (() => void)[] = [];

  for (const section of sections) {
    if (section === 'microphone') connection.addTrack(track, new wrtc.MediaStream([track]));
    else if (section === 'camera') connection.addTrack(camera, new wrtc.MediaStream([camera]));
    else if (section === 'channel') connection.createDataChannel('message');
    else connection.addTransceiver(section, { direction });
  }
  connection.ontrack = ({ track, streams: its }) => {
    streams.push(its[0]?.id ?? 'none');
    if (track.kind === 'audio') return heard.listen(track);
    const sink = new wrtc.nonstandard.RTCVideoSink(track);
    sink.onframe = ({ frame }: { frame: { width: number; height: number } }) => {
      frames.count += 1;
      frames.last = { width: frame.width, height: frame.height };
    };
    stops.push(() => sink.stop());
  };

  return {
    connection,
    streams,
    heard,
    frames,
    speak(pcm) {
      let at = 0;
      const timer = setInterval(() => {
        const samples = new Int16Array(480).map((_, i) => pcm[(at + i) % pcm.length] ?? 0);
        at += 480;
        microphone.onData({ samples, sampleRate: 48_000 });
      }, 10);
      stops.push(() => clearInterval(timer));
    },
    async call(peer, { trickle }) {
      connection.onicecandidate = ({ candidate }) => {
        if (trickle) void peer.addCandidate(candidate?.toJSON() ?? null);
      };
      const offer = await connection.createOffer();
      await connection.setLocalDescription(offer);
      const answer = await peer.answer(offer.sdp ?? '', { trickle });
      await connection.setRemoteDescription({ type: 'answer', sdp: answer });
    },
    close() {
      stops.splice(0).forEach((stop) => stop());
      heard.stop();
      track.stop();
      camera.stop();
      connection.close();
    },
  };
}
