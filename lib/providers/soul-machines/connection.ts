import { NLPIntent, type Persona } from '@soulmachines/smwebsdk';
import { version } from '@soulmachines/smwebsdk/package.json';
import type { Ear } from '@/lib/ears/ear';
import { AppError, toAppError } from '@/lib/errors';
import type { PageContext } from '@/lib/page/page';
import type { Connection, Ending, OpeningOf, ProviderEvent } from '@/lib/session/provider';
import { realTiming, within } from '@/lib/session/timing';
import { showCards } from '@/lib/providers/soul-machines/shown';
import { tokenFor, type Entry } from '@/lib/providers/soul-machines/entry';
import type { Limits } from '@/lib/providers/soul-machines/limits';
import { openLine, type Line } from '@/lib/providers/soul-machines/line';
import { fields, type SceneMessage } from '@/lib/providers/soul-machines/mend';
import { createPicture } from '@/lib/providers/soul-machines/picture';
import { createSound } from '@/lib/providers/soul-machines/sound';
import { createTalk } from '@/lib/providers/soul-machines/talk';
import { historyOf, variablesFor, type Variables } from '@/lib/providers/soul-machines/variables';

/** Connects with what `entryFor` gave; when it rejects nothing is left running. */
export async function connectionOf(
  opening: OpeningOf<'soul-machines'>,
  entry: Entry,
  limits: Limits,
  resuming: boolean,
): Promise<Connection> {
  const { grant, signal, stage } = opening;
  const life = new AbortController();
  let line: Line | null = null;
  let ending: Promise<void> | null = null;
  let early: Ending | null = null;

  /** Nothing is said after the end, and nothing of an attempt that failed. */
  const emit = (event: ProviderEvent) => {
    if (!life.signal.aborted) opening.emit(event);
  };

  const picture = createPicture({
    stage,
    muted: grant.muted,
    volume: grant.volume,
    limits,
    emit,
    frozen: () => end({ by: 'error', error: new AppError('vendor_media') }, 'silently'),
  });
  const sound = createSound(picture.video, grant.muted, emit);
  const talk = createTalk({ language: grant.language, limits, emit, hush });

  function heard(message: SceneMessage): void {
    const platform = fields(fields(message.body)['scene'])['sdkVersion'];
    if (message.name === 'state' && typeof platform === 'string') {
      emit({ type: 'details', details: { sdk: version, platform } });
    }
    talk.heard(message);
  }

  function lost(reason: Ending): void {
    // While it is opening there is nobody to end; it is thrown there.
    if (line === null) early = reason;
    else end(reason, reason.by === 'error' ? 'silently' : undefined);
  }

  async function request<T>(what: (persona: Persona) => Promise<T>): Promise<T> {
    if (life.signal.aborted || !line?.scene.isConnected()) throw new AppError('vendor_lost');
    try {
      return await within(realTiming, limits.request, life.signal, what(line.persona()));
    } catch (thrown) {
      throw toAppError(thrown, 'vendor_answer');
    }
  }

  async function hush(): Promise<void> {
    const release = sound.hold();
    try {
      await request((persona) => persona.stopSpeaking());
    } finally {
      release();
    }
  }

  /** Once; what comes after the first waits for it. */
  function end(reason: Ending, how?: 'silently'): Promise<void> {
    ending ??= (async () => {
      signal.removeEventListener('abort', aborted);
      window.removeEventListener('pagehide', aborted);
      talk.close();
      picture.drop();
      sound.drop();
      // It may be found again after a loss, not after an end.
      if (reason.by !== 'error' && line?.place()) emit({ type: 'resumable', token: null });
      await line?.hangUp(how);
      emit({ type: 'ended', ending: reason });
      life.abort();
    })();
    return ending;
  }
  const aborted = () => void end({ by: 'user' });

  try {
    const opened = await openLine({
      grant,
      entry,
      video: picture.video,
      signal,
      connectWithin: limits.connect,
      down: limits.down,
      emit,
      heard,
      ended: lost,
    });
    showCards(opened.scene, talk.card);
    try {
      await sound.start(opened.scene, limits.picture);
      await Promise.race([picture.first(), stopped(signal)]);
      if (early) throw endedEarly(early);
    } catch (thrown) {
      await opened.hangUp();
      throw thrown;
    }
    line = opened;
  } catch (thrown) {
    life.abort();
    talk.close();
    picture.drop();
    sound.drop();
    throw toAppError(thrown, 'vendor_failed');
  }
  signal.addEventListener('abort', aborted, { once: true });
  window.addEventListener('pagehide', aborted);
  const place = line.place();
  if (place && grant.credential.kind === 'api-key') {
    emit({ type: 'resumable', token: tokenFor(place) });
  }

  /** Told once; a session that was taken up again remembers it. */
  let history: Variables = resuming ? {} : historyOf(opening.history);
  let told = '';
  let url: string | null = null;

  /** Silent, and only what has changed. */
  async function tell(context: PageContext | null): Promise<void> {
    const variables = variablesFor(context);
    const all = JSON.stringify(variables);
    if (all === told) return;
    await request((persona) => persona.conversationSetVariables(variables));
    told = all;
  }

  async function ask(text: string, variables: Variables): Promise<void> {
    const sign = talk.asked(text);
    try {
      // Some services answer at once and acknowledge never.
      await Promise.race([sign, request((it) => it.conversationSend(text, variables, {}))]);
    } catch (thrown) {
      talk.refused();
      throw thrown;
    }
  }

  return {
    model: true,
    async ask(question, context) {
      const variables = variablesFor(context);
      await ask(question, { ...variables, ...history });
      told = JSON.stringify(variables);
      history = {};
    },
    async look(context) {
      await tell(context);
      const moved = url !== null && url !== context.url;
      url = context.url;
      if (grant.pageMetadata && moved) {
        await ask(NLPIntent.PAGE_METADATA, { pageUrl: context.url });
      }
    },
    async speak(text) {
      const sign = talk.asked(text);
      await Promise.race([sign, request((persona) => persona.startSpeaking(text, null, null))]);
    },
    async interrupt() {
      if (!life.signal.aborted) await talk.interrupt().catch(() => undefined);
    },
    async hear(ear: Ear | null) {
      const sender = line
        ?.peer()
        ?.getTransceivers()
        .find(
          ({ receiver, direction }) => receiver.track.kind === 'audio' && direction === 'sendrecv',
        )?.sender;
      // Not by the SDK's `setMediaDeviceActive`: that captures the device a second time, without
      // the choice of one, and stops the track when it is switched off. This one is the panel's.
      await sender?.replaceTrack(ear?.track ?? null);
    },
    async mute(muted) {
      await sound.mute(muted);
    },
    async volume(level) {
      picture.video.volume = level;
    },
    async sink(deviceId) {
      await picture.video.setSinkId?.(deviceId);
    },
    async resize(width, height) {
      line?.scene.sendVideoBounds(Math.round(width), Math.round(height));
    },
    measure: async () => (await line?.peer()?.getStats()) ?? null,
    close: () => end({ by: 'user' }).catch(() => undefined),
  };
}

function endedEarly(ending: Ending): AppError {
  return ending.by === 'error' ? ending.error : new AppError('vendor_lost');
}

function stopped(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(new AppError('aborted'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
