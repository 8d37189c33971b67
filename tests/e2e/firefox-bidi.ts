import type { Browser } from 'puppeteer-core';

/** Firefox's own wire (WebDriver BiDi), which Puppeteer shows only in part. */
export interface Bidi {
  /** Sends a command, returns its result. */
  send(method: string, params: object): Promise<Record<string, unknown>>;
  /** Evaluates in a document, or in the browser's own window; returns what JSON can hold. */
  run(context: string, expression: string): Promise<unknown>;
  /** The context of the browser's own window, whose scripts may do anything. */
  readonly chrome: string;
}

export async function openBidi(browser: Browser): Promise<Bidi> {
  const connection = connectionOf(browser);
  const send: Bidi['send'] = async (method, params) =>
    (await connection.send(method, params)).result;
  const { contexts } = await send('browsingContext.getTree', { 'moz:scope': 'chrome' });
  const chrome = (contexts as { url: string; context: string }[]).find(({ url }) =>
    url.includes('browser.xhtml'),
  );
  if (chrome === undefined) throw new Error('Firefox shows no window.');
  return {
    send,
    chrome: chrome.context,
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
