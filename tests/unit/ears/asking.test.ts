import { beforeEach, expect, it } from 'vitest';
import { createAdmission, type AdmissionOptions } from '@/lib/ears/admission';
import { createAsker } from '@/lib/ears/asking';
import { permissionOf, twoEnds } from '@/tests/unit/ears/leave';
import { handTurned } from '@/tests/unit/ears/time';

let clock: ReturnType<typeof handTurned>;
let closed = 0;
let plug: () => void;

beforeEach(() => {
  clock = handTurned();
  closed = 0;
  plug = () => undefined;
});

const refusal = (name: string) => async () => {
  throw new DOMException('', name);
};

/** The page and the panel, as they are in one browser. */
function both(
  state: PermissionState,
  request: AdmissionOptions['request'] = async () => undefined,
) {
  const { leave, permission } = permissionOf(state);
  const [panelEnd, pageEnd] = twoEnds();
  let opened = 0;
  const asker = createAsker({ permission, line: panelEnd, open: async () => void (opened += 1) });
  const open = () =>
    createAdmission({
      permission,
      line: pageEnd,
      request,
      plugged: (changed) => {
        plug = changed;
        return () => undefined;
      },
      leave: () => (closed += 1),
      clock,
    });
  return { leave, asker, open, opened: () => opened };
}

it('allowed, the page stays until the panel has its stream, and is gone soon after', async () => {
  const { leave, asker, open } = both('prompt');
  const asked = asker.ask(new AbortController().signal);
  const page = open();
  expect(page.state.value).toBe('ask');
  leave.value = 'granted';
  await asked;
  await clock.pass(3_000);
  expect([page.state.value, closed]).toEqual(['holding', 0]);
  asker.taken();
  expect(page.state.value).toBe('done');
  await clock.pass(2_000);
  expect(closed).toBe(1);
});

it('shows its page once for each time it is asked', () => {
  const { asker, opened } = both('prompt');
  expect(opened()).toBe(0);
  asker.ask(new AbortController().signal).catch(() => undefined);
  asker.show();
  expect(opened()).toBe(2);
});

it('where no panel waits it says what to do next, and still closes for one that comes', async () => {
  const { asker, open } = both('granted');
  const page = open();
  await clock.pass(10_000);
  expect(page.state.value).toBe('open');
  asker.taken();
  await clock.pass(2_000);
  expect(closed).toBe(1);
});

it('denied, the panel hears of it, and what is allowed later is noticed by itself', async () => {
  const { leave, asker, open } = both('prompt', refusal('NotAllowedError'));
  const asked = asker.ask(new AbortController().signal).catch((error: unknown) => error);
  const page = open();
  leave.value = 'denied';
  expect(await asked).toMatchObject({ code: 'microphone_denied' });
  expect(page.state.value).toBe('denied');
  await page.ask();
  expect(page.state.value).toBe('denied');
  leave.value = 'granted';
  expect(page.state.value).toBe('holding');
});

it('put back to asking in the browser’s settings it asks again', () => {
  const { leave, open } = both('denied');
  const page = open();
  expect(page.state.value).toBe('denied');
  leave.value = 'prompt';
  expect(page.state.value).toBe('ask');
});

it('closed without an answer, nothing is opened and nothing went wrong', async () => {
  const { asker, open } = both('prompt');
  const asked = asker.ask(new AbortController().signal).catch((error: unknown) => error);
  open().dispose();
  expect(await asked).toMatchObject({ code: 'aborted' });
});

it('called off by the panel it waits no longer', async () => {
  const { leave, asker } = both('prompt');
  const life = new AbortController();
  const asked = asker.ask(life.signal).catch((error: unknown) => error);
  life.abort();
  expect(await asked).toMatchObject({ code: 'aborted' });
  leave.value = 'granted';
});

it.each([
  { name: 'NotAllowedError', state: 'dismissed' },
  { name: 'NotFoundError', state: 'none' },
  { name: 'NotReadableError', state: 'busy' },
  { name: 'TypeError', state: 'failed' },
])('a $name of the browser is “$state”, and can be tried again', async ({ name, state }) => {
  let answer = refusal(name);
  const { open } = both('prompt', () => answer());
  const page = open();
  await page.ask();
  expect(page.state.value).toBe(state);
  answer = async () => undefined as never;
  await page.ask();
  expect(page.state.value).toBe('holding');
});

it('a microphone plugged in is noticed', async () => {
  const { open } = both('prompt', refusal('NotFoundError'));
  const page = open();
  await page.ask();
  plug();
  expect(page.state.value).toBe('ask');
});
