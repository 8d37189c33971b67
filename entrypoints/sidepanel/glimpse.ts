import { lastGlimpse } from '@/lib/transcript/glimpse';

/** Draws the end of the last conversation, as the panel will a moment later. */
export function drawGlimpse(app: Element): void {
  const glimpse = lastGlimpse();
  if (!glimpse) return;
  const list = element('ol', 'talk-list');
  for (const { who, name, text } of glimpse.said) {
    const said = element('li', `said said-${who === 'reader' ? 'reader' : 'avatar'}`);
    said.append(element('p', 'said-who', name), element('p', 'said-text', text));
    list.append(said);
  }
  const talk = element('div', 'talk');
  talk.append(list);
  app.append(talk, element('p', 'glimpse-draft', glimpse.draft));
  talk.scrollTop = talk.scrollHeight;
}

function element(tag: string, name: string, text = ''): HTMLElement {
  const made = document.createElement(tag);
  made.className = name;
  made.dir = 'auto';
  made.textContent = text;
  return made;
}
