import { beforeEach, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Avatar } from '@/lib/avatar/avatar';
import type { Keeping } from '@/lib/avatar/keeping';
import { provideFrom } from '@/lib/avatar/provide';
import { companyOf, nova } from '@/tests/contract/company';
import { scripted } from '@/tests/contract/scripted';
import { eventually } from '@/tests/unit/eventually';

const far: Avatar = { ...nova, origins: ['https://maker.example'] };
const signal = new AbortController().signal;

function provideFor(first: Avatar, contains: () => Promise<boolean>) {
  Object.assign(fakeBrowser.permissions, { contains });
  const did: string[] = [];
  const keeping = {
    open: async () => {
      did.push('asked for a session');
      throw new Error('Nobody opens it here.');
    },
  } as Partial<Keeping> as Keeping;
  const provide = provideFrom({
    choice: companyOf({ first }),
    keeping,
    load: async (provider) => {
      did.push(`loaded ${provider}`);
      return scripted({}).provider;
    },
  });
  return { provide, did };
}

beforeEach(() => fakeBrowser.reset());

it('loads a maker’s code while the browser says whether it may be reached', async () => {
  let answer: (may: boolean) => void = () => undefined;
  const asked = new Promise<boolean>((resolve) => (answer = resolve));
  const { provide, did } = provideFor(far, () => asked);
  const provided = provide(signal).catch((error: unknown) => error);
  await eventually(() => expect(did).toEqual(['loaded soul-machines']));
  answer(true);
  await provided;
  expect(did).toContain('asked for a session');
});

it('asks for no session where the maker may not be reached', async () => {
  const { provide, did } = provideFor(far, async () => false);
  await expect(provide(signal)).rejects.toMatchObject({ code: 'vendor_permission' });
  expect(did).not.toContain('asked for a session');
});
