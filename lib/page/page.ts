/** How far up the ladder a page may be shared. Each rung includes those before it. */
export const rungs = ['nothing', 'address', 'selection', 'page'] as const;
export type Rung = (typeof rungs)[number];

/** Words the reader marked, with a little of what stands around them. */
export interface PageSelection {
  /** At most 2,000 characters. */
  readonly text: string;
  /** At most 300 characters each; may be empty. */
  readonly before: string;
  readonly after: string;
}

/** A stretch of the page under one heading. */
export interface PageSection {
  /** Null for what stands before the first heading. */
  readonly heading: string | null;
  /** 1 to 6; 0 where there is no heading. */
  readonly level: number;
  /** Paragraphs, separated by a blank line. */
  readonly text: string;
}

/** The visible text of a page. */
export interface PageText {
  readonly sections: readonly PageSection[];
  /** Characters in `sections`; at most 100,000. */
  readonly length: number;
  /** About how many more characters the page has that did not fit into `sections`. */
  readonly omitted: number;
}

/** What a question may take with it. What the rung forbids is null. */
export interface PageContext {
  /** Without credentials, fragment and (unless the site's rule keeps it) query. */
  readonly url: string;
  readonly title: string;
  /** BCP 47, as the page states it; null where it does not. */
  readonly language: string | null;
  readonly selection: PageSelection | null;
  readonly text: PageText | null;
  /**
   * The page is still being read: all of it, once it has been. Never rejects; null where it could
   * not be read. What is here without it is what the browser says of the page.
   */
  readonly whole?: Promise<PageContext | null>;
}

/** All there is of a page, waiting for it to be read. */
export async function wholeOf(context: PageContext | null): Promise<PageContext | null> {
  return context?.whole ?? context;
}

/** Which page a message was about; kept with it in the transcript. */
export interface PageStamp {
  readonly url: string;
  readonly title: string;
  readonly host: string;
  readonly rung: Rung;
  /** A `data:` or `https:` address of the site's icon; null where unknown. */
  readonly icon: string | null;
}

/** A sentence of the page that an answer stands on. */
export interface Quote {
  /** The sentence as it stands on the page, white space folded. */
  readonly text: string;
  /** Offset in the answer's text (UTF-16 units) where its footnote mark goes. */
  readonly at: number;
}
