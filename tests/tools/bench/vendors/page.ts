import './stopwatch';
import { grantFrom } from '@/lib/avatar/grant';
import type { BrokeredSession } from '@/lib/broker/contract';
import type { VendorName } from '@/tests/emulators/start';
import { openPeers } from './listening';
import { happens } from './ours';
import type { Subject, Talker } from './talker';

/*
 * A page of nobody's: what `bench-vendors.ts` and `bench-soak.ts` call by name. With
 * `?vendor=…&way=…` it opens that maker's avatar as soon as it is there.
 */
const subjects: Record<VendorName, () => Promise<{ subject: Subject }>> = {
  inworld: () => import('./inworld'),
  perso: () => import('./perso'),
  'soul-machines': () => import('./soul-machines'),
};

let talker: Talker | null = null;
let asked = 0;

/** As a page of that maker would: its own server hands out what lets it in. Until it can be seen, ms. */
async function connect(vendor: VendorName, way: 'adapter' | 'bare'): Promise<number> {
  globalThis.stopwatch.mark('begun');
  const [{ subject }, session] = await Promise.all([
    subjects[vendor](),
    fetch(`/token?vendor=${vendor}`).then((answer) => answer.json() as Promise<BrokeredSession>),
  ]);
  const profile = { name: '', fields: [] };
  const reader = { volume: 1, muted: false, language: 'en', profile };
  const grant = grantFrom({ kind: 'session', session, expires: 0 }, reader, () =>
    Promise.reject(new Error('One is enough')),
  );
  const seen = vendor === 'inworld' ? null : globalThis.stopwatch.picture();
  talker = await subject[way](grant)(makeStage());
  return seen ?? performance.now();
}

/** A line to type in, the least a page needs that answers a reader's keys. */
function makeField(): HTMLInputElement {
  const field = document.createElement('input');
  field.addEventListener('keydown', ({ key }) => {
    if (key !== 'Enter') return;
    void talker?.ask(field.value);
    field.value = '';
  });
  document.body.prepend(field);
  return field;
}

/** From the SDK's own call for silence, in the middle of an answer, to the last sound, ms. */
async function cut(): Promise<number> {
  if (!talker) throw new Error('Nobody is there.');
  await globalThis.stopwatch.silence();
  await talker.ask('Tell me a long story about corals.');
  await globalThis.stopwatch.sound();
  await new Promise((resolve) => {
    setTimeout(resolve, 1000);
  });
  await globalThis.stopwatch.sound();
  const asked = performance.now();
  void (talker.cut ?? talker.hush)();
  return Math.max(0, (await globalThis.stopwatch.silence(4)) - asked);
}

function makeStage(): HTMLElement {
  const stage = document.createElement('div');
  const [width, height] = [wanted.get('width') ?? '360', wanted.get('height') ?? '300'];
  stage.style.cssText = `position: fixed; width: ${width}px; height: ${height}px`;
  document.body.prepend(stage);
  return stage;
}

const soak = {
  async open(vendor: VendorName, address: string): Promise<void> {
    const { subject } = await subjects[vendor]();
    talker = await subject.adapter(await subject.grant(address))(makeStage());
  },
  async turns(count: number): Promise<void> {
    for (let nth = 0; nth < count; nth += 1) {
      asked += 1;
      const words = happens((event) => event.type === 'said' && event.who === 'avatar');
      const quiet = happens((event) => event.type === 'speaking' && event.who === null);
      const voice = happens((event) => event.type === 'speaking' && event.who === 'avatar');
      await talker?.ask(`What is number ${asked}?`);
      await words;
      await voice;
      // One in ten is heard to its end; the others are interrupted.
      if (asked % 10 !== 0) await talker?.hush();
      await quiet;
    }
  },
};

const wanted = new URLSearchParams(location.search);
const field = makeField();
const vendor = wanted.get('vendor') as VendorName | null;
const way = wanted.get('way') === 'bare' ? 'bare' : 'adapter';

const bench = {
  connected: vendor ? connect(vendor, way) : null,
  focus: () => field.focus(),
  hush: async () => talker?.hush(),
  cut,
  soak,
  openPeers,
  async close(): Promise<void> {
    await talker?.close();
  },
};
type Bench = typeof bench;

declare global {
  var bench: Bench;
}

globalThis.bench = bench;
