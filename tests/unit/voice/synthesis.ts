/** A scripted stand-in for the browser's `SpeechSynthesis`: it only does what a test tells it. */
export class FakeSynthesis extends EventTarget implements SpeechSynthesis {
  voices: SpeechSynthesisVoice[] = [];
  /** Every utterance that was ever handed over, oldest first. */
  readonly spoken: FakeUtterance[] = [];
  cancels = 0;
  paused = false;
  onvoiceschanged = null;
  /** What happens by itself when something is spoken. */
  script: (utterance: FakeUtterance) => void = () => {};
  private queue: FakeUtterance[] = [];

  get speaking(): boolean {
    return this.queue.length > 0;
  }
  get pending(): boolean {
    return this.queue.length > 1;
  }
  /** What it was told to say last. */
  get last(): FakeUtterance {
    const last = this.spoken.at(-1);
    if (!last) throw new Error('Nothing was spoken.');
    return last;
  }
  getVoices(): SpeechSynthesisVoice[] {
    return this.voices;
  }
  speak(utterance: SpeechSynthesisUtterance): void {
    if (!(utterance instanceof FakeUtterance)) throw new TypeError('Not an utterance.');
    this.spoken.push(utterance);
    this.queue.push(utterance);
    this.script(utterance);
  }
  cancel(): void {
    this.cancels += 1;
    for (const utterance of this.queue.splice(0)) utterance.fail('interrupted');
  }
  pause(): void {
    this.paused = true;
  }
  resume(): void {
    this.paused = false;
  }
  /** The list of voices arrives. */
  bring(voices: SpeechSynthesisVoice[]): void {
    this.voices = voices;
    this.dispatchEvent(new Event('voiceschanged'));
  }
}

export class FakeUtterance extends EventTarget implements SpeechSynthesisUtterance {
  lang = '';
  pitch = 1;
  rate = 1;
  volume = 1;
  voice: SpeechSynthesisVoice | null = null;
  onboundary = null;
  onend = null;
  onerror = null;
  onmark = null;
  onpause = null;
  onresume = null;
  onstart = null;
  constructor(readonly text: string) {
    super();
  }
  start(): void {
    this.dispatchEvent(new Event('start'));
  }
  /** Reaches the first place where `word` stands. */
  reach(word: string, name = 'word'): void {
    const charIndex = this.text.indexOf(word);
    this.dispatchEvent(Object.assign(new Event('boundary'), { name, charIndex }));
  }
  end(): void {
    this.dispatchEvent(new Event('end'));
  }
  fail(error: SpeechSynthesisErrorCode): void {
    this.dispatchEvent(Object.assign(new Event('error'), { error }));
  }
}

export function voice(
  name: string,
  lang: string,
  more: Partial<SpeechSynthesisVoice> = {},
): SpeechSynthesisVoice {
  return { name, lang, voiceURI: name, localService: true, default: false, ...more };
}
