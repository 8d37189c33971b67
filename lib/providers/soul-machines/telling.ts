import { NLPIntent, type Persona } from '@soulmachines/smwebsdk';
import type { PageContext } from '@/lib/page/page';
import type { Connection, Turn } from '@/lib/session/provider';
import type { Talk } from '@/lib/providers/soul-machines/talk';
import { historyOf, variablesFor, type Variables } from '@/lib/providers/soul-machines/variables';

export interface TellingOptions {
  /** Empty where the session remembers it. */
  readonly history: readonly Turn[];
  readonly pageMetadata: boolean;
  readonly talk: Talk;
  /** Asks the service for something, and not longer than it may take. */
  readonly request: <T>(what: (persona: Persona) => Promise<T>) => Promise<T>;
}

/** What the service is told: questions, words to say, and what the page is. */
export function createTelling({
  history,
  pageMetadata,
  talk,
  request,
}: TellingOptions): Required<Pick<Connection, 'ask' | 'look' | 'speak'>> {
  /** Told once, with the first question. */
  let before: Variables = historyOf(history);
  let told = '';
  let url: string | null = null;

  /** Resolves as soon as it was accepted. Some services answer at once and acknowledge never. */
  async function say(text: string, how: (persona: Persona) => Promise<unknown>): Promise<void> {
    const sign = talk.asked(text);
    try {
      await Promise.race([sign, request(how)]);
    } catch (thrown) {
      talk.refused();
      throw thrown;
    }
  }

  const ask = (text: string, variables: Variables) =>
    say(text, (persona) => persona.conversationSend(text, variables, {}));

  /** Silent, and only what has changed. */
  async function tell(context: PageContext): Promise<void> {
    const variables = variablesFor(context);
    const all = JSON.stringify(variables);
    if (all === told) return;
    await request((persona) => persona.conversationSetVariables(variables));
    told = all;
  }

  return {
    async ask(question, context) {
      const variables = variablesFor(context);
      await ask(question, { ...variables, ...before });
      told = JSON.stringify(variables);
      before = {};
    },
    async look(context) {
      await tell(context);
      const moved = url !== null && url !== context.url;
      url = context.url;
      if (pageMetadata && moved) await ask(NLPIntent.PAGE_METADATA, { pageUrl: context.url });
    },
    speak: (text) => say(text, (persona) => persona.startSpeaking(text, null, null)),
  };
}
