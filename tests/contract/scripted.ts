import type { Ear } from '@/lib/ears/ear';
import type { PageContext } from '@/lib/page/page';
import type {
  Connection,
  LocalGrant,
  Opening,
  Provider,
  ProviderEvent,
} from '@/lib/session/provider';

/** What a scripted provider does when called; a verb that is not scripted fails the test. */
export interface Script {
  open?: (opening: Opening) => Promise<void> | void;
  /** Whether it may be asked while the page is still being read. */
  early?: boolean;
  ask?: (
    question: string,
    emit: (event: ProviderEvent) => void,
    context: PageContext | null,
  ) => Promise<void> | void;
  speak?: (text: string, emit: (event: ProviderEvent) => void) => Promise<void> | void;
  interrupt?: (emit: (event: ProviderEvent) => void) => Promise<void> | void;
  mute?: (muted: boolean) => Promise<void> | void;
  look?: (context: PageContext) => Promise<void> | void;
  cast?: (id: string) => Promise<void> | void;
  resize?: (width: number, height: number) => Promise<void> | void;
  volume?: (level: number) => Promise<void> | void;
  hear?: (ear: Ear | null) => Promise<void> | void;
  sink?: (deviceId: string) => Promise<void> | void;
  hold?: (on: boolean) => void;
}

export interface Scripted {
  readonly provider: Provider;
  /** Every call, in order: `open`, `ask What?`, `close`. */
  readonly calls: string[];
  /** Emits through the newest opening. */
  readonly emit: (event: ProviderEvent) => void;
}

/** A provider that does what its script says and throws on what nobody scripted. */
export function scripted(script: Script): Scripted {
  const calls: string[] = [];
  let emit: (event: ProviderEvent) => void = () => {
    throw new Error('Nothing is open yet.');
  };
  const unscripted = (verb: string): never => {
    throw new Error(`Nobody scripted "${verb}".`);
  };
  const provider: Provider = {
    async open(opening): Promise<Connection> {
      calls.push('open');
      emit = opening.emit;
      await script.open?.(opening);
      let closed = false;
      return {
        early: script.early === true,
        async ask(question, context) {
          calls.push(`ask ${question}`);
          await (script.ask ?? (() => unscripted('ask')))(question, opening.emit, context);
        },
        async mute(muted) {
          calls.push(`mute ${String(muted)}`);
          await (script.mute ?? (() => unscripted('mute')))(muted);
        },
        async close() {
          if (!closed) calls.push('close');
          closed = true;
        },
        ...(script.speak && {
          async speak(text: string) {
            calls.push(`speak ${text}`);
            await script.speak?.(text, opening.emit);
          },
        }),
        ...(script.look && {
          async look(context: PageContext) {
            calls.push(`look ${context.url}`);
            await script.look?.(context);
          },
        }),
        ...(script.cast && {
          async cast(id: string) {
            calls.push(`cast ${id}`);
            await script.cast?.(id);
          },
        }),
        ...(script.resize && {
          async resize(width: number, height: number) {
            calls.push(`resize ${width} × ${height}`);
            await script.resize?.(width, height);
          },
        }),
        ...(script.volume && {
          async volume(level: number) {
            calls.push(`volume ${level}`);
            await script.volume?.(level);
          },
        }),
        ...(script.hear && {
          async hear(ear: Ear | null) {
            calls.push(`hear ${ear === null ? 'nothing' : ear.mode}`);
            await script.hear?.(ear);
          },
        }),
        ...(script.sink && {
          async sink(deviceId: string) {
            calls.push(`sink ${deviceId}`);
            await script.sink?.(deviceId);
          },
        }),
        ...(script.hold && {
          hold(on: boolean) {
            calls.push(on ? 'hold' : 'release');
            script.hold?.(on);
          },
        }),
        ...(script.interrupt && {
          async interrupt() {
            calls.push('interrupt');
            await script.interrupt?.(opening.emit);
          },
        }),
      };
    },
  };
  return { provider, calls, emit: (event) => emit(event) };
}

/** A grant of the kind the local provider gets. */
export const localGrant: LocalGrant = {
  provider: 'local',
  voice: null,
  rate: 1,
  volume: 1,
  muted: false,
  brain: 'companion',
  language: 'en',
};
