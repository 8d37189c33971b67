import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPerso } from '@/lib/providers/perso/perso';
import { createSession } from '@/lib/session/session';
import { countLeftovers, type Leftovers } from '@/tests/vendors/perso/leftovers';
import { grantFor, startPerso, type Perso } from '@/tests/vendors/perso/perso';
import { sit, type Seat, type Sitting } from '@/tests/vendors/perso/table';
import { until } from '@/tests/vendors/until';
import type { PersoKnobs } from '@/tests/emulators/perso/knobs';

/*
 * Lines that break without a word. A browser takes seconds to notice, so all of them break at once,
 * each at a service of its own.
 */
let leftovers: Leftovers;
beforeAll(() => {
  leftovers = countLeftovers();
});
afterAll(() => {
  expect(leftovers.running()).toEqual([]);
  leftovers.stop();
});

async function at(
  knobs: Partial<PersoKnobs>,
  limits: Seat['limits'],
  happens: (sitting: Sitting, perso: Perso) => Promise<void>,
): Promise<void> {
  const perso = await startPerso();
  await perso.turn({ speech: 0.3, ...knobs });
  const sitting = await sit(perso, { limits: limits ?? {} });
  try {
    await happens(sitting, perso);
  } finally {
    await sitting.connection.close();
    sitting.stage.remove();
    expect(await perso.unknown()).toEqual([]);
    await perso.stop();
  }
}

describe.concurrent('a line that breaks', () => {
  it('is lost when the peer is gone without a word', () =>
    at({ cuttable: true }, { back: 300 }, async (sitting, perso) => {
      const over = sitting.next('ended');
      await perso.turn({ peer: 'killed' });
      expect(await over).toMatchObject({ ending: { by: 'error', error: { code: 'vendor_lost' } } });
      expect(sitting.events.some(({ type }) => type === 'dropped')).toBe(true);
    }));

  it('is lost when the other side answers nothing any more, though the way is open', () =>
    at({ pings: false }, { silent: 500 }, async (sitting) => {
      const over = await sitting.next('ended');
      expect(over).toMatchObject({ ending: { error: { code: 'vendor_lost' } } });
    }));

  it('is given up before it was found, and the service is not left waiting', async () => {
    const perso = await startPerso();
    await perso.turn({ exchange: 'unreachable' });
    const controller = new AbortController();
    const opening = sit(perso, { controller });
    opening.catch(() => undefined);
    await until('the exchange', async () => (await perso.running()).includes('a peer'));
    controller.abort();
    await expect(opening).rejects.toMatchObject({ name: 'AppError', code: 'aborted' });
    await until('the service to see it', async () => (await perso.running()).length === 0);
    await perso.stop();
  });

  it('is told of, and that it was found again', () =>
    at({ cuttable: true }, {}, async (sitting, perso) => {
      const dropped = sitting.next('dropped');
      await perso.turn({ peer: 'cut' });
      await dropped;
      const restored = sitting.next('restored');
      await perso.turn({ peer: 'lives' });
      await restored;
      const answer = sitting.next('said', ({ final }) => final);
      await sitting.ask('Good morning.');
      expect(await answer).toMatchObject({ text: 'You asked: Good morning.' });
    }));

  it('takes no question with it, whether it is found again or another is opened', async () => {
    const perso = await startPerso();
    await perso.turn({ speech: 0.3, cuttable: true });
    const answers: string[] = [];
    let opened = 0;
    const session = createSession({
      provide: async () => {
        opened += 1;
        return { provider: createPerso({ back: 3000 }), grant: await grantFor(perso) };
      },
      stage: () => document.body.appendChild(document.createElement('div')),
      history: () => [],
      heard: (speech) => {
        if (speech.type === 'said' && speech.final) answers.push(speech.text);
      },
    });
    const isIt = (status: string) => () => session.state.value.status === status;
    const asksFor = async (question: string) =>
      (await perso.told()).filter(({ what, body }) => {
        return what.includes('/llm/') && JSON.stringify(body).includes(question);
      }).length;
    await session.start();
    await perso.turn({ peer: 'cut' });
    await until('the loss', isIt('reconnecting'));
    await session.ask('Held back?', null);
    await perso.turn({ peer: 'lives' });
    await until('the answer', () => answers.includes('You asked: Held back.'));
    expect([opened, await asksFor('Held back?')]).toEqual([1, 1]);

    await perso.turn({ llm: 'silent' });
    await session.ask('On its way?', null);
    await until('the question', async () => (await asksFor('On its way?')) === 1);
    await perso.turn({ peer: 'cut' });
    await until('the loss', isIt('reconnecting'));
    await perso.turn({ llm: 'answers' });
    await until('the answer', () => answers.includes('You asked: On its way.'));
    expect([opened, await asksFor('On its way?')]).toEqual([2, 2]);
    await session.end('user');
    await perso.stop();
  });
});
