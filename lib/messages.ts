import type { PageSection, PageSelection } from '@/lib/page/page';

/**
 * Every message that crosses into or out of a web page, on one page.
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
