// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { beforeEach, describe, expect, it } from 'vitest';
import { keep } from '@/components/options/kept';
import { idleMinutes } from '@/lib/settings';
import { BrokerChapter } from '@/components/options/broker/BrokerChapter';
import type { Service } from '@/components/options/broker/service';
import type { Broker } from '@/lib/broker/broker';
import { stepOf, type TroubleCode } from '@/lib/broker/trouble';
import { sentenceFor } from '@/lib/broker/words';
import { brokerAt } from '@/tests/unit/broker/client/loopback';

let root: HTMLElement;
let did: unknown[];
beforeEach(() => {
  did = [];
  root?.remove();
  root = document.body.appendChild(document.createElement('div'));
});

const note =
  (name: string) =>
  (...what: unknown[]) =>
    void did.push([name, ...what]);

function service(broker: Broker | null, more: Partial<Service> = {}): Service {
  return {
    broker: signal(broker),
    allowed: signal(true),
    account: signal(null),
    doing: signal(null),
    trouble: signal(null),
    skipped: signal([]),
    examination: signal(null),
    lockedBy: signal(null),
    written: signal(''),
    origin: 'chrome-extension://us',
    redirect: signal(null),
    chosen: signal('brokered'),
    canShow: () => false,
    find: note('find'),
    findPlain: note('findPlain'),
    signIn: note('signIn'),
    chooseAuth: note('chooseAuth'),
    enter: async (secret) => {
      note('enter')(secret);
      return 'key' in secret && secret.key !== 'not saved';
    },
    signOut: note('signOut'),
    pick: note('pick'),
    test: note('test'),
    endSession: note('endSession'),
    copyReport: async () => note('copyReport')(),
    remove: note('remove'),
    ...more,
  };
}

const show = (shown: Service) =>
  void act(() => render(<BrokerChapter service={shown} idle={keep(idleMinutes)} />, root));
const button = (name: string) =>
  [...root.querySelectorAll('button')].find(({ textContent }) => textContent === name);
const click = (name: string) => void act(() => button(name)?.click());
const type = (id: string, value: string) =>
  void act(() => {
    const field = root.querySelector<HTMLInputElement>(`#${id}`);
    if (!field) throw new Error(`There is no field #${id}.`);
    field.value = value;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
const submit = (id: string) =>
  void act(() => {
    root
      .querySelector(`#${id}`)
      ?.closest('form')
      ?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  });

const address = 'https://avatars.example.com';
const found = (more: Partial<Broker> = {}) => brokerAt(address, { avatar: null, ...more });

it('without a service there is one thing to do', () => {
  show(service(null));
  type('broker-address', address);
  submit('broker-address');
  expect(did).toEqual([['find', address]]);
  expect(root.querySelector('article')).toBeNull();
});

describe('a service that was found', () => {
  it('says who runs it, what they do with what they hear, and what it costs, before anything is entrusted', () => {
    show(service(found()));
    const card = root.querySelector('article')?.textContent ?? '';
    expect(card).toContain('Example Ltd');
    expect(card).toContain('Free');
    expect(card).toContain('Inworld');
    const links = [...root.querySelectorAll('article a')].map((link) => link.getAttribute('href'));
    expect(links).toContain('https://example.com/privacy');
  });

  it('a link out tells it nothing of us', () => {
    show(service(found()));
    for (const link of root.querySelectorAll('a')) {
      expect(link.getAttribute('rel')).toBe('noreferrer');
    }
  });

  it('names what it offers that cannot be used', () => {
    show(service(found(), { skipped: signal(['hologram']) }));
    expect(root.querySelector('article')?.textContent).toContain('hologram');
  });

  it('takes a key once and does not keep it on the page', async () => {
    show(service(found()));
    type('broker-key', ' the-key ');
    submit('broker-key');
    expect(did).toEqual([['enter', { type: 'bearer', key: 'the-key' }]]);
    const field = root.querySelector<HTMLInputElement>('#broker-key');
    await expect.poll(() => field?.value).toBe('');
    expect(field?.type).toBe('password');
  });

  it('a key that could not be saved need not be typed again', async () => {
    show(service(found()));
    type('broker-key', 'not saved');
    await act(async () => submit('broker-key'));
    expect(root.querySelector<HTMLInputElement>('#broker-key')?.value).toBe('not saved');
  });

  it('asks for name and password where it wants both', () => {
    show(service(found({ auth: { type: 'basic' } })));
    type('broker-user', 'ada');
    type('broker-key', 'secret');
    submit('broker-key');
    expect(did).toEqual([['enter', { type: 'basic', user: 'ada', key: 'secret' }]]);
  });

  it('an avatar this version cannot show can be chosen, and that is said', () => {
    const choice = { provider: 'inworld', persona: 'ada' } as const;
    show(service(found({ avatar: choice })));
    expect(root.textContent).toContain('cannot show avatars by Inworld.');
    const [vis, nova] = root.querySelectorAll<HTMLInputElement>('[name=broker-avatar]');
    void act(() => nova?.click());
    void act(() => vis?.click());
    expect(did).toEqual([
      ['pick', { provider: 'inworld', persona: 'nova' }],
      ['pick', null],
    ]);
  });

  it('Vis is chosen until somebody else is, whoever was picked here last', () => {
    const choice = { provider: 'inworld', persona: 'ada' } as const;
    show(service(found({ avatar: choice }), { chosen: signal('local') }));
    const chosen = root.querySelector('[name=broker-avatar]:checked');
    expect(chosen?.closest('label')?.textContent).toMatch(/^Vis/u);
  });

  it('an avatar this version can show needs no such word', () => {
    const choice = { provider: 'inworld', persona: 'ada' } as const;
    show(service(found({ avatar: choice }), { canShow: () => true }));
    expect(root.textContent).not.toContain('cannot show');
  });
});

describe('where an organisation decided', () => {
  it('the reader sees who, and neither another address nor a way to remove it', () => {
    show(service(found(), { lockedBy: signal('Example Library') }));
    expect(root.textContent).toContain('Set by Example Library');
    expect(root.querySelector<HTMLInputElement>('#broker-address')?.readOnly).toBe(true);
    expect(button('Remove')).toBeUndefined();
  });
});

describe('the doctor', () => {
  const session = {
    session: 'session-0123456789abcdef',
    provider: 'inworld' as const,
    persona: 'nova',
    started_at: '2026-11-21T10:00:00Z',
    ends_at: '2026-11-21T10:30:00Z',
  };

  it('says where it broke and what to do, and offers the way out it knows', () => {
    const trouble = { code: 'concurrency_limit' as const, sessions: [session] };
    const checks = [
      { step: 'auth' as const, state: 'passed' as const },
      { step: 'quota' as const, state: 'failed' as const },
      { step: 'vendor' as const, state: 'unknown' as const },
    ];
    const examination = signal({ trouble, checks, report: 'result: concurrency_limit' });
    show(service(found(), { examination }));
    expect(root.querySelector('[role=alert]')?.textContent).toContain('End one of them');
    expect(root.querySelector('.step-failed')?.textContent).toContain('You have time left');
    click('End it');
    click('Copy report');
    expect(did).toEqual([['endSession', session.session], ['copyReport']]);
  });

  it('has a sentence for everything that can go wrong, without gaps', () => {
    const ours = { origin: 'chrome-extension://us', redirect: 'https://us.example/' };
    const codes = Object.keys(stepOf) as TroubleCode[];
    for (const code of codes) {
      const sentence = sentenceFor({ code, about: 'there', status: 500 }, ours);
      expect(sentence, code).toMatch(/^\S.{20,}/u);
      expect(sentence, code).not.toMatch(/\$\d|undefined| \.|\(\)/u);
    }
  });
});

describe('something that knows no discovery', () => {
  it('may be a plain token server: asked as the reader says', () => {
    const trouble = signal({ place: 'address' as const, trouble: { code: 'not_found' as const } });
    show(service(null, { trouble, written: signal(address) }));
    void act(() => root.querySelector<HTMLInputElement>('[name=plain-method]')?.click());
    type('plain-key', 'the-key');
    submit('plain-key');
    expect(did).toEqual([
      [
        'findPlain',
        address,
        { method: null, auth: { type: 'bearer' }, secret: { type: 'bearer', key: 'the-key' } },
      ],
    ]);
  });

  it.each<TroubleCode>(['unreachable', 'address_http', 'permission_missing', 'timeout'])(
    'is not what %s means',
    (code) => {
      const trouble = signal({ place: 'address' as const, trouble: { code } });
      show(service(null, { trouble, written: signal(address) }));
      expect(root.querySelector('#plain-key')).toBeNull();
    },
  );
});
