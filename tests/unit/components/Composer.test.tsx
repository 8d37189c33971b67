// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { beforeEach, expect, it } from 'vitest';
import { Composer, type ComposerProps } from '@/components/panel/Composer';

let did: string[];
let root: HTMLElement;
beforeEach(() => {
  did = [];
  root?.remove();
  root = document.body.appendChild(document.createElement('div'));
});

function show(props: Partial<ComposerProps>): HTMLTextAreaElement {
  void act(() => {
    render(
      <Composer
        draft=""
        placeholder="Ask about this page…"
        focusAt={0}
        onDraft={(draft) => did.push(`draft ${draft}`)}
        onSend={() => did.push('send')}
        onLast={() => did.push('last')}
        onFocus={(typing) => did.push(`typing ${String(typing)}`)}
        {...props}
      />,
      root,
    );
  });
  const area = document.querySelector('textarea');
  if (!area) throw new Error('There is no field to type in.');
  return area;
}

const press = (area: HTMLTextAreaElement, key: string, more: KeyboardEventInit = {}) => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
  area.dispatchEvent(event);
  return event;
};

it.each([
  ['Enter sends what was typed', 'Why?', 'Enter', {}, ['send']],
  ['Enter sends no empty question', '  ', 'Enter', {}, []],
  ['Shift+Enter breaks the line', 'Why?', 'Enter', { shiftKey: true }, []],
  [
    'Enter that ends a composition is the input method’s',
    'なぜ',
    'Enter',
    { isComposing: true },
    [],
  ],
  ['↑ in an empty field brings the last question back', '', 'ArrowUp', {}, ['last']],
  ['↑ in a question moves the cursor', 'Why?', 'ArrowUp', {}, []],
])('%s', (_, draft, key, more, expected) => {
  press(show({ draft }), key, more);
  expect(did).toEqual(expected);
});

it('takes the focus when the reader is invited to type', () => {
  show({ focusAt: 0 });
  expect(document.activeElement).toBe(document.body);
  const area = show({ focusAt: 1 });
  expect(document.activeElement).toBe(area);
});

it('has a name for those who cannot see it', () => {
  const area = show({});
  expect(area.labels[0]?.textContent).toBe('Your question');
});
