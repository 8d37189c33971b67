import { defineExtensionMessaging } from '@webext-core/messaging';
import type { Broker, BrokeredAvatar, PlainServer } from '@/lib/broker/broker';
import type { AuthMethod, QuotaAnswer, Renewal } from '@/lib/broker/contract';
import type { Secret } from '@/lib/broker/credentials';
import type { Examination } from '@/lib/broker/doctor';
import type { BrokerGrant } from '@/lib/broker/grants';
import type { Outcome } from '@/lib/broker/trouble';
import type { PageSection, PageSelection } from '@/lib/page/page';

/*
 * Every message that crosses from one of our contexts into another, on one page: first what our
 * own pages ask of the background, then what crosses into and out of a web page.
 */

/**
 * The background answers, and only our own pages (`lib/broker/answer.ts` looks who asks). No
 * answer holds what proves who the reader is; a grant's credential is the vendor's, for minutes.
 */
export interface BrokerMessages {
  /** Finds the broker at an address as it was pasted, and keeps it as the reader's. */
  'broker.discover'(ask: { address: string }): Outcome<{
    readonly broker: Broker;
    /** What it offers that we do not know or may not have. */
    readonly skipped: readonly string[];
  }>;
  /** The same for a plain token server; `method` null finds out how it wants to be asked. */
  'broker.plain'(ask: {
    address: string;
    method: PlainServer['method'] | null;
    auth: Exclude<AuthMethod, { type: 'oidc' }>;
    secret: Secret | null;
  }): Outcome<Broker>;
  'broker.credential'(ask: { secret: Secret }): Outcome<null>;
  /** Whether there is a credential, and whose. */
  'broker.account'(ask: null): Outcome<{
    readonly type: Secret['type'];
    readonly name: string | null;
  } | null>;
  /** The address of the identity provider to send the reader to, and from there back. */
  'broker.signIn'(ask: { redirect: string }): Outcome<string>;
  'broker.signedIn'(ask: { landed: string }): Outcome<null>;
  'broker.signOut'(ask: null): Outcome<null>;
  /** Goes the whole way, once. `report` is for an operator; no secrets in it. */
  'broker.test'(ask: null): Outcome<Examination & { readonly report: string }>;
  'broker.remove'(ask: null): Outcome<null>;
  /** Asked again after an answer that never came, it is the same session. */
  'broker.grant'(ask: { avatar: BrokeredAvatar }): Outcome<BrokerGrant>;
  /** The grant has arrived. */
  'broker.took'(ask: { avatar: BrokeredAvatar }): Outcome<null>;
  'broker.renew'(ask: { session: string; fresh: boolean }): Outcome<Renewal>;
  'broker.end'(ask: { session: string }): Outcome<null>;
  'broker.quota'(ask: null): Outcome<QuotaAnswer>;
}

export const { sendMessage, onMessage } = defineExtensionMessaging<BrokerMessages>();

/**
 * What crosses into or out of a web page.
 *
 * The panel injects a script, opens a port of its name with `tabs.connect(tabId, { name })`, and
 * the script answers on it from every frame of the tab, until it closes: a port's end takes back
 * all it did to the page. Types only: what comes from a page is `unknown` in the panel until
 * `lib/page/report.ts` has parsed it.
 */
export type PortName =
  /** `entrypoints/page.ts`: tells what is selected. */
  | 'page'
  /** `entrypoints/marker.ts`: marks a passage for as long as the port is open. */
  | 'marker';

/** The watcher's. The panel says nothing on its port; being connected is the request. */
export type Told =
  /** The top frame, once, first: whose page this is. */
  | { readonly type: 'hello'; readonly language: string | null; readonly pdf: boolean }
  /** What is selected in this frame now; null only after there was something. */
  | { readonly type: 'selection'; readonly selection: PageSelection | null };

/** The panel's, to the marker: find this passage, mark it and scroll to it. */
export interface Show {
  readonly type: 'show';
  readonly text: string;
}

/** The marker's answer, one from every frame. */
export interface Shown {
  readonly type: 'shown';
  readonly found: boolean;
}

/** What the reader (`entrypoints/reader.ts`) returns from each frame it is run in. */
export interface FrameReading {
  /** `location.href` */
  readonly url: string;
  readonly title: string;
  readonly language: string | null;
  /** The browser's own viewer stands here, not a page. */
  readonly pdf: boolean;
  readonly selection: PageSelection | null;
  readonly sections: readonly PageSection[];
  /** Characters that did not fit into `sections`. */
  readonly omitted: number;
}
