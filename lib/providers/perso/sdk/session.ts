import { ask, field, infoOf, json, serverFrom, textField, type Api } from './api';
import { decodeSpeech, formatOf, resampled } from './audio';
import { withoutEmoji } from './emoji';
import { ApiError, STTError, TTSDecodeError, TTSError } from './errors';
import { converse, type HistoryEntry, type LLMStreamChunk } from './llm';
import { openPeer, type Peer, type PeerLimits } from './peer';
import { createStates, type ChatState, type States } from './states';
import type { ChatTool } from './tool';

export interface CreateSessionOptions {
  readonly sessionId: string;
  readonly width: number;
  readonly height: number;
  readonly clientTools: ChatTool[];
  readonly apiServer?: string;
  /** Ours alone: relays besides the service's, and whether media may go without one. */
  readonly rtcConfiguration?: RTCConfiguration;
  /** Ours alone: gives up half-way, and leaves nothing. */
  readonly signal?: AbortSignal;
  /** Ours alone: how long it waits for what, ms. */
  readonly limits?: Partial<SessionLimits>;
}

interface SessionLimits extends PeerLimits {
  /** How often the service is told that a session without an avatar still lives. */
  readonly heartbeat: number;
}

/** The vendor's own client waits as long. */
const usual: SessionLimits = { ready: 5000, back: 6000, silent: 30_000, heartbeat: 10_000 };

export interface ChatLogEntry {
  readonly text: string;
  readonly isUser: boolean;
  readonly timestamp: Date;
}

export interface ProcessLLMOptions {
  readonly message: string;
  /** For this turn instead of the session's. */
  readonly tools?: ChatTool[];
  readonly signal?: AbortSignal;
}

export interface ProcessTTSOptions {
  readonly resample?: boolean;
  readonly locale?: string;
  readonly output_format?: string;
}

/** Rejects when the session cannot be had; then nothing of it is left. */
export async function createSession(options: CreateSessionOptions): Promise<Session> {
  const { sessionId, width, height, clientTools, apiServer, rtcConfiguration, signal } = options;
  const life = new AbortController();
  const stop = () => life.abort(signal?.reason);
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  const api: Api = { server: serverFrom(apiServer), sessionId, signal: life.signal };
  const session = new Session(api, life, clientTools, { ...usual, ...options.limits });
  try {
    life.signal.throwIfAborted();
    const { capability } = infoOf(await ask(api, ''));
    if (capability.some(({ name }) => name.startsWith('STF_'))) {
      await session.connect(rtcConfiguration ?? {});
      session.changeSize(width, height);
    } else {
      await session.beat();
    }
    life.signal.throwIfAborted();
    return session;
  } catch (thrown) {
    session.stopSession();
    throw thrown;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

export class Session {
  readonly apiServer: string;
  readonly sessionId: string;
  readonly clientTools: ChatTool[];
  /** The line to the avatar; null in a session without one. */
  perso: Peer | null = null;
  readonly #api: Api;
  readonly #life: AbortController;
  readonly #limits: SessionLimits;
  readonly #states: States = createStates();
  readonly #history: HistoryEntry[] = [];
  readonly #onError = new Set<(error: Error) => void>();
  readonly #onClose = new Set<(byUs: boolean) => void>();
  readonly #onLog = new Set<(log: ChatLogEntry[]) => void>();
  #log: ChatLogEntry[] = [];
  /** Whatever began before the last `clearBuffer` is not to be heard any more. */
  #cleared = new AbortController();
  #heartbeat: ReturnType<typeof setTimeout> | undefined;

  /** For `createSession`. */
  constructor(api: Api, life: AbortController, clientTools: ChatTool[], limits: SessionLimits) {
    this.#api = api;
    this.#life = life;
    this.#limits = limits;
    this.apiServer = api.server;
    this.sessionId = api.sessionId;
    this.clientTools = clientTools;
  }

  /** For `createSession`. */
  async connect(configuration: RTCConfiguration): Promise<void> {
    const servers = field(await ask(this.#api, 'ice-servers/'), 'ice_servers');
    const given: RTCIceServer[] = Array.isArray(servers) ? servers.filter(isIceServer) : [];
    this.perso = await openPeer({
      configuration: {
        ...configuration,
        iceServers: [...given, ...(configuration.iceServers ?? [])],
      },
      exchange: async (offer) => {
        const answer = await ask(this.#api, 'exchange/', json({ client_sdp: offer }));
        return { type: 'answer', sdp: textField(field(answer, 'server_sdp'), 'sdp') };
      },
      limits: this.#limits,
      signal: this.#life.signal,
      heard: (type, data) => this.#heard(type, data),
      lost: () => this.#end(false),
    });
  }

  /** For `createSession`: a session without an avatar is kept alive by calls. */
  async beat(event = 'SESSION_START'): Promise<void> {
    await this.#tell(event, '');
    this.#heartbeat = setTimeout(() => {
      this.beat('SESSION_DURING').catch((thrown: unknown) => this.#fail(thrown));
    }, this.#limits.heartbeat);
  }

  getSessionId(): string {
    return this.sessionId;
  }

  getRemoteStream(): MediaStream | null {
    return this.perso?.stream ?? null;
  }

  getLocalStream(): MediaStream | null {
    return null;
  }

  setSrc(video: HTMLVideoElement): void {
    video.srcObject = this.getRemoteStream();
  }

  changeSize(width: number, height: number): void {
    this.perso?.send('change-size', { width, height });
  }

  async *processLLM({
    message,
    tools = this.clientTools,
    signal,
  }: ProcessLLMOptions): AsyncGenerator<LLMStreamChunk> {
    const end = this.#states.begin('LLM');
    try {
      yield* converse(this.#api, this.#history, { message, tools, signal });
    } finally {
      end();
    }
  }

  getMessageHistory(): readonly HistoryEntry[] {
    return [...this.#history];
  }

  /** Asks, and has every piece of the answer spoken by the service. Does not wait for it. */
  async processChat(message: string): Promise<void> {
    if (message.trim() === '') return;
    this.#write(message, true);
    this.#chat(message).catch((thrown: unknown) => this.#fail(thrown));
  }

  async #chat(message: string): Promise<void> {
    const { signal } = this.#cleared;
    let spoken = 0;
    let answer = '';
    try {
      for await (const chunk of this.processLLM({ message, signal })) {
        if (chunk.type === 'error') this.#fail(chunk.error);
        if (chunk.type !== 'message') continue;
        answer = chunk.message;
        for (const piece of chunk.chunks.slice(spoken)) this.#speak(piece);
        spoken = chunk.chunks.length;
      }
    } catch (thrown) {
      if (!signal.aborted) throw thrown;
    }
    if (answer !== '') this.#write(answer, false);
  }

  processTTSTF(message: string): void {
    if (message.trim() === '') return;
    this.#write(message, false);
    this.#speak(message);
  }

  #speak(text: string): void {
    const message = withoutEmoji(text).trim();
    if (message === '' || !this.perso) return;
    this.#states.analyse();
    this.perso.send('ttstf', { message });
  }

  /** Undefined where nothing is to be said, or it could not be made: the error handler knows why. */
  async processTTS(
    text: string,
    { resample = false, ...how }: ProcessTTSOptions = {},
  ): Promise<Blob | undefined> {
    const clean = withoutEmoji(text).trim();
    if (clean === '') return undefined;
    const sentence = /[.?!]$/u.test(clean) ? clean : `${clean}.`;
    const { signal } = this.#cleared;
    const end = this.#states.begin('TTS');
    try {
      const init = { ...json({ text: sentence, ...how }), signal };
      const speech = decodeSpeech(textField(await ask(this.#api, 'tts/', init), 'audio'));
      const made = resample ? await resampled(speech) : speech;
      return signal.aborted ? undefined : made;
    } catch (thrown) {
      if (!signal.aborted) {
        const ours = thrown instanceof ApiError || thrown instanceof TTSDecodeError;
        this.#fail(ours ? new TTSError(thrown) : thrown);
      }
      return undefined;
    } finally {
      end();
    }
  }

  /** Resolves when the avatar was given it, not when it was said. */
  async processSTF(speech: Blob, format?: string, message = ''): Promise<string> {
    if (!this.perso) throw new Error('processSTF requires WebRTC (STF mode)');
    const { signal } = this.#cleared;
    this.#states.analyse();
    try {
      const reference = await this.perso.upload(speech, signal);
      // Silence was asked for while it went up.
      if (signal.aborted) return reference;
      const data = { message, file_ref: reference, format: formatOf(format, speech) };
      this.perso.send('stf', data);
      return reference;
    } catch (thrown) {
      if (!signal.aborted) this.#states.analysed();
      throw thrown;
    }
  }

  async transcribeAudio(sound: Blob, language?: string): Promise<string> {
    return (await this.transcribeAudioDetailed(sound, language)).text;
  }

  async transcribeAudioDetailed(sound: Blob, language?: string): Promise<{ text: string }> {
    const body = new FormData();
    body.append('audio', sound, sound instanceof File ? sound.name : 'audio.wav');
    if (language !== undefined) body.append('language', language);
    try {
      return { text: textField(await ask(this.#api, 'stt/', { method: 'POST', body }), 'text') };
    } catch (thrown) {
      throw thrown instanceof ApiError ? new STTError(thrown) : thrown;
    }
  }

  async clearBuffer(): Promise<void> {
    this.#cleared.abort();
    this.#cleared = new AbortController();
    this.perso?.send('clear-buffer', {});
    this.#states.clear();
  }

  async logSessionEvent(detail?: string | object): Promise<void> {
    const text = typeof detail === 'object' ? JSON.stringify(detail) : (detail ?? '');
    await this.#tell('SESSION_LOG', text);
  }

  stopSession(): void {
    this.#end(true);
  }

  subscribeChatStates(listener: (states: Set<ChatState>) => void): () => void {
    return this.#states.subscribe(listener);
  }

  subscribeChatLog(listener: (log: ChatLogEntry[]) => void): () => void {
    return added(this.#onLog, listener);
  }

  setErrorHandler(listener: (error: Error) => void): () => void {
    return added(this.#onError, listener);
  }

  onClose(listener: (byUs: boolean) => void): () => void {
    return added(this.#onClose, listener);
  }

  async #tell(event: string, detail: string): Promise<void> {
    await ask(this.#api, 'event/create/', json({ detail, event }));
  }

  #heard(type: string, data: unknown): void {
    const duration = field(data, 'duration');
    if (type === 'stf' && typeof duration === 'number') this.#states.speak(duration);
    if (type === 'stt' || type === 'stt-error') this.#states.analysed();
  }

  #write(text: string, isUser: boolean): void {
    this.#log = [{ text, isUser, timestamp: new Date() }, ...this.#log].slice(0, longestLog);
    for (const listener of this.#onLog) listener([...this.#log]);
  }

  #fail(thrown: unknown): void {
    if (this.#life.signal.aborted) return;
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    for (const listener of this.#onError) listener(error);
  }

  #end(byUs: boolean): void {
    const first = !this.#ended;
    this.#ended = true;
    this.#life.abort();
    this.#cleared.abort();
    clearTimeout(this.#heartbeat);
    this.perso?.close();
    this.#states.dispose();
    if (!first || !this.perso) return;
    for (const listener of this.#onClose) listener(byUs);
  }

  #ended = false;
}

/** Entries of the log: a session of a day must not keep all of it. */
const longestLog = 500;

function added<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function isIceServer(value: unknown): value is RTCIceServer {
  return typeof value === 'object' && value !== null && 'urls' in value;
}
