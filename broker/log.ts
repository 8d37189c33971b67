import { pino, type DestinationStream, type Logger } from 'pino';
import type { Config } from './config/schema';

export type { Logger } from 'pino';

/**
 * JSON lines. Requests are logged by what they were, never by what they carried; should a secret
 * get into a line all the same, by its name or as part of an error's text, it is struck out.
 */
export function createLog(
  level: Config['log_level'],
  secrets: readonly string[],
  destination?: DestinationStream,
): Logger {
  // As it would stand in JSON. The longest first, since one may be part of another.
  const struck = secrets
    .filter((secret) => secret.length >= shortest)
    .map((secret) => JSON.stringify(secret).slice(1, -1))
    .sort((a, b) => b.length - a.length);
  const strike = (line: string) =>
    struck.reduce((text, secret) => text.replaceAll(secret, '[secret]'), line);
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: [...named, ...named.map((name) => `*.${name}`)], censor: '[secret]' },
      hooks: { streamWrite: strike },
    },
    destination ?? process.stdout,
  );
}

const named = ['authorization', 'credential', 'password', 'secret', 'token'];

/** Striking out shorter ones would make lines unreadable and give the secret away by its absence. */
const shortest = 6;
