import type {
  LanguageModel,
  LanguageModelMessage,
  LanguageModelSession,
} from '@/lib/brain/language-model';

export interface Script {
  /** Pieces of the answer; an Error is thrown in its place. */
  readonly says?: readonly (string | Error)[];
  readonly availability?: string | Error;
  readonly create?: Error;
  /** Tokens; a word is one. */
  readonly window?: number;
  /** Chrome 138 to 145 have the older names. */
  readonly names?: 'today' | 'older';
  /** The first prompts are refused as too large, this many times. */
  readonly refuses?: number;
  /** A model that goes on talking after the signal. */
  readonly isDeaf?: boolean;
  /** Called before each piece: what happens meanwhile. */
  readonly onPiece?: (index: number) => void;
}

export interface FakeModel {
  readonly model: LanguageModel;
  readonly prompts: string[];
  readonly remembered: LanguageModelMessage[];
  readonly system: () => string;
  /** Sessions and clones not destroyed yet. */
  readonly open: () => number;
  /** Streams neither read to the end nor cancelled. */
  readonly running: () => number;
  readonly created: () => number;
  /** Reports a download while `create` is under way. */
  readonly progress: number[];
}

/**
 * Chrome's built-in model by its interface, scripted. A real one needs Google Chrome, 22 GB of disk and a
 * download; the Chromium builds that tests run in (Debian's) do not have it at all.
 */
export function fakeModel(script: Script = {}): FakeModel {
  const prompts: string[] = [];
  const remembered: LanguageModelMessage[] = [];
  const progress: number[] = [];
  const systems: string[] = [];
  let open = 0;
  let running = 0;
  let created = 0;
  let refusals = script.refuses ?? 0;

  const count = (prompt: string) => prompt.split(/\s+/u).length;
  const window = script.window ?? 8000;
  const today = {
    contextWindow: window,
    contextUsage: 0,
    measureContextUsage: (prompt: string) => Promise.resolve(count(prompt)),
  };
  const older = {
    inputQuota: window,
    inputUsage: 0,
    measureInputUsage: (prompt: string) => Promise.resolve(count(prompt)),
  };

  function session(): LanguageModelSession {
    open += 1;
    let isDestroyed = false;
    return {
      ...(script.names === 'older' ? older : today),
      promptStreaming(prompt, { signal }) {
        if (isDestroyed) throw new DOMException('destroyed', 'InvalidStateError');
        prompts.push(prompt);
        return stream(signal);
      },
      async clone({ signal }) {
        signal.throwIfAborted();
        if (isDestroyed) throw new DOMException('destroyed', 'InvalidStateError');
        await Promise.resolve();
        return session();
      },
      async append(messages, { signal }) {
        signal.throwIfAborted();
        remembered.push(...messages);
      },
      destroy() {
        if (!isDestroyed) open -= 1;
        isDestroyed = true;
      },
    };
  }

  function stream(signal: AbortSignal): ReadableStream<string> {
    const pieces = [...(script.says ?? ['Yes.'])];
    let index = 0;
    let isOver = false;
    running += 1;
    const end = () => {
      if (!isOver) running -= 1;
      isOver = true;
    };
    return new ReadableStream<string>({
      pull(controller) {
        if (refusals > 0) {
          refusals -= 1;
          end();
          controller.error(new DOMException('too large', 'QuotaExceededError'));
          return;
        }
        script.onPiece?.(index);
        index += 1;
        const piece = pieces.shift();
        if (signal.aborted && script.isDeaf !== true) {
          end();
          controller.error(signal.reason);
        } else if (piece === undefined) {
          end();
          controller.close();
        } else if (typeof piece === 'string') {
          controller.enqueue(piece);
        } else {
          end();
          controller.error(piece);
        }
      },
      cancel: end,
    });
  }

  const model: LanguageModel = {
    availability() {
      const { availability = 'available' } = script;
      return typeof availability === 'string'
        ? Promise.resolve(availability)
        : Promise.reject(availability);
    },
    async create({ initialPrompts = [], signal, monitor }) {
      signal?.throwIfAborted();
      created += 1;
      systems.push(...initialPrompts.map(({ content }) => content));
      const downloads = new EventTarget();
      monitor?.(downloads);
      for (const loaded of progress) {
        downloads.dispatchEvent(Object.assign(new Event('downloadprogress'), { loaded }));
        await Promise.resolve();
        signal?.throwIfAborted();
      }
      if (script.create) throw script.create;
      return session();
    },
  };
  return {
    model,
    prompts,
    remembered,
    progress,
    system: () => systems.join('\n'),
    open: () => open,
    running: () => running,
    created: () => created,
  };
}
