/** The space bar held anywhere but in a field or on a control, as a button held. @returns the way to stop. */
export function holdSpace(press: () => void, release: () => void): () => void {
  let held = false;
  const down = (event: KeyboardEvent) => {
    if (event.key !== ' ' || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.defaultPrevented || isTaken(event.target)) return;
    // Or the talk would scroll.
    event.preventDefault();
    if (event.repeat || held) return;
    held = true;
    press();
  };
  const up = (event: KeyboardEvent) => {
    if (event.key === ' ') letGo();
  };
  const letGo = () => {
    if (!held) return;
    held = false;
    release();
  };
  addEventListener('keydown', down);
  addEventListener('keyup', up);
  // Let go in another window it is never seen to be let go.
  addEventListener('blur', letGo);
  return () => {
    removeEventListener('keydown', down);
    removeEventListener('keyup', up);
    removeEventListener('blur', letGo);
  };
}

/** Where the space bar has a meaning of its own. */
function isTaken(target: EventTarget | null): boolean {
  const controls = 'input, textarea, select, button, summary, a[href], dialog, [contenteditable]';
  return target instanceof Element && target.closest(controls) !== null;
}
