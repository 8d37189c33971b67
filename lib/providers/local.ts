import type { Brain } from '@/lib/brain/brain';
import { chooseBrain } from '@/lib/brain/choose';
import type { Ear } from '@/lib/ears/ear';
import { createRecogniser } from '@/lib/ears/recogniser';
import { browserRecognition, placeOf, type Recognition } from '@/lib/ears/recognition';
import { AppError, toAppError } from '@/lib/errors';
import type { PageContext, Quote } from '@/lib/page/page';
import {
  isFor,
  type Connection,
  type Opening,
  type OpeningOf,
  type Provider,
  type Turn,
} from '@/lib/session/provider';
import { createSpeaker, type Speaker } from '@/lib/voice/speaker';

/** What this device can do of itself, handed in so that a test can say what a device has. */
export interface Device {
  readonly synthesis: SpeechSynthesis | undefined;
  /** Chrome's built-in model (the global `LanguageModel`); undefined elsewhere. */
  readonly languageModel: unknown;
  /** The browser's speech recognition; undefined where it has none. */
  readonly recognition?: Recognition | undefined;
}

/** Our own avatar: no account, no network. It says and thinks; the panel's portrait is its face. */
export function createLocal(device: Device = thisDevice()): Provider {
  return {
    async open(opening) {
      if (!isFor(opening, 'local')) throw new AppError('provider_failed');
      const { grant, signal, emit } = opening;
      if (signal.aborted) throw new AppError('aborted');
      emit({ type: 'progress', step: 'loading', percent: null });
      const [brain, place] = await Promise.all([
        chooseBrain({ preference: grant.brain, languageModel: device.languageModel }),
        placeOf(device.recognition, grant.language),
      ]);
      if (signal.aborted) {
        brain.close();
        throw new AppError('aborted');
      }
      const local = place === 'device';
      const hears = local || (place !== 'none' && grant.cloudEars === true);
      const recognition = hears ? device.recognition : undefined;
      return connect(opening, brain, { ...device, recognition, local });
    },
  };
}

function thisDevice(): Device {
  const { speechSynthesis: synthesis, LanguageModel: languageModel } = globalThis as {
    speechSynthesis?: SpeechSynthesis;
    LanguageModel?: unknown;
  };
  return { synthesis, languageModel, recognition: browserRecognition() };
}

function connect(
  { grant, history, signal, emit }: OpeningOf<'local'>,
  brain: Brain,
  /** `recognition`: the one it may use; `local`: on this device alone. */
  { synthesis, recognition, local }: Device & { readonly local: boolean },
): Connection {
  const { language } = grant;
  const recogniser = recognition && createRecogniser({ recognition, language, local, emit });
  const speaker = createSpeaker({
    ...grant,
    synthesis,
    emit(event) {
      // Its own voice is no question.
      if (event.type === 'speaking') recogniser?.pause(event.who === 'avatar');
      emit(event);
    },
  });
  const turns: Turn[] = [...history];
  let answering = new AbortController();
  /** Ends the message under way where it stands. */
  let cutShort: () => void = () => undefined;
  let closed = false;

  /** Silence, and whatever was still being thought is dropped. */
  function hush(): void {
    answering.abort();
    answering = new AbortController();
    cutShort();
    speaker.interrupt();
  }

  function close(): void {
    if (closed) return;
    hush();
    closed = true;
    recogniser?.close();
    speaker.close();
    brain.close();
    emit({ type: 'ended', ending: { by: 'user' } });
  }
  signal.addEventListener('abort', close, { once: true });

  async function answer(question: string, context: PageContext | null): Promise<void> {
    const mine = answering.signal;
    const message = createMessage(emit, speaker, context?.language ?? grant.language);
    cutShort = () => message.end(true);
    const before = [...turns];
    turns.push({ who: 'reader', text: question });
    try {
      await brain.answer({
        question,
        context,
        history: before,
        language: grant.language,
        signal: mine,
        tell: (text, quotes) => {
          if (!mine.aborted) message.grow(text, quotes);
        },
      });
      message.end(false);
    } catch (thrown) {
      message.end(true);
      if (!mine.aborted) emit({ type: 'failed', error: toAppError(thrown, 'model_failed') });
    }
    turns.push({ who: 'avatar', text: message.text() });
  }

  return {
    model: brain.kind === 'model',
    async ask(question, context) {
      if (closed) throw new AppError('provider_failed');
      hush();
      void answer(question, context);
    },
    async speak(text) {
      if (closed) throw new AppError('provider_failed');
      hush();
      const message = createMessage(emit, speaker, grant.language);
      message.grow(text, []);
      message.end(false);
      turns.push({ who: 'avatar', text });
    },
    async interrupt() {
      if (!closed) hush();
    },
    async mute(muted) {
      if (closed) return;
      speaker.mute(muted);
      if (!muted) speaker.unlock();
    },
    async close() {
      close();
    },
    ...(recogniser && {
      async hear(ear: Ear | null) {
        if (!closed) recogniser.hear(ear);
      },
    }),
  };
}

interface GrowingMessage {
  grow(text: string, quotes: readonly Quote[]): void;
  /** Once; what comes later changes nothing. `cut`: it stops before its end. */
  end(cut: boolean): void;
  text(): string;
}

/** One message on its way: shown and spoken as it grows, final once. */
function createMessage(emit: Opening['emit'], speaker: Speaker, language: string): GrowingMessage {
  const id = crypto.randomUUID();
  let text = '';
  let quotes: readonly Quote[] = [];
  let ended = false;
  return {
    grow(soFar, standingOn) {
      if (ended) return;
      text = soFar;
      quotes = standingOn;
      emit({ type: 'said', id, who: 'avatar', text, quotes, final: false });
      speaker.say({ id, text, language, done: false });
    },
    end(cut) {
      if (ended) return;
      ended = true;
      if (text === '') return;
      emit({ type: 'said', id, who: 'avatar', text, quotes, final: true, ...(cut && { cut }) });
      if (!cut) speaker.say({ id, text, language, done: true });
    },
    text: () => text,
  };
}
