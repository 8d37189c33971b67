import type { PageContext } from '@/lib/page/page';
import type { Turn } from '@/lib/session/provider';

/** Names are agreed between us and whoever writes the conversation; `pageUrl` is the vendor's own. */
export type Variables = Readonly<Record<string, string>>;

/** Longest page text and history that go into a variable, characters. */
const longestText = 6000;
const longestHistory = 3000;

/** What the conversation may know of the page. Empty ones take back what it was told before. */
export function variablesFor(context: PageContext | null): Variables {
  return {
    pageUrl: context?.url ?? '',
    pageTitle: context?.title ?? '',
    pageLanguage: context?.language ?? '',
    selection: context?.selection?.text ?? '',
    selectionBefore: context?.selection?.before ?? '',
    selectionAfter: context?.selection?.after ?? '',
    pageText: textOf(context).slice(0, longestText),
  };
}

function textOf(context: PageContext | null): string {
  return (context?.text?.sections ?? [])
    .map(({ heading, text }) => (heading === null ? text : `${heading}\n${text}`))
    .join('\n\n');
}

/** What was said before, the latest last, for a conversation that does not remember it. */
export function historyOf(turns: readonly Turn[]): Variables {
  const lines = turns.map(({ who, text }) => `${who}: ${text}`);
  const history = lines.join('\n').slice(-longestHistory);
  return history === '' ? {} : { conversationHistory: history };
}
