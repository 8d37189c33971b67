/**
 * Notes which listeners somebody adds to `target`, so that they can be taken away again: the SDK
 * forgets the one for `resize`, and hands `removeEventListener` another function than it added.
 */
export interface Keeper {
  /** Everything added while `run` runs. */
  readonly during: (run: () => void) => void;
  /** Takes away what was added. */
  readonly drop: () => void;
}

export function keepListeners(target: EventTarget): Keeper {
  const added: Parameters<EventTarget['addEventListener']>[] = [];
  return {
    during(run) {
      const own = Object.getOwnPropertyDescriptor(target, 'addEventListener');
      const add = target.addEventListener;
      Object.defineProperty(target, 'addEventListener', {
        configurable: true,
        value: (...listener: Parameters<EventTarget['addEventListener']>) => {
          added.push(listener);
          add.apply(target, listener);
        },
      });
      try {
        run();
      } finally {
        if (own) Object.defineProperty(target, 'addEventListener', own);
        else Reflect.deleteProperty(target, 'addEventListener');
      }
    },
    drop() {
      for (const [type, listener, options] of added.splice(0)) {
        target.removeEventListener(type, listener, options);
      }
    },
  };
}
