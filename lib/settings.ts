import * as v from 'valibot';
import { storage, type StorageItemKey } from 'wxt/utils/storage';
import { brokerSchema, type Broker } from '@/lib/broker/broker';
import { rungs } from '@/lib/page/page';
import { send, unsent } from '@/lib/unsent';

/**
 * One stored setting. Nobody else touches its key. What is read back is `unknown` until its
 * schema has parsed it: a value that is corrupt, or of a later version that no longer fits,
 * reads as the fallback and is put aside under `<key>:aside` before anything overwrites it.
 */
export interface Setting<T> {
  get(): Promise<T>;
  set(value: T): Promise<void>;
  /** Calls back with each later value, from this page or another. Returns the way to stop. */
  watch(changed: (value: T, before: T) => void): () => void;
}

type Migrations = Record<number, (old: unknown) => unknown>;

function setting<S extends v.GenericSchema>(
  key: StorageItemKey,
  schema: S,
  fallback: v.InferOutput<S>,
  version = 1,
  migrations: Migrations = {},
): Setting<v.InferOutput<S>> {
  // Lazily, since the browser's storage may only be touched inside functions.
  let item: ReturnType<typeof storage.defineItem<unknown>> | undefined;
  const stored = () => (item ??= storage.defineItem<unknown>(key, { version, migrations }));
  const parse = (value: unknown) => v.safeParse(schema, value ?? fallback);
  const read = (value: unknown): v.InferOutput<S> => {
    const parsed = parse(value);
    return parsed.success ? parsed.output : fallback;
  };
  const set = async (value: unknown) =>
    send({ [key]: value }, async () => {
      const before = await stored().getValue();
      if (!parse(before).success) await storage.setItem(`${key}:aside`, before);
      await stored().setValue(value);
    });
  return {
    async get() {
      const left = unsent(key);
      if (left !== undefined) await set(left).catch(() => undefined);
      return read(await stored().getValue());
    },
    set,
    watch: (changed) => stored().watch((value, before) => changed(read(value), read(before))),
  };
}

const between = (low: number, high: number) =>
  v.pipe(v.number(), v.minValue(low), v.maxValue(high));
const color = v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/iu));

/** How the portrait looks. Colours are `#rrggbb`. */
const portraitSchema = v.object({
  skin: v.picklist(['person', 'moon']),
  face: color,
  hair: color,
  clothes: color,
});
export type PortraitLook = v.InferOutput<typeof portraitSchema>;
export const portrait = setting('local:portrait', portraitSchema, {
  skin: 'person',
  face: '#c98f6d',
  hair: '#2e2420',
  clothes: '#39465e',
});

const voiceSchema = v.object({
  /** `SpeechSynthesisVoice.voiceURI`; null chooses by the language of what is said. */
  uri: v.nullable(v.string()),
  rate: between(0.5, 2),
  volume: between(0, 1),
  muted: v.boolean(),
});
export type VoiceSettings = v.InferOutput<typeof voiceSchema>;
export const voice = setting('local:voice', voiceSchema, {
  uri: null,
  rate: 1,
  volume: 1,
  muted: false,
});

/** `auto` uses the browser's own language model where there is one. */
export const brain = setting('local:brain', v.picklist(['auto', 'companion']), 'auto');

const siteSchema = v.object({
  rung: v.picklist(rungs),
  /** Whether the address keeps its query string (`?…`). */
  keepQuery: v.boolean(),
});
export type SiteRule = v.InferOutput<typeof siteSchema>;
/** By origin (`https://nature.example`). A site not in here has `newSite`. */
export const sites = setting(
  'local:sites',
  // A rule that cannot be read must not share more than its reader wanted.
  v.record(v.string(), v.fallback(siteSchema, { rung: 'nothing', keepQuery: false })),
  {},
);
/** What a site never seen may share, and only when the reader asks. */
export const newSite: SiteRule = { rung: 'page', keepQuery: false };

/** The broker that hands out avatars of other makers; null while there is none. */
export const broker = setting('local:broker', v.nullable(brokerSchema), null);

/**
 * Who sits beside the page: the face on this device, the one picked at the broker
 * (`broker.avatar`), or the one a key of the reader's own leads to.
 */
export const avatar = setting('local:avatar', v.picklist(['local', 'brokered', 'own']), 'local');
export type Chosen = 'local' | 'brokered' | 'own';

/**
 * Whom the reader chose, with the broker they belong to. In one write, on its way before this
 * returns: who chooses often closes the page in the same breath.
 */
export function keepChoice(chosen: Chosen, at: Broker | null): Promise<void> {
  const items = [
    { key: 'local:avatar' as const, value: chosen },
    ...(at ? [{ key: 'local:broker' as const, value: at }] : []),
  ];
  const values = Object.fromEntries(items.map(({ key, value }) => [key, value]));
  return send(values, () => storage.setItems(items));
}

/** By a broker's address: what it said about itself that the reader agreed to. */
export const agreed = setting('local:agreed', v.record(v.string(), v.string()), {});

/** Minutes of silence after which an avatar that costs goes by itself; 0: it never does. */
export const idleChoices = [1, 3, 10, 30, 0];
export const defaultIdleMinutes = 3;
export const idleMinutes = setting(
  'local:idleMinutes',
  v.pipe(
    v.number(),
    v.check((minutes) => idleChoices.includes(minutes)),
  ),
  defaultIdleMinutes,
);

/** Whether the avatar's mood stands as a word beside its name. */
export const moodShown = setting('local:moodShown', v.boolean(), false);

const deviceSchema = v.object({ id: v.string(), label: v.string() });

const earsSchema = v.object({
  /** The microphone that was chosen; null leaves it to the system. */
  device: v.nullable(deviceSchema),
  /** `hold`: it listens while a key or the button is held; `open`: until it is switched off. */
  mode: v.picklist(['hold', 'open']),
  /** Seconds of silence after which it switches itself off; 0: never. */
  autoOff: between(0, 3600),
  /** Whether it is deaf while the avatar speaks. `auto`: where the avatar would hear itself. */
  duplex: v.picklist(['auto', 'half', 'full']),
});
export type EarsSettings = v.InferOutput<typeof earsSchema>;
export const newEars: EarsSettings = { device: null, mode: 'hold', autoOff: 120, duplex: 'auto' };
export const ears = setting('local:ears', earsSchema, newEars);

/** The company whose service may turn what Vis hears into words; null: none may. */
export const cloudEars = setting('local:cloudEars', v.nullable(v.string()), null);

/** Where the avatar is heard; null leaves it to the system. */
export const loudspeaker = setting('local:loudspeaker', v.nullable(deviceSchema), null);

export const captionSize = setting(
  'local:captionSize',
  v.picklist(['small', 'medium', 'large']),
  'medium',
);
export type CaptionSize = 'small' | 'medium' | 'large';
/**
 * How long conversations are kept: until deleted, thirty days after they were last spoken in unless
 * pinned, or in memory alone until the browser is closed.
 */
export const retentions = ['forever', 'month', 'session'] as const;
export type Retention = (typeof retentions)[number];
export const retention = setting('local:retention', v.picklist(retentions), 'forever');

/** Whether the reader has been told, aloud or in writing, that this is an AI. */
export const introduced = setting('local:introduced', v.boolean(), false);

/** Whether the reader has seen that this machine has no voice; once is enough. */
export const voicelessTold = setting('local:voicelessTold', v.boolean(), false);

const shortLine = (longest: number) =>
  v.pipe(v.string(), v.maxLength(longest), v.regex(/^[^\p{Cc}]*$/u));
const readerSchema = v.object({
  /** '' where the reader gave none. */
  name: shortLine(80),
  /** What an avatar's author may have asked for, by the author's own names. */
  fields: v.pipe(v.array(v.object({ id: shortLine(60), value: shortLine(400) })), v.maxLength(20)),
});
/** Who is reading, as far as they said so. It goes to avatars that can use it and to nobody else. */
export type ReaderProfile = v.InferOutput<typeof readerSchema>;
export const reader = setting('local:reader', readerSchema, { name: '', fields: [] });

/** Everything as it was at install: settings, what was put aside, and what waits for a panel. */
export async function eraseSettings(): Promise<void> {
  await Promise.all([storage.clear('local'), storage.clear('session')]);
}
