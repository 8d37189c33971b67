import { live } from './live';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PageContext } from '@/lib/page/page';
import { givenNames } from '@/tests/emulators/inworld/account';
import type { InworldKnobs } from '@/tests/emulators/inworld/knobs';
import { until } from '@/tests/vendors/until';
import { startVendor } from '@/tests/vendors/vendor';
import { deserted, talkTo, toldUntil, type Gateway, type Talking, type Wish } from './talking';

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startVendor<InworldKnobs>('inworld');
});
beforeEach(() => gateway.turn({ haste: 3 }));
afterEach(async () => {
  try {
    expect(live()).toEqual([]);
    await deserted(gateway);
    expect(await gateway.unknown()).toEqual([]);
  } finally {
    await gateway.reset();
  }
});
afterAll(() => gateway.stop());

const page: PageContext = {
  url: 'https://example.org/reef',
  title: 'The reef keepers of Nusa',
  language: 'en',
  selection: { text: 'counted every coral', before: 'She ', after: ' by hand.' },
  text: null,
};

const using = (name: string, wish: Wish, test: (talking: Talking) => Promise<void>) => {
  it(name, async () => {
    const talking = await talkTo(gateway, wish);
    try {
      await test(talking);
    } finally {
      await talking.end();
    }
  });
};

const named = async (what: string) =>
  (await gateway.told()).filter((told) => told.what === what).map(({ body }) => body);

describe('a character of Inworld', () => {
  using('knows the page and the selection it is asked about', {}, async (talking) => {
    const answer = await talking.answer('Who is this about?', page);
    expect(answer).toContain('The reef keepers of Nusa');
    expect(answer).toContain('counted every coral');
    expect(await named('socket trigger page_context')).toEqual([
      { url: page.url, title: page.title, language: 'en' },
    ]);
  });

  using('is told nothing twice, and of a selection that is gone', {}, async (talking) => {
    await talking.answer('Who?', page);
    await talking.answer('Where?', page);
    expect(await named('socket trigger page_context')).toHaveLength(1);
    expect(await named('socket trigger page_selection')).toHaveLength(1);
    expect(await talking.answer('When?', { ...page, selection: null })).not.toContain('coral');
    expect(await named('socket trigger page_selection')).toHaveLength(2);
  });

  using('is told of the page as a narrated action, short and to the point', {}, async (talking) => {
    const text = `${'The sea was calm that day. '.repeat(40)}The parrotfish was blue. It ate algae.`;
    const sections = [{ heading: null, level: 0, text }];
    const answer = await talking.answer('What colour is the parrotfish?', {
      ...page,
      text: { sections, length: text.length, omitted: 0 },
    });
    expect(answer).toContain('The parrotfish was blue');
    const [narrated] = await named('socket narratedAction');
    expect(String(narrated).length).toBeLessThanOrEqual(300);
  });

  using('is not interrupted by what only accompanies a question', {}, async (talking) => {
    await gateway.turn({ reacts: true });
    const answer = await talking.answer('Who is this about?', page);
    expect(answer).toContain('You ask about');
    expect(talking.all('said').map(({ text }) => text)).not.toContainEqual(
      expect.stringContaining('another page'),
    );
  });

  using('looks at pages at most once a second, and not while it speaks', {}, async (talking) => {
    for (const title of ['One', 'Two', 'Three', 'Four']) {
      await talking.connection.look?.({ ...page, title, selection: null });
    }
    await toldUntil(gateway, (told) =>
      told.some(({ what }) => what === 'socket trigger page_context'),
    );
    expect(await named('socket trigger page_context')).toEqual([
      expect.objectContaining({ title: 'One' }),
    ]);
    await talking.connection.ask('Tell me a long story', null);
    await talking.first('speaking');
    await talking.connection.look?.({ ...page, title: 'Five', selection: null });
    await new Promise((resolve) => {
      setTimeout(resolve, 1200);
    });
    expect(await named('socket trigger page_context')).toHaveLength(1);
    await talking.connection.interrupt?.();
    await talking.connection.look?.({ ...page, title: 'Six', selection: null });
    await toldUntil(
      gateway,
      (told) => told.filter(({ what }) => what === 'socket trigger page_context').length === 2,
    );
    expect((await named('socket trigger page_context')).at(-1)).toMatchObject({ title: 'Six' });
  });

  using('feels as its words are heard, and is calm again', {}, async (talking) => {
    await gateway.turn({ emotion: { behavior: 'SADNESS', strength: 'WEAK' } });
    await talking.answer('What is fog?');
    await talking.first('emotion', ({ emotion }) => emotion === 'neutral');
    expect(talking.all('emotion').map(({ emotion }) => emotion)).toEqual(['concern', 'neutral']);
    const order = talking.events.map(({ type }) => type);
    expect(order.indexOf('emotion')).toBeGreaterThan(order.indexOf('speaking'));
  });

  using('does what it does not say', {}, async (talking) => {
    await gateway.turn({ narrates: 'She looks out to sea.' });
    await talking.answer('What is fog?');
    const narrated = talking.all('said').filter((event) => event.narrated === true);
    expect(narrated).toEqual([
      expect.objectContaining({ text: 'She looks out to sea.', final: true, who: 'avatar' }),
    ]);
  });

  using('shows each word as it is heard', {}, async (talking) => {
    const text = await talking.answer('What is a lighthouse?');
    await talking.first('speaking', ({ who }) => who === null);
    const words = talking.all('spoken').map(({ from, to }) => text.slice(from, to));
    expect(words).toEqual(text.match(/[\p{L}\p{N}]+/gu));
  });

  using(
    'knows who it talks to, when they want it to',
    {
      grant: { reader: { name: 'Ada', fields: [{ id: 'age', value: '36' }] } },
    },
    async (talking) => {
      expect(await talking.answer('What is fog?')).toContain('Ada');
      const [first] = await named('socket control SESSION_CONFIGURATION');
      expect(first).toMatchObject({
        sessionConfiguration: {
          userConfiguration: {
            name: 'Ada',
            userSettings: { playerProfile: { fields: [{ fieldId: 'age', fieldValue: '36' }] } },
          },
        },
      });
      expect(Object.keys(localStorage)).not.toContain('inworldUserId');
    },
  );

  using('asks for just what it can show, and reports nothing of the reader', {}, async () => {
    const [first] = await named('socket control SESSION_CONFIGURATION');
    const { sessionConfiguration } = first as { sessionConfiguration: Record<string, unknown> };
    expect(sessionConfiguration['capabilitiesConfiguration']).toMatchObject({
      audio: true,
      emotions: true,
      interruptions: true,
      narratedActions: true,
      phonemeInfo: true,
      perceivedLatencyReport: false,
      logs: false,
    });
    expect(sessionConfiguration).not.toHaveProperty('userConfiguration');
  });

  using('has a picture, which goes with it', {}, async (talking) => {
    expect(talking.stage.querySelector('.stage-poster')).toBe(null);
    await gateway.turn({ pictures: true });
    const other = await talkTo(gateway);
    const image = other.stage.querySelector<HTMLImageElement>('img.stage-poster');
    expect(image?.alt).toBe(givenNames.keeper);
    await until('its picture', () => image?.complete === true && image.naturalWidth > 0);
    await other.end();
    expect(document.querySelector('.stage-poster')).toBe(null);
  });

  using(
    'needs no scene where the service names a character',
    { scene: 'workspaces/lighthouse/characters/keeper' },
    async (talking) => {
      expect(await talking.answer('Who are you?')).toContain('My name is Wenna');
    },
  );

  using(
    'lets another of the scene speak',
    { scene: 'workspaces/lighthouse/scenes/harbour' },
    async (talking) => {
      const [cast] = talking.all('cast');
      expect(cast?.members.map(({ name }) => name)).toEqual(['Wenna', 'Jory', 'Skaw']);
      expect(await talking.answer('Who are you?', page)).toContain('My name is Wenna');
      await talking.connection.cast?.(cast?.members[1]?.id ?? '');
      expect(talking.all('cast').at(-1)?.current).toBe('workspaces/lighthouse/characters/pilot');
      const answer = await talking.answer('Who are you?', page);
      expect(answer).toContain('My name is Jory');
      expect(answer).toContain('The reef keepers');
    },
  );

  using('alone needs no cast', {}, async (talking) => {
    expect(talking.connection.cast).toBe(undefined);
    expect(talking.connection.speak).toBe(undefined);
    expect(talking.all('cast')).toEqual([]);
    const [told] = talking.all('details');
    expect(told?.details['web-core']).toBe('2.10.0');
  });

  using(
    'remembers what was said before it',
    {
      history: [
        { who: 'reader', text: 'My boat is called Gannet.' },
        { who: 'avatar', text: 'A good name.' },
      ],
    },
    async (talking) => {
      expect(await talking.answer('What do you remember?')).toContain('My boat is called Gannet.');
    },
  );

  it('remembers by its own state what a lost session knew', async () => {
    const one = await talkTo(gateway);
    await one.answer('Is my boat called Gannet?');
    const { token } = await one.first('resumable');
    await one.connection.ask('What is fog?', null);
    expect(one.all('resumable').at(-1)?.token).toBe(null);
    await one.end();
    const two = await talkTo(gateway, {
      resume: token,
      history: [{ who: 'reader', text: 'Something else.' }],
    });
    expect(await two.answer('What do you remember?')).toContain('Is my boat called Gannet?');
    await two.end();
  });

  using('answers pings and reports nothing else', {}, async (talking) => {
    await gateway.turn({ pingEveryMs: 20 });
    const other = await talkTo(gateway);
    await toldUntil(gateway, (told) => told.some(({ what }) => what === 'socket pong'));
    await talking.answer('What is fog?');
    await other.end();
  });
});
