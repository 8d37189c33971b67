/** Longer than a page that is being closed lives, ms. */
const life = 1_000;

/**
 * A part of ours that is being loaded. A page that is closed meanwhile does not get it any more,
 * and nobody misses it there: only where the page lives on does it reject.
 */
export function coming<T>(part: Promise<T>): Promise<T> {
  return part.catch(
    (error: unknown) =>
      new Promise<never>((_, reject) => {
        setTimeout(() => reject(error), life);
      }),
  );
}
