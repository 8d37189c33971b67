import { beforeEach, describe, expect, it } from 'vitest';
import type { Ear } from '@/lib/ears/ear';
import { createRecogniser, type Recogniser } from '@/lib/ears/recogniser';
import type { Speech } from '@/lib/session/provider';
import { handTurned } from '@/tests/unit/ears/time';

/** The browser's own, as scripted here: it does nothing by itself. */
class FakeRecognition extends EventTarget {
  static all: FakeRecognition[] = [];
  static refuses: (track: MediaStreamTrack | undefined) => void = () => undefined;
  lang = '';
  continuous = false;
  interimResults = false;
  processLocally?: boolean;
  calls: string[] = [];
  constructor() {
    super();
    FakeRecognition.all.push(this);
  }
  start(track?: MediaStreamTrack): void {
    FakeRecognition.refuses(track);
    this.calls.push(track ? 'start track' : 'start');
  }
  stop(): void {
    this.calls.push('stop');
  }
  abort(): void {
    this.calls.push('abort');
  }
  brings(transcript: string, isFinal: boolean): void {
    const results = [{ isFinal, 0: { transcript } }];
    this.dispatchEvent(Object.assign(new Event('result'), { resultIndex: 0, results }));
  }
  fails(error: string): void {
    this.dispatchEvent(Object.assign(new Event('error'), { error }));
    this.ends();
  }
  ends(): void {
    this.dispatchEvent(new Event('end'));
  }
}

let clock: ReturnType<typeof handTurned>;
let told: Speech[];
let recogniser: Recogniser;
let speak: (speech: 'began' | 'ended') => void;

function ear(mode: Ear['mode']): Ear {
  return {
    track: {} as MediaStreamTrack,
    mode,
    onBlock: () => () => undefined,
    onSpeech(listener) {
      speak = listener;
      return () => {
        speak = () => undefined;
      };
    },
  };
}

function create(local = false): void {
  recogniser = createRecogniser({
    recognition: FakeRecognition,
    language: 'en-GB',
    local,
    emit: (event) => told.push(event),
    clock,
  });
}

const latest = () => {
  const made = FakeRecognition.all.at(-1);
  if (!made) throw new Error('Nothing was started.');
  return made;
};
const asked = () => told.flatMap((event) => (event.type === 'asked' ? event.text : []));
const shown = () => told.flatMap((event) => (event.type === 'said' ? event.text : []));
const failed = () => told.flatMap((event) => (event.type === 'failed' ? event.error.code : []));

beforeEach(() => {
  clock = handTurned();
  told = [];
  FakeRecognition.all = [];
  FakeRecognition.refuses = () => undefined;
  create();
});

it('runs in the reader’s language, from our own track, as long as the microphone is open', () => {
  recogniser.hear(ear('open'));
  expect(latest()).toMatchObject({ lang: 'en-GB', continuous: true, interimResults: true });
  expect(latest().calls).toEqual(['start track']);
  expect(latest().processLocally).toBeUndefined();
  recogniser.hear(null);
  expect(latest().calls).toEqual(['start track', 'abort']);
});

it('where nothing may leave the device it says so to the browser', () => {
  create(true);
  recogniser.hear(ear('open'));
  expect(latest().processLocally).toBe(true);
});

it('a browser that takes no track hears the system’s device', () => {
  FakeRecognition.refuses = (track) => {
    if (track) throw new TypeError('No track, please.');
  };
  recogniser.hear(ear('open'));
  expect(latest().calls).toEqual(['start']);
});

it('interim words are shown, the final ones asked once', () => {
  recogniser.hear(ear('open'));
  speak('began');
  latest().brings('what is', false);
  latest().brings('what is this', true);
  expect(asked()).toEqual([]);
  speak('ended');
  expect([shown(), asked()]).toEqual([['what is', 'what is this'], ['what is this']]);
});

it('what was said by the time the key is let go is understood, also with the microphone off', async () => {
  recogniser.hear(ear('hold'));
  expect(FakeRecognition.all).toEqual([]);
  speak('began');
  speak('ended');
  recogniser.hear(null);
  expect(latest().calls).toEqual(['start track', 'stop']);
  latest().brings('who is she', true);
  latest().ends();
  expect([asked(), failed()]).toEqual([['who is she'], []]);
  await clock.pass(60_000);
  expect(told.filter(({ type }) => type === 'asked')).toHaveLength(1);
});

describe('one that never returns', () => {
  it('held: after a while it is said that nothing was understood, and the next key gets a new one', async () => {
    recogniser.hear(ear('hold'));
    speak('began');
    speak('ended');
    await clock.pass(4_900);
    expect(failed()).toEqual([]);
    await clock.pass(200);
    expect(failed()).toEqual(['ears_silent']);
    expect(latest().calls.at(-1)).toBe('abort');
    speak('began');
    expect(FakeRecognition.all).toHaveLength(2);
  });

  it('open: what it had by then is asked, though it never called it final', async () => {
    recogniser.hear(ear('open'));
    speak('began');
    latest().brings('what is this', false);
    speak('ended');
    expect(asked()).toEqual([]);
    await clock.pass(5_100);
    expect(asked()).toEqual(['what is this']);
  });
});

describe('one that brings markup', () => {
  it.each([
    ['a gateway’s page', '<!DOCTYPE html><html><h1>502 Bad Gateway</h1></html>'],
    ['a page', '<html><body>Sign in to go on</body></html>'],
    ['nothing but tags', '<br><p></p>'],
    ['a script', '<script>alert(1)</script>'],
  ])('%s is no question', async (_, page) => {
    recogniser.hear(ear('hold'));
    speak('began');
    latest().brings(page, true);
    speak('ended');
    latest().ends();
    expect([asked(), shown(), failed()]).toEqual([[], [], ['ears_silent']]);
  });

  it('words between tags are words', () => {
    recogniser.hear(ear('open'));
    speak('began');
    latest().brings('<i>what</i> is\u0000 <b>this</b>', true);
    speak('ended');
    expect(asked()).toEqual(['what is this']);
  });

  it('a book is cut to what a question can be', () => {
    recogniser.hear(ear('open'));
    speak('began');
    latest().brings('very '.repeat(10_000), true);
    speak('ended');
    expect(asked()[0]?.length).toBeLessThanOrEqual(2_000);
  });
});

describe('one that ends whenever it likes', () => {
  it('is started again, a moment later', async () => {
    recogniser.hear(ear('open'));
    latest().ends();
    expect(FakeRecognition.all).toHaveLength(1);
    await clock.pass(400);
    expect(FakeRecognition.all).toHaveLength(2);
    expect(latest().calls).toEqual(['start track']);
  });

  it('after silence is no failure, however often', async () => {
    recogniser.hear(ear('open'));
    for (let nth = 0; nth < 10; nth += 1) {
      latest().fails('no-speech');
      await clock.pass(400);
    }
    expect([failed(), FakeRecognition.all.length]).toEqual([[], 11]);
  });

  it('with an error three times over is given up, and said once', async () => {
    recogniser.hear(ear('open'));
    for (let nth = 0; nth < 3; nth += 1) {
      latest().fails('network');
      await clock.pass(400);
    }
    await clock.pass(60_000);
    expect([failed(), FakeRecognition.all.length]).toEqual([['ears_unavailable'], 3]);
  });

  it.each(['not-allowed', 'service-not-allowed', 'language-not-supported', 'audio-capture'])(
    'with “%s” is given up at once, until the microphone is opened anew',
    async (error) => {
      recogniser.hear(ear('open'));
      latest().fails(error);
      await clock.pass(60_000);
      expect([failed(), FakeRecognition.all.length]).toEqual([['ears_unavailable'], 1]);
      recogniser.hear(ear('open'));
      expect(FakeRecognition.all).toHaveLength(2);
    },
  );
});

it('one that cannot be started is a failure, and nothing is left running', () => {
  FakeRecognition.refuses = () => {
    throw new DOMException('', 'InvalidStateError');
  };
  recogniser.hear(ear('open'));
  expect(failed()).toEqual(['ears_unavailable']);
});

it('while the avatar can be heard nothing is recognised, and what was shown is taken back', () => {
  recogniser.hear(ear('open'));
  speak('began');
  latest().brings('what', false);
  recogniser.pause(true);
  expect([shown(), latest().calls.at(-1)]).toEqual([['what', ''], 'abort']);
  latest().brings('what is said now', true);
  expect(asked()).toEqual([]);
  recogniser.pause(false);
  expect(FakeRecognition.all).toHaveLength(2);
});

it('closed, it is over: nothing runs, nothing is told', async () => {
  recogniser.hear(ear('open'));
  speak('began');
  latest().brings('what', false);
  recogniser.close();
  const before = told.length;
  latest().brings('what is this', true);
  latest().ends();
  await clock.pass(60_000);
  expect([told.length, FakeRecognition.all.length]).toEqual([before, 1]);
  expect(asked()).toEqual([]);
});
