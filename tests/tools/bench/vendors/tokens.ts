import { headers, paths, sessionPath } from '@/lib/broker/contract';

/** What the server of a page of some maker's does, with our broker in the place of its account. */
export interface Tokens {
  /** A session of that maker, as the broker answers. */
  token(provider: string): Promise<unknown>;
  /** All of them are over. */
  end(): Promise<void>;
}

/** @param broker - its address */
export function tokensFrom(broker: string): Tokens {
  let sessions: string[] = [];
  return {
    async token(provider) {
      const answer = await fetch(broker + paths.sessions, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          [headers.idempotencyKey]: crypto.randomUUID(),
        },
        body: JSON.stringify({ provider }),
      });
      const session = (await answer.json()) as { session?: string };
      if (session.session === undefined) throw new Error(`No token: ${JSON.stringify(session)}`);
      sessions.push(session.session);
      return session;
    },
    async end() {
      const over = sessions;
      sessions = [];
      for (const session of over) {
        await fetch(broker + sessionPath('end', session), { method: 'POST' });
      }
    },
  };
}
