interface Added {
  readonly target: EventTarget;
  readonly type: string;
  readonly listener: EventListenerOrEventListenerObject | null;
}

/** Who listens to the window or the document, from now on; by the very function, as a browser does. */
export function watchListeners(): { running: () => string[]; stop: () => void } {
  const added: Added[] = [];
  const unwatch = [window, document].map((target) => {
    // Its own, where it has some: Vitest puts its own in place.
    const { addEventListener, removeEventListener } = target;
    const drop = (type: string, listener: Added['listener']) => {
      const at = added.findIndex(
        (one) => one.target === target && one.type === type && one.listener === listener,
      );
      if (at >= 0) added.splice(at, 1);
    };
    const add: EventTarget['addEventListener'] = (type, listener, options) => {
      drop(type, listener);
      added.push({ target, type, listener });
      addEventListener.call(target, type, listener ?? (() => undefined), options);
    };
    const remove: EventTarget['removeEventListener'] = (type, listener, options) => {
      drop(type, listener);
      removeEventListener.call(target, type, listener ?? (() => undefined), options);
    };
    Object.assign(target, { addEventListener: add, removeEventListener: remove });
    return () => Object.assign(target, { addEventListener, removeEventListener });
  });

  return {
    running: () =>
      added.map(({ target, type }) => {
        return `a listener: ${target === window ? 'window' : 'document'} ${type}`;
      }),
    stop: () => unwatch.forEach((back) => back()),
  };
}
