/** Looks again and again until `done` holds, and gives what it gave; says what never came. `within`: ms. */
export async function until<T>(
  what: string,
  done: () => T | null | false | undefined | Promise<T | null | false | undefined>,
  within = 15_000,
): Promise<T> {
  const began = performance.now();
  for (;;) {
    const value = await done();
    if (value) return value;
    if (performance.now() - began > within) throw new Error(`It never came to ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
