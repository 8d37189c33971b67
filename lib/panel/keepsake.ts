import { effect } from '@preact/signals';
import type { TalkModel } from '@/lib/panel/talk';
import { forgetGlimpse, keepGlimpse } from '@/lib/transcript/glimpse';
import { nameOf } from '@/lib/transcript/lines';
import type { Message } from '@/lib/transcript/message';
import type { Transcript } from '@/lib/transcript/store';
import { t } from '@/lib/words';

const calledNow = (message: Message) =>
  message.who === 'reader' ? t('panel.you') : nameOf(message);

/** A streamed answer grows about 20 times a second; the first frame of a later day can do with less. */
const pause = 500;

/** Keeps what the panel's next first frame shows. @returns the way to stop, keeping the last word. */
export function keepForFirstFrame(talk: TalkModel, transcript: Transcript): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStale = false;

  const keep = () => {
    clearTimeout(timer);
    timer = undefined;
    if (!isStale) return;
    isStale = false;
    const [messages, draft] = [talk.messages.peek(), talk.draft.peek()];
    const isEmpty = messages.length === 0 && draft === '';
    // Where the disk may not be written to, nothing may be left there.
    if (isEmpty || !transcript.isOnDisk()) forgetGlimpse();
    else keepGlimpse(messages, draft, calledNow);
  };

  const stop = effect(() => {
    void [talk.messages.value, talk.draft.value];
    isStale = true;
    timer ??= setTimeout(keep, pause);
  });

  return () => {
    stop();
    keep();
  };
}
