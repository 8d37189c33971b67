import type { Browser } from 'puppeteer-core';

/** Firefox's own wire (WebDriver BiDi), which Puppeteer shows only in part. */
export interface Bidi {
  /** Sends a command, returns its result. */
  send(method: string, params: object): Promise<Record<string, unknown>>;
  /** Evaluates in a document, or in the browser's own window; returns what JSON can hold. */
  run(context: string, expression: string): Promise<unknown>;
  /** The context of the browser's own first window, whose scripts may do anything. */
  readonly chrome: string;
  /** Those of all its windows. */
  windows(): Promise<readonly string[]>;
}

export async function openBidi(browser: Browser): Promise<Bidi> {
  const connection = connectionOf(browser);
  const send: Bidi['send'] = async (method, params) =>
    (await connection.send(method, params)).result;
  const windows = async () => {
    const { contexts } = await send('browsingContext.getTree', { 'moz:scope': 'chrome' });
    return (contexts as { url: string; context: string }[])
      .filter(({ url }) => url.includes('browser.xhtml'))
      .map(({ context }) => context);
  };
  const [chrome] = await windows();
  if (chrome === undefined) throw new Error('Firefox shows no window.');
  return {
    send,
    chrome,
    windows,
    run: async (context, expression) => {
      // As text, since the wire would describe an object rather than hand it over.
      const asText = `Promise.resolve(${expression}).then((value) => JSON.stringify(value))`;
      const { type, result, exceptionDetails } = await send('script.evaluate', {
        expression: asText,
        target: { context },
        awaitPromise: true,
      });
      if (type !== 'success') throw new Error((exceptionDetails as { text: string }).text);
      const { value } = result as { value?: string };
      return value === undefined ? undefined : JSON.parse(value);
    },
  };
}

interface Connection {
  send(method: string, params: object): Promise<{ result: Record<string, unknown> }>;
}

/** Not among Puppeteer's published types. */
function connectionOf(browser: Browser): Connection {
  return (browser as unknown as { connection: Connection }).connection;
}
