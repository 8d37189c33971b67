/** What the product may weigh and how long it may take (issue 2, "Shown by"; 1 kB = 1,000 bytes). */
export const limits = {
  /** The packed extension, bytes. */
  zip: 250_000,
  /** All the panel's page loads before anything lazy, bytes gzipped. */
  panelScript: 60_000,
  /** What sleeps in every followed page, bytes. */
  watcher: 6_000,
  /** First paint of the panel, as a multiple of an empty panel's. */
  firstPaint: 1.25,
  /** From Enter to the first word of the caption, page of 5,000 words, ms. */
  firstCaption: 150,
  /** Frames a second while nothing happens. */
  idleFrames: 15,
  hiddenFrames: 0,
  /** With 10,000 messages: first paint as a multiple of an empty store's, and the slowest search, ms. */
  keptPaint: 1.5,
  keptSearch: 50,
} as const;

export interface Budget {
  readonly name: string;
  readonly value: number;
  readonly limit: number;
  readonly ok: boolean;
}

export function budget(name: keyof typeof limits, value: number): Budget {
  const limit = limits[name];
  return { name, value, limit, ok: value <= limit };
}
