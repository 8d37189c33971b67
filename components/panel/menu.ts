import { useRef } from 'preact/hooks';

/** A menu that is a `details`: it closes when something of it is picked and when the focus leaves it. */
export function useMenu() {
  const menu = useRef<HTMLDetailsElement>(null);
  const close = () => menu.current?.removeAttribute('open');
  return {
    menu,
    close,
    pick: (action: () => void) => () => {
      close();
      action();
    },
    onFocusOut: ({ relatedTarget }: FocusEvent) => {
      if (!menu.current?.contains(relatedTarget as Node | null)) close();
    },
  };
}
