import type { ReadonlySignal } from '@preact/signals';
import type { Broker, BrokeredAvatar, PlainServer } from '@/lib/broker/broker';
import type { AuthMethod } from '@/lib/broker/contract';
import type { Secret } from '@/lib/broker/credentials';
import type { Examination } from '@/lib/broker/doctor';
import type { Trouble } from '@/lib/broker/trouble';
import type { Chosen } from '@/lib/settings';

/** What is going on; null when nothing is. */
export type Doing = null | 'finding' | 'saving' | 'signing' | 'testing' | 'ending';

/** Where on the page a trouble belongs. */
export type Place = 'address' | 'sign-in' | 'test';

/** The avatar service as its chapter shows it, and all the reader can do with it. */
export interface Service {
  /** Null while there is none, undefined until we know. */
  readonly broker: ReadonlySignal<Broker | null | undefined>;
  /** Whether the browser lets us reach it. */
  readonly allowed: ReadonlySignal<boolean>;
  /** Whether something proves who the reader is, and whose it is. */
  readonly account: ReadonlySignal<{ readonly name: string | null } | null>;
  readonly doing: ReadonlySignal<Doing>;
  readonly trouble: ReadonlySignal<{ readonly place: Place; readonly trouble: Trouble } | null>;
  /** What it offers that this version does not know or may not have. */
  readonly skipped: ReadonlySignal<readonly string[]>;
  readonly examination: ReadonlySignal<(Examination & { readonly report: string }) | null>;
  /** Who decided it, when the reader may not; '' where they give no name. */
  readonly lockedBy: ReadonlySignal<string | null>;
  /** What was written last, so that nothing has to be typed twice. */
  readonly written: ReadonlySignal<string>;
  /** Our own origin, and where sign-in comes back to. For operators. */
  readonly origin: string;
  readonly redirect: ReadonlySignal<string | null>;
  /** Who sits beside the page: the one picked here, or somebody else. */
  readonly chosen: ReadonlySignal<Chosen>;
  /** Whether this version can show avatars of that maker. */
  readonly canShow: (provider: string) => boolean;

  /** These three ask the browser first: to be called in the click itself. */
  readonly find: (written: string) => void;
  readonly findPlain: (written: string, how: PlainEntry) => void;
  readonly signIn: () => void;

  readonly chooseAuth: (method: AuthMethod) => void;
  /** Whether it is kept now. */
  readonly enter: (secret: Secret) => Promise<boolean>;
  readonly signOut: () => void;
  /** Null is Vis. Asks the browser first as well, for what the avatar needs. */
  readonly pick: (avatar: BrokeredAvatar | null) => void;
  readonly test: () => void;
  readonly endSession: (session: string) => void;
  readonly copyReport: () => Promise<void>;
  readonly remove: () => void;
}

/** How a plain token server is asked. */
interface PlainEntry {
  /** Null finds out. */
  readonly method: PlainServer['method'] | null;
  readonly auth: Exclude<AuthMethod, { type: 'oidc' }>;
  readonly secret: Secret | null;
}
