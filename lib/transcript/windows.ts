import * as v from 'valibot';

/** What one window tells the others: a message changed, a draft did (no message), or all is gone. */
export interface News {
  readonly conversation: string | null;
  readonly message: string | null;
}

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
const newsSchema = v.object({
  conversation: v.nullable(v.string()),
  message: v.nullable(v.string()),
});
