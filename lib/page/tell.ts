import type { Told } from '@/lib/messages';
import type { Panel } from '@/lib/page/answer';
import { languageOf, typeOf } from '@/lib/page/dom';
import { readSelection } from '@/lib/page/selection';

/** How long a selection must rest before it is told, in milliseconds. */
const rest = 150;

/** Tells a panel what is selected, now and whenever it changes. @returns how to stop. */
export function tellSelection(panel: Panel<never, Told>): () => void {
  let timer = 0;
  let told = 'null';
  const tell = () => {
    const selection = readSelection();
    const telling = JSON.stringify(selection);
    if (telling === told) return;
    told = telling;
    panel.post({ type: 'selection', selection });
  };
  const changed = ({ isTrusted }: Event) => {
    if (!isTrusted) return;
    clearTimeout(timer);
    timer = window.setTimeout(tell, rest);
  };
  if (window === top) {
    const pdf = typeOf(document) === 'application/pdf';
    panel.post({ type: 'hello', language: languageOf(), pdf });
  }
  tell();
  EventTarget.prototype.addEventListener.call(document, 'selectionchange', changed);
  return () => {
    clearTimeout(timer);
    EventTarget.prototype.removeEventListener.call(document, 'selectionchange', changed);
  };
}
