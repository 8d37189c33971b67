import { Problem } from './problem';

/**
 * Whatever was thrown, as a problem. Redis gone is foreseen: nothing can be counted, so nothing is
 * given. Anything else that is no problem yet is a bug, and its cause is for the log alone.
 */
export function foreseen(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  if (thrown instanceof Error && isRedisTrouble(thrown)) {
    return new Problem('unavailable', 'The broker cannot reach its store, so it cannot count.', {
      retry_after: 5,
      cause: thrown,
    });
  }
  return new Problem('internal', 'Something went wrong in the broker. Its log says what.', {
    cause: thrown,
  });
}

/** As ioredis names and words it: lost, refused, out of time, or an error of Redis's own. */
function isRedisTrouble({ name, message }: Error): boolean {
  return (
    ['MaxRetriesPerRequestError', 'ReplyError', 'AbortError'].includes(name) ||
    /Stream isn't writeable|Connection is closed|Command timed out|ECONNREFUSED|ECONNRESET/u.test(
      message,
    )
  );
}
