import { AppError, isAppError, type ErrorCode } from '@/lib/errors';
import { realTiming, within } from '@/lib/session/timing';

/** The microphone, open. */
export interface Capture {
  readonly track: MediaStreamTrack;
  /** Of the samples, Hz: the device's own where the browser lets us have it. */
  readonly rate: number;
  /** The track is stopped before it returns, and with it the browser's sign that somebody listens. */
  stop(): void;
}

export interface CaptureOptions {
  /** Null: the one the system prefers. */
  readonly deviceId: string | null;
  /** Mono, in blocks of about 20 ms. */
  readonly onSamples: (samples: Float32Array) => void;
  /** The device is gone, or the leave to use it. */
  readonly onEnded: () => void;
  readonly signal: AbortSignal;
}

export type OpenCapture = (options: CaptureOptions) => Promise<Capture>;

/**
 * Opens the device once. Not to be called in a Chromium panel while the browser would have to ask:
 * it would be refused there without a question.
 *
 * Rejects with an `AppError`; by then nothing is open.
 */
export async function openCapture(options: CaptureOptions): Promise<Capture> {
  const { deviceId, onSamples, onEnded, signal } = options;
  const stream = await getMicrophone(deviceId);
  const [track] = stream.getAudioTracks();
  let context: AudioContext | null = null;
  const stop = () => {
    track?.removeEventListener('ended', onEnded);
    for (const each of stream.getTracks()) each.stop();
    if (context && context.state !== 'closed') void context.close();
  };
  try {
    if (!track) throw new AppError('microphone_none');
    track.addEventListener('ended', onEnded);
    const listening = listen(stream, track, onSamples, (made) => {
      context = made;
    });
    // Called off meanwhile nothing stays open, also where the browser never starts its audio.
    const graph = await within(realTiming, starting, signal, listening);
    if (track.readyState === 'ended') throw new AppError('microphone_gone');
    return {
      track,
      rate: graph.context.sampleRate,
      stop() {
        graph.node.port.close();
        graph.source.disconnect();
        stop();
      },
    };
  } catch (thrown) {
    stop();
    const isOurs = isAppError(thrown) && thrown.code !== 'provider_timeout';
    throw isOurs ? thrown : new AppError('microphone_failed', { cause: thrown });
  }
}

/** Longest wait for the browser's audio, ms. Firefox without a sound system never starts it. */
const starting = 5_000;

async function getMicrophone(deviceId: string | null): Promise<MediaStream> {
  const audio: MediaTrackConstraints = {
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
    ...(deviceId !== null && { deviceId: { exact: deviceId } }),
  };
  try {
    return await navigator.mediaDevices.getUserMedia({ audio });
  } catch (thrown) {
    throw new AppError(codeOf(thrown), { cause: thrown });
  }
}

/** By the names of the Media Capture specification, §10.2. */
export function codeOf(thrown: unknown): ErrorCode {
  switch (thrown instanceof DOMException ? thrown.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'microphone_denied';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'microphone_none';
    // Another program, or another page, has it for itself.
    case 'NotReadableError':
    case 'AbortError':
      return 'microphone_busy';
    default:
      return 'microphone_failed';
  }
}

interface Graph {
  readonly context: AudioContext;
  readonly source: MediaStreamAudioSourceNode;
  readonly node: AudioWorkletNode;
}

async function listen(
  stream: MediaStream,
  track: MediaStreamTrack,
  onSamples: (samples: Float32Array) => void,
  made: (context: AudioContext) => void,
): Promise<Graph> {
  const { context, source } = connect(stream, track.getSettings().sampleRate, made);
  await context.audioWorklet.addModule('/listener.js');
  const node = new AudioWorkletNode(context, 'visavis-listener', { numberOfOutputs: 0 });
  node.port.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (data instanceof Float32Array) onSamples(data);
  });
  node.port.start();
  source.connect(node);
  // Where no click was made in the panel, as after a shortcut. Capturing counts as one.
  if (context.state === 'suspended') await context.resume();
  return { context, source, node };
}

/** At the device's own rate; Firefox takes a stream only at the rate of its own choice. */
function connect(
  stream: MediaStream,
  sampleRate: number | undefined,
  made: (context: AudioContext) => void,
): Pick<Graph, 'context' | 'source'> {
  const context = new AudioContext({
    latencyHint: 'interactive',
    ...(sampleRate !== undefined && { sampleRate }),
  });
  try {
    const source = context.createMediaStreamSource(stream);
    made(context);
    return { context, source };
  } catch (thrown) {
    void context.close();
    if (sampleRate === undefined) throw thrown;
    return connect(stream, undefined, made);
  }
}
