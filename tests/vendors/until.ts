/** Looks again and again until it holds; throws after half a minute. */
export async function until(done: () => boolean, what = 'It'): Promise<void> {
  const giveUp = performance.now() + 30_000;
  while (!done()) {
    if (performance.now() > giveUp) throw new Error(`${what} did not happen within half a minute.`);
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
  }
}
