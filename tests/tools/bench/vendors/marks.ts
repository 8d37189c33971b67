/*
 * What goes out of this document to whoever is not its own server, and when: the same for our panel
 * and for a bare page. Import it before any SDK.
 */
let marks = new Map<string, number>();
/** What is to go out next. */
let awaited = '';

/** Only the first of its name counts, ms since the document began. */
export function mark(name: string): void {
  if (!marks.has(name)) marks.set(name, performance.now());
}

/** From now on it is `told` when something with these words goes out. */
export function awaitWords(words: string): void {
  awaited = words;
  marks.delete('told');
}

export function takeMarks(): Record<string, number> {
  const taken = Object.fromEntries(marks);
  marks = new Map();
  return taken;
}

const look = (sent: unknown) => {
  if (awaited !== '' && typeof sent === 'string' && sent.includes(awaited)) mark('told');
};

const { fetch: fetched } = globalThis;
globalThis.fetch = (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input, location.href);
  if (url.origin !== location.origin) {
    mark('call');
    look(init?.body);
  }
  return fetched(input, init);
};

const { WebSocket: Socket } = globalThis;
globalThis.WebSocket = class extends Socket {
  constructor(url: string | URL, protocols?: string | string[]) {
    super(url, protocols);
    mark('call');
    this.addEventListener('open', () => mark('socket'));
  }
  override send(data: string | Blob | BufferSource): void {
    look(data);
    super.send(data);
  }
};
