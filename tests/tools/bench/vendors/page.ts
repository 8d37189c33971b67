import { forget, openPeers, silence, sound } from './listening';
import { inworld } from './inworld';
import { happens } from './ours';
import { perso } from './perso';
import { soulMachines } from './soul-machines';
import type { Subject, Talker } from './talker';

/* In the page: what `bench-vendors.ts` and `bench-soak.ts` call by name. */
const subjects = { inworld, perso, 'soul-machines': soulMachines } satisfies Record<
  string,
  Subject
>;

export interface Times {
  /** Until the avatar can be seen; of one without a face, until it can be asked. */
  readonly connect: number;
  /** From each question to the first sound of its answer. */
  readonly sounds: readonly number[];
}

async function measure(
  vendor: keyof typeof subjects,
  way: keyof Subject,
  address: string,
  questions: number,
): Promise<Times> {
  const open = await subjects[vendor][way](address);
  const stage = makeStage();
  const began = performance.now();
  const talker = await open(stage);
  await picture(stage);
  const connect = performance.now() - began;
  const sounds: number[] = [];
  for (let nth = 1; nth <= questions; nth += 1) {
    await silence();
    const asked = performance.now();
    await talker.ask(`What is number ${nth}?`);
    await sound();
    sounds.push(performance.now() - asked);
    await talker.hush();
  }
  await silence();
  await talker.close();
  stage.remove();
  forget();
  return { connect, sounds };
}

/** From the SDK's own call for silence, in the middle of an answer, to the last sound, ms. */
async function cut(vendor: keyof typeof subjects, address: string): Promise<number> {
  const open = await subjects[vendor].bare(address);
  const stage = makeStage();
  const talker = await open(stage);
  await picture(stage);
  await silence();
  await talker.ask('Tell me a long story about corals.');
  await sound();
  await new Promise((resolve) => {
    setTimeout(resolve, 1000);
  });
  await sound();
  const asked = performance.now();
  void (talker.cut ?? talker.hush)();
  const last = await silence(4);
  await talker.close();
  stage.remove();
  forget();
  return Math.max(0, last - asked);
}

/** The first picture; at once where there will be none. */
async function picture(stage: HTMLElement): Promise<void> {
  const video = stage.querySelector('video');
  if (!video) return;
  await new Promise<void>((resolve) => {
    video.requestVideoFrameCallback(() => resolve());
  });
}

function makeStage(): HTMLElement {
  const stage = document.createElement('div');
  stage.style.cssText = 'width: 360px; height: 300px';
  document.body.append(stage);
  return stage;
}

let soaking: Talker | null = null;
let asked = 0;

const soak = {
  async open(vendor: keyof typeof subjects, address: string): Promise<void> {
    soaking = await (await subjects[vendor].ours(address))(makeStage());
  },
  async turns(count: number): Promise<void> {
    for (let nth = 0; nth < count; nth += 1) {
      asked += 1;
      const words = happens(
        (event) => event.type === 'said' && event.who === 'avatar' && event.final,
      );
      const quiet = happens((event) => event.type === 'speaking' && event.who === null);
      const voice = happens((event) => event.type === 'speaking' && event.who === 'avatar');
      await soaking?.ask(`What is number ${asked}?`);
      await words;
      await voice;
      // One in ten is heard to its end; the others are interrupted.
      if (asked % 10 !== 0) await soaking?.hush();
      await quiet;
    }
  },
  async close(): Promise<void> {
    await soaking?.close();
  },
};

const bench = { measure, cut, soak, openPeers };
type Bench = typeof bench;

declare global {
  var bench: Bench;
}

globalThis.bench = bench;
