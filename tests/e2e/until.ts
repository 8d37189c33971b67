/** How long a person would wait before calling it broken; machines of two cores included. */
const patience = 15_000;

/** Often enough that a wait costs nothing to speak of. */
const interval = 40;

/**
 * Asks again and again until `probe` answers something truthy, and returns that.
 * What cannot be asked yet (a document on its way) counts as "not yet".
 * @throws after `timeout` ms, saying what was awaited and what was last seen
 */
export async function until<T>(
  awaited: string,
  probe: () => T | Promise<T>,
  timeout = patience,
): Promise<NonNullable<T>> {
  const deadline = performance.now() + timeout;
  let last: unknown;
  for (;;) {
    try {
      const answer = await probe();
      if (answer) return answer;
      last = answer;
    } catch (error) {
      last = error;
    }
    if (performance.now() > deadline) {
      const seen = last instanceof Error ? last.message : JSON.stringify(last);
      throw new Error(`Waited ${timeout} ms for ${awaited}; last seen: ${seen ?? 'nothing'}`);
    }
    await new Promise((resolve) => {
      setTimeout(resolve, interval);
    });
  }
}

/** `promise`, or an error that says what was awaited once `timeout` ms are over. */
export async function within<T>(
  awaited: string,
  promise: Promise<T>,
  timeout = patience,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Waited ${timeout} ms for ${awaited}`)), timeout);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
