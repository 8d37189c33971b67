import { destination, pino, type DestinationStream, type Logger as Pino } from 'pino';
import type { Config } from './config/schema';

export interface Logger extends Pick<Pino, 'info' | 'warn' | 'error'> {
  /** One for each request. All of it is ours, so nothing is looked at for its name. */
  request(line: RequestLine): void;
}

interface RequestLine {
  readonly trace: string;
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly ms: number;
  readonly caller: string | undefined;
  readonly code: string | undefined;
}

/**
 * JSON lines. Requests are logged by what they were, never by what they carried; should a secret
 * get into a line all the same, by its name or as part of an error's text, it is struck out.
 *
 * @param to - standard output, if not given.
 */
export function createLog(
  level: Config['log_level'],
  secrets: readonly string[],
  to: DestinationStream = lines(1),
): Logger {
  // As it would stand in JSON. The longest first, since one may be part of another.
  const struck = secrets
    .filter((secret) => secret.length >= shortest)
    .map((secret) => JSON.stringify(secret).slice(1, -1))
    .sort((a, b) => b.length - a.length);
  const strike = (line: string) =>
    struck.reduce((text, secret) => text.replaceAll(secret, '[secret]'), line);
  const log = pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: [...named, ...named.map((name) => `*.${name}`)], censor: '[secret]' },
      hooks: { streamWrite: strike },
    },
    to,
  );
  const wanted = log.isLevelEnabled('info');
  return {
    info: log.info.bind(log),
    warn: log.warn.bind(log),
    error: log.error.bind(log),
    request({ trace, method, route, status, ms, caller, code }) {
      if (!wanted) return;
      const time = new Date().toISOString();
      const line = { level: 'info', time, trace, method, route, status, ms, caller, code };
      to.write(strike(`${JSON.stringify(line)}\n`));
    },
  };
}

/**
 * Lines to a file descriptor or a path, many at a time: one system call a line was a quarter of
 * what a session costs. They are there within the second, and all of them when the process ends.
 */
export function lines(dest: number | string): DestinationStream {
  let waiting: string[] = [];
  let length = 0;
  const send = () => {
    if (length === 0) return;
    file.write(waiting.join(''));
    waiting = [];
    length = 0;
  };
  // Before pino's own, which closes the file.
  process.on('beforeExit', send);
  const file = destination({ dest, sync: false });
  process.on('exit', () => {
    send();
    file.flushSync();
  });
  setInterval(send, 1000).unref();
  return {
    write(line) {
      waiting.push(line);
      length += line.length;
      if (length >= enough) send();
    },
  };
}

/** Characters. */
const enough = 16_000;

const named = ['authorization', 'credential', 'password', 'secret', 'token'];

/** Striking out shorter ones would make lines unreadable and give the secret away by its absence. */
const shortest = 6;
