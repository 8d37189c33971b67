import { Icon } from '@/components/icons';
import type { Card } from '@/lib/session/provider';
import { t } from '@/lib/words';
import './Cards.css';

/** What an avatar shows beside its words. Text alone: nothing of others is loaded. */
export function Cards(props: {
  readonly cards: readonly Card[];
  readonly onAsk: (question: string) => void;
}) {
  return (
    <div class="cards">
      {props.cards.map((card, index) => (
        <Shown key={index} card={card} onAsk={props.onAsk} />
      ))}
    </div>
  );
}

function Shown({ card, onAsk }: { card: Card; onAsk: (question: string) => void }) {
  switch (card.kind) {
    case 'text':
      return (
        <div class="card" dir="auto">
          {card.title !== null && <b>{card.title}</b>}
          <p>{card.text}</p>
        </div>
      );
    case 'image':
      return <Link url={card.url} title={card.alt || t('card.image')} text={null} />;
    case 'link':
      return <Link {...card} />;
    case 'options':
      return (
        <p class="card-options">
          {card.options.map(({ label, value }) => (
            <button key={`${label} ${value}`} type="button" dir="auto" onClick={() => onAsk(value)}>
              {label}
            </button>
          ))}
        </p>
      );
  }
}

/** With the host it leads to, since the words are somebody else's. */
function Link({ url, title, text }: { url: string; title: string; text: string | null }) {
  const host = hostOf(url);
  return (
    <a class="card" href={url} target="_blank" rel="noopener noreferrer" dir="auto">
      <b>{title}</b>
      {text !== null && <span>{text}</span>}
      <small>
        {host} <Icon name="external" size={12} />
      </small>
    </a>
  );
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
