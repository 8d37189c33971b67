export const ChatState = {
  RECORDING: 'RECORDING',
  LLM: 'LLM',
  ANALYZING: 'ANALYZING',
  SPEAKING: 'SPEAKING',
  TTS: 'TTS',
} as const;
export type ChatState = (typeof ChatState)[keyof typeof ChatState];

type Flag = 'LLM' | 'TTS' | 'SPEAKING';

export interface States {
  /** Counted, since two answers may overlap for a moment. @returns the way to take it off. */
  begin(flag: 'LLM' | 'TTS'): () => void;
  analyse(): void;
  analysed(): void;
  /** The avatar begins to say something of that length, ms. */
  speak(duration: number): void;
  clear(): void;
  subscribe(listener: (states: Set<ChatState>) => void): () => void;
  dispose(): void;
}

/** Nobody tells that speech has ended: the vendor's own client waits that much longer, ms. */
const afterFirst = 2000;
const afterNext = 1000;

/** What the session is doing; an empty set is idle. */
export function createStates(): States {
  const listeners = new Set<(states: Set<ChatState>) => void>();
  const flags = new Map<Flag, number>();
  let analysing = 0;
  let told = '';
  let endsAt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let epoch = 0;

  const now = () => {
    const states = new Set<ChatState>();
    for (const [flag, count] of flags) if (count > 0) states.add(ChatState[flag]);
    if (analysing > 0) states.add(ChatState.ANALYZING);
    return states;
  };
  const tell = (always = false) => {
    const states = now();
    const key = [...states].sort().join();
    if (key === told && !always) return;
    told = key;
    for (const listener of listeners) listener(new Set(states));
  };
  const hush = () => {
    clearTimeout(timer);
    timer = undefined;
    flags.set('SPEAKING', 0);
  };

  return {
    begin(flag) {
      const mine = epoch;
      flags.set(flag, (flags.get(flag) ?? 0) + 1);
      tell();
      let over = false;
      return () => {
        if (over || mine !== epoch) return;
        over = true;
        flags.set(flag, (flags.get(flag) ?? 1) - 1);
        tell();
      };
    },
    analyse() {
      analysing += 1;
      tell();
    },
    analysed() {
      analysing = Math.max(0, analysing - 1);
      tell();
    },
    speak(duration) {
      const speaking = timer !== undefined;
      if (analysing === 0 && !speaking) return;
      analysing = Math.max(0, analysing - 1);
      flags.set('SPEAKING', 1);
      const start = performance.now();
      endsAt = speaking ? endsAt + duration + afterNext : start + duration + afterFirst;
      clearTimeout(timer);
      timer = setTimeout(() => {
        hush();
        tell();
      }, endsAt - start);
      tell();
    },
    clear() {
      epoch += 1;
      hush();
      flags.clear();
      analysing = 0;
      tell(true);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose() {
      hush();
      listeners.clear();
    },
  };
}
