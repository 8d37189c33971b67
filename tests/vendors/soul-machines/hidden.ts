/** Nobody looks at the page any more; returns the way back. */
export function hide(): () => void {
  tell(true);
  return () => tell(false);
}

function tell(hidden: boolean): void {
  const state = hidden ? 'hidden' : 'visible';
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
  document.dispatchEvent(new Event('visibilitychange'));
}
