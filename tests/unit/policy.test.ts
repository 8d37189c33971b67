import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { brokerUnder } from '@/lib/broker/current';
import { discovery } from '@/tests/unit/broker/client/loopback';
import {
  capped,
  forbiddenPatterns,
  isAllowed,
  limitOf,
  lockedBy,
  readPolicy,
  ruled,
  type Policy,
} from '@/lib/policy';

const decree = async (policy: Record<string, unknown>) => fakeBrowser.storage.managed.set(policy);

beforeEach(() => fakeBrowser.reset());

describe('a policy', () => {
  it('where nobody decided anything, decides nothing', async () => {
    expect(await readPolicy()).toEqual({});
  });

  it('is read as it was written', async () => {
    const policy = {
      organisation: 'Example',
      highestRung: 'address',
      forbiddenSites: ['a.example'],
    };
    await decree(policy);
    expect(await readPolicy()).toMatchObject(policy);
  });

  it.each([
    ['brokerAddress', 17],
    ['brokerAuth', 'password'],
    ['allowedProviders', 'inworld'],
    ['brain', 'none'],
    ['forbiddenSites', [1]],
    ['lockedSettings', true],
  ])('with a slip of the pen in %s loses no other word', async (name, value) => {
    await decree({ [name]: value, organisation: 'Example', highestRung: 'address' });
    const policy = await readPolicy();
    expect(policy).toMatchObject({ organisation: 'Example', highestRung: 'address' });
    expect(policy[name as keyof Policy]).toBeUndefined();
  });

  it('with a rung nobody knows shares nothing, rather than all', async () => {
    await decree({ highestRung: 'everything' });
    expect(await readPolicy()).toMatchObject({ highestRung: 'nothing' });
  });
});

describe('the ladder under a policy', () => {
  it.each([
    ['https://nature.example/a', 'selection'],
    ['https://bank.example/a', 'nothing'],
    ['https://my.bank.example:8443/a', 'nothing'],
    ['https://BANK.example/', 'nothing'],
    ['https://notbank.example/', 'selection'],
    ['https://bank.example.org/', 'selection'],
  ])('at %s ends at %s', (url, highest) => {
    const policy: Policy = { highestRung: 'selection', forbiddenSites: ['bank.example'] };
    expect(limitOf(policy, url)?.highest).toBe(highest);
  });

  it('says nothing where nothing is decided', () => {
    expect(limitOf({ forbiddenSites: ['bank.example'] }, 'https://nature.example/')).toBeNull();
  });

  it.each([
    ['page', 'selection', 'selection'],
    ['address', 'selection', 'address'],
    ['nothing', 'page', 'nothing'],
    ['selection', 'nothing', 'nothing'],
  ] as const)('a site’s %s under %s is %s', (rung, highest, expected) => {
    const limit = { highest, locked: false, by: null };
    expect(ruled({ rung, keepQuery: true }, limit)).toEqual({ rung: expected, keepQuery: true });
  });

  it('keeps scripts away from a forbidden host and all below it', () => {
    expect(forbiddenPatterns({ forbiddenSites: ['bank.example'] })).toEqual([
      '*://*.bank.example/*',
    ]);
  });
});

describe('what is locked', () => {
  it.each<[Policy, 'broker' | 'brain' | 'sight', string | null]>([
    [{}, 'broker', null],
    [{ brokerAddress: 'https://a.example', organisation: 'Example' }, 'broker', 'Example'],
    [{ brokerAddress: 'https://a.example' }, 'broker', ''],
    [{ brain: 'companion' }, 'brain', ''],
    [{ brain: 'companion' }, 'sight', null],
    [{ lockedSettings: ['sight'], organisation: 'Example' }, 'sight', 'Example'],
  ])('%j locks %s: by %s', (policy, what, by) => {
    expect(lockedBy(policy, what)).toBe(by);
  });

  it('makers that are not on the list are not allowed; without a list all are', () => {
    expect(isAllowed({ allowedProviders: ['inworld'] }, 'perso')).toBe(false);
    expect(isAllowed({}, 'perso')).toBe(true);
  });
});

describe('the broker under a policy', () => {
  const own = {
    address: 'https://mine.example',
    discovery: null,
    plain: null,
    auth: { type: 'bearer' as const },
    avatar: null,
  };

  it('is the organisation’s, not the reader’s', () => {
    const policy = { brokerAddress: 'https://theirs.example/' };
    expect(brokerUnder(policy, own)).toMatchObject({
      address: 'https://theirs.example',
      discovery: null,
    });
  });

  it('signs in as the organisation says, among what the broker offers', () => {
    const kept = {
      ...own,
      discovery: { ...discovery, auth: [{ type: 'bearer' as const }, { type: 'basic' as const }] },
    };
    const policy: Policy = { brokerAddress: own.address, brokerAuth: 'basic' };
    expect(brokerUnder(policy, kept)?.auth).toEqual({ type: 'basic' });
  });

  it('an address nobody could use decides nothing', () => {
    expect(brokerUnder({ brokerAddress: 'http://theirs.example' }, own)).toBe(own);
  });
});

describe('the ladder under what an avatar’s operator allows', () => {
  const cap = (highest: 'nothing' | 'address' | 'selection' | 'page') => ({
    highest,
    avatar: 'Nova',
    operator: 'Example Library',
  });
  const decided = { highest: 'selection', locked: true, by: 'Example' } as const;

  it('the lower of the two holds, and says whose it is', () => {
    expect(capped(decided, cap('address'))).toEqual({
      highest: 'address',
      locked: true,
      by: 'Example Library',
      avatar: 'Nova',
    });
    expect(capped(decided, cap('page'))).toEqual(decided);
    expect(capped(decided, cap('selection'))).toEqual(decided);
  });

  it('without an organisation the operator’s word holds, and the reader may choose below it', () => {
    expect(capped(null, cap('selection'))).toMatchObject({ highest: 'selection', locked: false });
    expect(capped(null, cap('page'))).toBeNull();
  });

  it('Vis has no operator', () => {
    expect(capped(null, null)).toBeNull();
    expect(capped(decided, null)).toEqual(decided);
  });
});
