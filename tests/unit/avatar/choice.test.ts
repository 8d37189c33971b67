import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { avatarsOf, capOf } from '@/lib/avatar/avatar';
import { createChoice, type Choice } from '@/lib/avatar/choice';
import { ownKey } from '@/lib/broker/own-key';
import * as settings from '@/lib/settings';
import { brokerAt, discovery } from '@/tests/unit/broker/client/loopback';
import { eventually } from '@/tests/unit/eventually';

const address = 'https://avatars.example.com';
const broker = (more = {}) => brokerAt(address, { discovery, ...more });
let asked: string[][];
let answer: boolean;

beforeEach(() => {
  fakeBrowser.reset();
  asked = [];
  answer = true;
  Object.assign(fakeBrowser.permissions, {
    request: async ({ origins = [] }: { origins?: string[] }) => {
      asked.push(origins);
      return answer;
    },
  });
  Object.assign(fakeBrowser.runtime, { getURL: (path: string) => `chrome-extension://us${path}` });
});

async function choiceNow(): Promise<Choice> {
  const choice = createChoice(() => true);
  await choice.ready;
  return choice;
}

const named = (choice: Choice, name: string) => {
  const found = choice.all.value.find((avatar) => avatar.name === name);
  if (!found) throw new Error(`Nobody is called ${name}.`);
  return found;
};

describe('who there is', () => {
  it('Vis is always there, first, and needs nobody', () => {
    expect(avatarsOf(null, {}, () => true).map(({ name }) => name)).toEqual(['Vis']);
  });

  it('a service brings its own, as far as the organisation and this build allow', () => {
    const names = (policy: object, canShow: boolean) =>
      avatarsOf(broker(), policy, () => canShow).map(({ name }) => name);
    expect(names({}, true)).toEqual(['Vis', 'Nova', 'Ada']);
    expect(names({ allowedProviders: ['local'] }, true)).toEqual(['Vis']);
    expect(names({}, false)).toEqual(['Vis']);
  });

  it('each has who runs it, and how much of a page they let it know', () => {
    const strict = broker({ discovery: { ...discovery, context: 'address' } });
    const [vis, nova] = avatarsOf(strict, {}, () => true);
    expect(nova && capOf(nova)).toEqual({
      highest: 'address',
      avatar: 'Nova',
      operator: 'Example Ltd',
    });
    expect(vis && capOf(vis)).toBeNull();
  });

  it('a token server that says nothing has one avatar without a name', () => {
    const plain = brokerAt(address, {
      discovery: null,
      plain: { provider: 'perso', method: 'GET' },
    });
    const [, only] = avatarsOf(plain, {}, () => true);
    expect(only).toMatchObject({ provider: 'perso', operator: 'avatars.example.com' });
  });
});

describe('who is chosen', () => {
  it('Vis, until the reader says otherwise, though a service has picked somebody', async () => {
    await settings.broker.set(broker({ avatar: { provider: 'inworld', persona: 'nova' } }));
    expect((await choiceNow()).current.value.name).toBe('Vis');
  });

  it('is remembered, here and in the options alike', async () => {
    await settings.broker.set(broker());
    const choice = await choiceNow();
    await choice.choose(named(choice, 'Ada'));
    expect(choice.current.value.name).toBe('Ada');
    expect((await settings.broker.get())?.avatar?.persona).toBe('ada');
    expect((await choiceNow()).current.value.name).toBe('Ada');
  });

  it('follows the options', async () => {
    await settings.broker.set(broker({ avatar: { provider: 'inworld', persona: 'nova' } }));
    const choice = await choiceNow();
    await settings.avatar.set('brokered');
    await eventually(() => expect(choice.current.value.name).toBe('Nova'));
  });

  it('is Vis again where the service no longer has the other', async () => {
    await settings.broker.set(broker({ avatar: { provider: 'inworld', persona: 'nova' } }));
    await settings.avatar.set('brokered');
    const choice = await choiceNow();
    await settings.broker.set(null);
    await eventually(() => expect(choice.current.value.name).toBe('Vis'));
  });

  it('Vis stands in without being chosen for good', async () => {
    await settings.broker.set(broker({ avatar: { provider: 'inworld', persona: 'nova' } }));
    await settings.avatar.set('brokered');
    const choice = await choiceNow();
    choice.standIn();
    expect([choice.current.value.name, choice.wanted.value.name]).toEqual(['Vis', 'Nova']);
    choice.back();
    expect(choice.current.value.name).toBe('Nova');
    expect(await settings.avatar.get()).toBe('brokered');
  });

  it('asks the browser for exactly what that maker needs, in the click itself', async () => {
    const [offer] = discovery.providers;
    const origins = ['https://api.perso.example'];
    await settings.broker.set(
      broker({ discovery: { ...discovery, providers: [{ ...offer, origins }] } }),
    );
    const choice = await choiceNow();
    const ada = { ...named(choice, 'Ada'), origins };
    const choosing = choice.choose(ada);
    expect(asked).toEqual([['https://api.perso.example/*']]);
    await choosing;
    await choice.choose(named(choice, 'Vis'));
    expect(asked).toHaveLength(1);
  });
});

describe('a key of the reader’s own', () => {
  const key = btoa(JSON.stringify({ authServer: 'https://auth.example/jwt' }));
  const mine = 'Your Soul Machines avatar';

  it('leads to one more avatar, with or without a service, and needs its server', async () => {
    await ownKey.set(key);
    expect(avatarsOf(null, {}, () => true, key).map(({ name }) => name)).toEqual(['Vis', mine]);
    await settings.broker.set(broker());
    const choice = await choiceNow();
    expect(choice.all.value.map(({ name }) => name)).toEqual(['Vis', mine, 'Nova', 'Ada']);
    await choice.choose(named(choice, mine));
    expect(asked).toEqual([['https://auth.example/*']]);
    expect(choice.current.value).toMatchObject({ provider: 'soul-machines', brokered: null });
    expect(choice.introduction.value).toBeNull();
    expect((await choiceNow()).current.value.name).toBe(mine);
  });

  it('leads nowhere once it is gone, or where an organisation decides', async () => {
    const names = (policy: object) =>
      avatarsOf(null, policy, () => true, key).map(({ name }) => name);
    expect(names({ brokerAddress: 'https://work.example' })).toEqual(['Vis']);
    expect(names({ lockedSettings: ['broker'] })).toEqual(['Vis']);
    expect(names({ allowedProviders: ['inworld'] })).toEqual(['Vis']);
    await ownKey.set(key);
    await settings.avatar.set('own');
    const choice = await choiceNow();
    expect(choice.current.value.name).toBe(mine);
    await ownKey.remove();
    await eventually(() => expect(choice.current.value.name).toBe('Vis'));
  });
});

describe('who chooses and closes the page in the same breath', () => {
  it('is heard: all of it is on its way before the click is over', async () => {
    await settings.broker.set(broker());
    const choice = await choiceNow();
    const writes = vi.spyOn(fakeBrowser.storage.local, 'set');
    const ada = { provider: 'inworld', persona: 'ada' };
    const choosing = choice.choose(named(choice, 'Ada'));
    expect(writes.mock.calls).toEqual([
      [{ avatar: 'brokered', broker: { ...broker(), avatar: ada } }],
    ]);
    await choosing;
    expect((await settings.broker.get())?.avatar).toEqual(ada);
  });
});

describe('before the first word to a stranger', () => {
  it('the service’s own words are shown until they are agreed to, and again when they change', async () => {
    const told = { ...discovery, disclosure: 'What you say is kept for a week.' };
    await settings.broker.set(
      broker({ discovery: told, avatar: { provider: 'inworld', persona: 'nova' } }),
    );
    await settings.avatar.set('brokered');
    const choice = await choiceNow();
    expect(choice.introduction.value).toMatchObject({
      service: 'Example Ltd',
      disclosure: 'What you say is kept for a week.',
      privacy: 'https://example.com/privacy',
    });
    await choice.agree();
    expect(choice.introduction.value).toBeNull();
    expect((await choiceNow()).introduction.value).toBeNull();
    const other = { ...told, disclosure: 'What you say is kept for ever.' };
    await settings.broker.set(
      broker({ discovery: other, avatar: { provider: 'inworld', persona: 'nova' } }),
    );
    await eventually(() => expect(choice.introduction.value?.disclosure).toMatch(/for ever/u));
  });

  it('Vis introduces itself', async () => {
    await settings.broker.set(broker());
    expect((await choiceNow()).introduction.value).toBeNull();
  });
});
