import type { Persona } from '@soulmachines/smwebsdk';
import { version } from '@soulmachines/smwebsdk/package.json';
import { AppError, toAppError } from '@/lib/errors';
import type { Connection, Ending, OpeningOf, ProviderEvent } from '@/lib/session/provider';
import { realTiming, within } from '@/lib/session/timing';
import { showCards } from '@/lib/providers/soul-machines/shown';
import { tokenFor, type Entry } from '@/lib/providers/soul-machines/entry';
import type { Limits } from '@/lib/providers/soul-machines/limits';
import { openLine, type Line } from '@/lib/providers/soul-machines/line';
import { fields, type SceneMessage } from '@/lib/providers/soul-machines/message';
import { createPicture } from '@/lib/providers/soul-machines/picture';
import { createSound } from '@/lib/providers/soul-machines/sound';
import { createTalk } from '@/lib/providers/soul-machines/talk';
import { createTelling } from '@/lib/providers/soul-machines/telling';

/** How much sound is on its way when the service says that it is silent, ms. */
const underWay = 250;

/** Connects with what `entryFor` gave; when it rejects nothing is left running. */
export async function connectionOf(
  opening: OpeningOf<'soul-machines'>,
  entry: Entry,
  limits: Limits,
  resuming: boolean,
): Promise<Connection> {
  const { grant, signal, stage } = opening;
  const life = new AbortController();
  const opens = new AbortController();
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
    frozen: () => void end({ by: 'error', error: new AppError('vendor_media') }, 'silently'),
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
    if (line === null) {
      early = reason;
      opens.abort();
    } else void end(reason, reason.by === 'error' ? 'silently' : undefined);
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
    const release = sound.holds.hold();
    try {
      await request((persona) => persona.stopSpeaking());
    } finally {
      release(underWay);
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
      const either = AbortSignal.any([signal, opens.signal]);
      await sound.start(opened.scene, limits.picture, either);
      await picture.first(either);
      if (either.aborted) throw new AppError('aborted');
    } catch (thrown) {
      await opened.hangUp();
      throw early ? endedEarly(early) : thrown;
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

  const telling = createTelling({
    history: resuming ? [] : opening.history,
    pageMetadata: grant.pageMetadata,
    talk,
    request,
  });

  return {
    model: true,
    ...telling,
    async interrupt() {
      if (!life.signal.aborted) await talk.interrupt().catch(() => undefined);
    },
    async hear(ear) {
      await line?.hear(ear?.track ?? null);
    },
    hold: sound.holds.suspect,
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
    measure: async () => (await line?.measure()) ?? null,
    close: () => end({ by: 'user' }).catch(() => undefined),
  };
}

function endedEarly(ending: Ending): AppError {
  return ending.by === 'error' ? ending.error : new AppError('vendor_lost');
}
