import { Scene, type SceneOptions } from '@soulmachines/smwebsdk';
import type { ErrorCode } from '@/lib/errors';
import type { Step } from '@/lib/session/provider';
import type { Entry } from '@/lib/providers/soul-machines/entry';

/** What we use of a session that goes over a socket and a peer connection; all of it is public. */
export interface LiveSession {
  readonly serverConnection: WebSocket;
  readonly peerConnection: RTCPeerConnection | null;
  readonly userMediaStream: MediaStream | null;
  readonly server: string | undefined;
  readonly sessionId: string | undefined;
}

export function createScene(video: HTMLVideoElement): Scene {
  return new Scene(settings(video));
}

export async function connect(scene: Scene, { uri, token }: Entry): Promise<void> {
  // Tries again are ours: each of the SDK's uses the same token, and none can be stopped.
  await scene.connect({ tokenServer: { uri, token }, retryOptions: { maxRetries: 1 } });
}

export function liveSession(scene: Scene): LiveSession | null {
  const session: Partial<LiveSession> | undefined = scene.session();
  return session?.serverConnection instanceof WebSocket ? (session as LiveSession) : null;
}

/** Away with what the SDK keeps of a session, and of the API key if it had one. */
export function forget(): void {
  for (const key of ['sm-server', 'sm-session-id', 'sm-api-key']) sessionStorage.removeItem(key);
}

/** What each state of the SDK's means; `waiting`: why it may have come no further. */
export const steps: Readonly<
  Record<string, { readonly step: Step; readonly percent: number; readonly waiting: ErrorCode }>
> = {
  SearchingForDigitalPerson: { step: 'connecting', percent: 25, waiting: 'vendor_busy' },
  DownloadingAssets: { step: 'preparing', percent: 50, waiting: 'vendor_failed' },
  ConnectingToDigitalPerson: { step: 'media', percent: 75, waiting: 'vendor_media' },
  Connected: { step: 'media', percent: 100, waiting: 'vendor_media' },
};

function settings(videoElement: HTMLVideoElement): SceneOptions {
  return {
    videoElement,
    // The microphone is the panel's and comes later, see `hear`.
    requestedMediaDevices: { microphone: false, camera: false },
    requiredMediaDevices: { microphone: false, camera: false },
    // Whether it goes on speaking while nobody looks is the panel's to say.
    stopSpeakingWhenNotVisible: false,
    // It would be our own address, not that of the page.
    sendMetadata: { pageUrl: false },
    // Off, or the service can have every line sent to it, and losing the socket makes the logger
    // call itself without end.
    loggingConfig: { session: { enabled: false }, contentAwareness: { enabled: false } },
    // Only the first is ever read.
    tracerOptions: { disableTracing: true } as NonNullable<SceneOptions['tracerOptions']>,
  };
}
