import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '@/components/icons';
import { t } from '@/lib/words';

/**
 * A paragraph to try it on. No browser lets an extension read its own pages as it reads the web's,
 * so the page hands the words over itself: those selected in the paragraph, or all of it.
 */
export function TryIt({ onTry }: { readonly onTry: (words: string) => void }) {
  const paragraph = useRef<HTMLParagraphElement>(null);
  const [selected, setSelected] = useState('');

  useEffect(() => {
    const look = () => setSelected(selectedIn(paragraph.current));
    document.addEventListener('selectionchange', look);
    return () => document.removeEventListener('selectionchange', look);
  }, []);

  return (
    <section class="try" aria-labelledby="try">
      <h2 id="try">{t('welcome.try')}</h2>
      <p class="try-text" ref={paragraph}>
        {t('welcome.paragraph')}
      </p>
      <div class="try-do">
        <button
          type="button"
          class="button button-main"
          onClick={() => onTry(selected || t('welcome.paragraph'))}
        >
          <Icon name={selected ? 'selection' : 'page'} size={18} />
          {t(selected ? 'welcome.askSelected' : 'welcome.askParagraph')}
        </button>
        <p class="hint">{t('welcome.tryHint')}</p>
      </div>
    </section>
  );
}

/** The selected words, where all of them stand in `element`. */
function selectedIn(element: HTMLElement | null): string {
  const selection = getSelection();
  const isInside =
    element !== null &&
    selection !== null &&
    element.contains(selection.anchorNode) &&
    element.contains(selection.focusNode);
  return isInside ? selection.toString().trim() : '';
}
