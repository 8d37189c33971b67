import type { View } from '../../e2e/view';

/** What a store holds, as it lies in the database. */
export interface Filling {
  readonly conversations: readonly {
    readonly id: string;
    readonly title: string;
    readonly startedAt: number;
    readonly lastAt: number;
    readonly pinned?: boolean;
  }[];
  readonly messages: readonly {
    readonly id: string;
    readonly conversation: string;
    readonly at: number;
    readonly who: 'reader' | 'avatar';
    readonly text: string;
    readonly status: 'final';
    readonly page: null;
    readonly quotes: readonly [];
  }[];
}

/** Puts talks into the database of a document of ours, once one of ours has made it. */
export async function fill(view: View, filling: Filling): Promise<void> {
  await view.evaluate(async ({ conversations, messages }) => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('transcript');
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(new Error('No database')));
    });
    const transaction = database.transaction(['conversations', 'messages'], 'readwrite');
    for (const one of conversations) transaction.objectStore('conversations').put(one);
    for (const one of messages) transaction.objectStore('messages').put(one);
    await new Promise<void>((done, failed) => {
      transaction.addEventListener('complete', () => done());
      transaction.addEventListener('error', () => failed(new Error('Not written')));
    });
    database.close();
  }, filling);
}

/** Some weeks of somebody's reading. */
export function talksToSee(): Filling {
  const day = 86_400_000;
  const talks: readonly (readonly [title: string, days: number, answer: string, pinned?: true])[] =
    [
      [
        'How the stone bridge was built',
        0.2,
        'The bridge has five arches, and the middle one opens.',
      ],
      ['Why did silent reading win?', 1.1, 'Irish monks began to leave spaces between the words.'],
      [
        'What the contract says about notice',
        9,
        'Three months, counted from the end of a quarter.',
        true,
      ],
      [
        'Ferry timetable to the outer islands in winter, and whether bicycles may come along',
        12,
        'Twice a day; bicycles stay at the bridge.',
      ],
      ['江边的桥', 40, '石桥有五个桥洞。'],
      ['ما عدو الكتب؟', 41, 'الماء والنار.'],
    ];
  const now = Date.now();
  return {
    conversations: talks.map(([title, days, , pinned], nth) => ({
      id: `t${nth}`,
      title,
      startedAt: now - days * day,
      lastAt: now - days * day,
      ...(pinned && { pinned }),
    })),
    messages: talks.flatMap(([title, days, answer], nth) =>
      ([title, answer] as const).map((text, one) => ({
        id: `t${nth}-${one}`,
        conversation: `t${nth}`,
        at: now - days * day - 2 + one,
        who: one === 0 ? ('reader' as const) : ('avatar' as const),
        text,
        status: 'final' as const,
        page: null,
        quotes: [] as const,
      })),
    ),
  };
}

/** Ten thousand messages in 200 conversations, half of them in the one spoken in last. */
export function tenThousand(): Filling {
  const words = 'reef coral keeper counted gull lamp tide wall breathes antiquity'.split(' ');
  const text = (seed: number) =>
    Array.from({ length: 45 }, (_, nth) => words[(seed * 7 + nth * 3) % words.length]).join(' ');
  const start = Date.now() - 50_000_000;
  const conversations = Array.from({ length: 200 }, (_, nth) => ({
    id: `c${nth}`,
    title: `Conversation ${nth}`,
    startedAt: start + nth,
    lastAt: start + nth,
  }));
  const messages = Array.from({ length: 10_000 }, (_, nth) => ({
    id: `m${nth}`,
    conversation: nth < 5_000 ? 'c199' : `c${nth % 200}`,
    at: start + nth,
    who: nth % 2 === 0 ? ('reader' as const) : ('avatar' as const),
    text: nth === 4_321 ? `${text(nth)} lighthouse` : text(nth),
    status: 'final' as const,
    page: null,
    quotes: [] as const,
  }));
  return { conversations, messages };
}
