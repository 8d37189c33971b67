import { live } from './live';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createInworld } from '@/lib/providers/inworld/inworld';
import type { Speech, Turn } from '@/lib/session/provider';
import { createSession } from '@/lib/session/session';
import { realTiming } from '@/lib/session/timing';
import type { InworldKnobs } from '@/tests/emulators/inworld/knobs';
import { until } from '@/tests/vendors/until';
import { startVendor } from '@/tests/vendors/vendor';
import { grantFor } from './grant';
import { deserted, toldUntil, type Gateway } from './talking';

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startVendor<InworldKnobs>('inworld');
});
beforeEach(() => gateway.turn({ haste: 3 }));
afterEach(async () => {
  expect(live()).toEqual([]);
  await deserted(gateway);
  expect(await gateway.unknown()).toEqual([]);
  await gateway.reset();
});
afterAll(() => gateway.stop());

/** As the panel holds it: whatever was said is handed over to the next line. */
function hold() {
  const history: Turn[] = [];
  const heard: Speech[] = [];
  const session = createSession({
    provide: async () => ({ provider: createInworld(), grant: await grantFor(gateway.address) }),
    stage: () => document.createElement('div'),
    history: () => history,
    heard: (speech) => {
      heard.push(speech);
      if (speech.type !== 'said' || !speech.final || speech.cut === true) return;
      history.push({ who: speech.who, text: speech.text });
    },
    timing: { ...realTiming, chance: () => 0 },
  });
  return {
    session,
    heard,
    async answer(question: string): Promise<string> {
      const since = heard.length;
      const answered = () =>
        heard
          .slice(since)
          .find((speech) => speech.type === 'said' && speech.final && speech.cut !== true);
      await session.ask(question, null);
      await until('an answer', () => answered() !== undefined);
      history.splice(-1, 0, { who: 'reader', text: question });
      const said = answered();
      return said?.type === 'said' ? said.text : '';
    },
  };
}

const opened = async () =>
  (await gateway.told()).filter(({ what }) => what === 'socket mutation loadScene').length;

describe('a conversation with an Inworld character', () => {
  it.each<[string, Partial<InworldKnobs>]>([
    ['the socket goes at a question', { drop: { when: 'question', code: 1006, times: 1 } }],
    [
      'the session ran out',
      {
        error: {
          at: 'question',
          type: 'SESSION_EXPIRED',
          reconnect: 'NO_RETRY',
          code: 13,
          times: 1,
        },
      },
    ],
    [
      'the service has forgotten it',
      { drop: { when: 'now', code: 1000, times: 1 }, forgetAfterMs: 0 },
    ],
  ])('goes on, with all that was said, when %s', async (_, knobs) => {
    const { session, answer } = hold();
    await answer('Is my boat called Gannet?');
    await gateway.turn(knobs);
    if (knobs.forgetAfterMs === 0) await deserted(gateway);
    expect(await answer('What do you remember?')).toContain('Is my boat called Gannet?');
    expect(session.state.value.status).toBe('live');
    expect(await opened()).toBe(2);
    await session.end('user');
  });

  it('takes the vendor’s own memory along when the grant is renewed', async () => {
    const { session, heard, answer } = hold();
    await answer('Is my boat called Gannet?');
    await until('the end of its words', () =>
      heard.some((speech) => speech.type === 'speaking' && speech.who === null),
    );
    await toldUntil(gateway, (told) => told.some(({ what }) => what.startsWith('GET')));
    await session.renew();
    const [, configuration] = (await gateway.told()).filter(
      ({ what }) => what === 'socket control SESSION_CONFIGURATION',
    );
    expect(configuration?.body).toMatchObject({
      sessionConfiguration: {
        continuation: { continuationType: 'CONTINUATION_TYPE_EXTERNALLY_SAVED_STATE' },
      },
    });
    expect(await answer('What do you remember?')).toContain('Is my boat called Gannet?');
    await session.end('user');
  });
});
