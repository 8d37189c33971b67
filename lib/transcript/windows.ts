import * as v from 'valibot';
import type { Message } from '@/lib/transcript/message';
import { messageSchema } from '@/lib/transcript/record';

/** What one window tells the others. */
export type News =
  /** A message as it stands now, written or not: it may grow twenty times a second. */
  | { readonly what: 'said'; readonly conversation: string; readonly said: Message }
  /** Something in this conversation has been written. */
  | { readonly what: 'written'; readonly conversation: string }
  | { readonly what: 'removed'; readonly conversation: string; readonly message: string }
  /** The whole conversation is gone. */
  | { readonly what: 'dropped'; readonly conversation: string }
  /** Everything is, or has come to lie elsewhere. */
  | { readonly what: 'all'; readonly conversation: null };

export interface Windows {
  tell(news: News): void;
  /** Hears the other windows, never this one. Returns the way to stop. */
  listen(heard: (news: News) => void): () => void;
  close(): void;
}

export function openWindows(): Windows {
  const channel = new BroadcastChannel('transcript');
  return {
    tell: (news) => channel.postMessage(news),
    listen(heard) {
      const hear = ({ data }: MessageEvent<unknown>) => {
        const news = v.safeParse(newsSchema, data);
        if (news.success) heard(news.output);
      };
      channel.addEventListener('message', hear);
      return () => channel.removeEventListener('message', hear);
    },
    close: () => channel.close(),
  };
}

/** A window may run another version of ours after an update. */
const newsSchema = v.variant('what', [
  v.object({ what: v.literal('said'), conversation: v.string(), said: messageSchema }),
  v.object({ what: v.literal('written'), conversation: v.string() }),
  v.object({ what: v.literal('removed'), conversation: v.string(), message: v.string() }),
  v.object({ what: v.literal('dropped'), conversation: v.string() }),
  v.object({ what: v.literal('all'), conversation: v.null() }),
]);
