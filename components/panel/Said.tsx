import { useState } from 'preact/hooks';
import { Icon } from '@/components/icons';
import type { PageStamp, Quote } from '@/lib/page/page';
import { later } from '@/components/later';
import { parts } from '@/lib/panel/footnotes';
import { lookLine, nameOf } from '@/lib/transcript/lines';
import type { Message } from '@/lib/transcript/message';
import { t } from '@/lib/words';
import './Said.css';

const Cards = later(async () => (await import('@/components/panel/seldom')).Cards);

export interface SaidProps {
  readonly message: Message;
  /** The page of the message before; the page is named only where it changes. */
  readonly pageBefore: PageStamp | null;
  /** An option of a card was chosen: it is asked. */
  readonly onAsk: (question: string) => void;
  readonly onQuote: (message: Message, quote: Quote) => void;
  readonly onCopy: (message: Message) => void;
  readonly onRemove: (message: Message) => void;
}

/** Not settled yet, it may still become other words. */
function manner({ narrated, who, status }: Message): string {
  if (narrated) return 'said-text said-narrated';
  return who === 'reader' && status === 'interim' ? 'said-text said-interim' : 'said-text';
}

/** One thing said, with its page, its footnotes and what can be done with it. */
export function Said({ message, pageBefore, onAsk, onQuote, onCopy, onRemove }: SaidProps) {
  const [copied, setCopied] = useState(false);
  const { page, quotes, who, text, looks = [], cards = [] } = message;
  const newPage = page !== null && page.url !== pageBefore?.url;
  return (
    <li class={`said said-${who}`} data-id={message.id}>
      {newPage && who === 'reader' && (
        <p class="said-page">
          <Icon name="page" size={14} />
          <span dir="auto">{page.title || page.host}</span>
        </p>
      )}
      <p class="said-who">
        {who === 'reader' ? t('panel.you') : nameOf(message)}
        {page && (
          <span class="said-about" title={page.url}>
            {page.host} › {t(`rung.${page.rung}`)}
          </span>
        )}
      </p>
      {looks.map((look, index) => (
        <p key={index} class={look.refused ? 'said-look said-refused' : 'said-look'} dir="auto">
          <Icon name={look.refused ? 'eye-off' : 'eye'} size={14} />
          {lookLine(nameOf(message), look)}
        </p>
      ))}
      <p class={manner(message)} dir="auto" hidden={text === '' && message.status === 'final'}>
        {parts(text, quotes).map((part) =>
          typeof part === 'string' ? (
            part
          ) : (
            <sup key={part.number}>
              {/* A word joiner: the mark stays with the word it stands behind. */}
              {'\u2060'}
              <button
                type="button"
                class="said-mark"
                aria-label={t('panel.showQuote', [String(part.number)])}
                title={part.quote.text}
                onClick={() => onQuote(message, part.quote)}
              >
                {part.number}
              </button>
            </sup>
          ),
        )}
        {message.status === 'cut' && <span class="said-cut"> {t('panel.cut')}</span>}
      </p>
      {cards.length > 0 && <Cards cards={cards} onAsk={onAsk} />}
      <div class="said-actions">
        <button
          type="button"
          onClick={() => {
            onCopy(message);
            setCopied(true);
          }}
          onBlur={() => setCopied(false)}
        >
          <Icon name={copied ? 'check' : 'copy'} size={16} />
          <span class="unseen">{copied ? t('panel.copied') : t('panel.copy')}</span>
        </button>
        <button type="button" onClick={() => onRemove(message)}>
          <Icon name="delete" size={16} />
          <span class="unseen">{t('panel.remove')}</span>
        </button>
      </div>
    </li>
  );
}
