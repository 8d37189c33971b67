/** Time as the animator sees it. Both verbs return the way to call off. */
export interface Clock {
  /** Milliseconds, on the clock of the cues. */
  now(): number;
  /** Calls back before the display's next frame. */
  frame(run: () => void): () => void;
  after(milliseconds: number, run: () => void): () => void;
}

/** Whether anybody looks, and whether they want movement. */
export interface Audience {
  seen(): boolean;
  still(): boolean;
  /** Calls back when either may have changed. Returns the way to stop. */
  watch(changed: () => void): () => void;
}

export const browserClock: Clock = {
  now: () => performance.now(),
  frame: (run) => {
    const id = requestAnimationFrame(run);
    return () => cancelAnimationFrame(id);
  },
  after: (milliseconds, run) => {
    const id = setTimeout(run, milliseconds);
    return () => clearTimeout(id);
  },
};

/** Who looks at an element: nobody when the document is hidden or the element is scrolled away. */
export function audienceOf(element: Element): Audience {
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  let within = true;
  return {
    seen: () => within && !document.hidden,
    still: () => calm.matches,
    watch: (changed) => {
      const observer = new IntersectionObserver((entries) => {
        within = entries.at(-1)?.isIntersecting ?? within;
        changed();
      });
      observer.observe(element);
      document.addEventListener('visibilitychange', changed);
      calm.addEventListener('change', changed);
      return () => {
        observer.disconnect();
        document.removeEventListener('visibilitychange', changed);
        calm.removeEventListener('change', changed);
      };
    },
  };
}
