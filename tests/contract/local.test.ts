// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, vi } from 'vitest';
import { createLocal } from '@/lib/providers/local';
import { conforms, type Subject } from '@/tests/contract/conformance';
import { localGrant } from '@/tests/contract/scripted';
import { FakeSynthesis, FakeUtterance, voice } from '@/tests/unit/voice/synthesis';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('SpeechSynthesisUtterance', FakeUtterance);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function subject(synthesis: FakeSynthesis | undefined): Subject {
  // The voice's own timers are the machine's, not the provider's.
  let machine = 0;
  const later = (ms: number, done: () => void) => {
    machine += 1;
    setTimeout(() => {
      machine -= 1;
      done();
    }, ms);
  };
  if (synthesis) {
    // A voice that says a word every 300 ms.
    synthesis.script = (utterance) => {
      later(20, () => utterance.start());
      later(300 * utterance.text.split(' ').length, () => utterance.end());
    };
  }
  return {
    provider: createLocal({ synthesis, languageModel: undefined }),
    grant: localGrant,
    question: 'What can you do?',
    async until(done) {
      // A minute of its own time, 20 ms at once.
      for (let step = 0; step < 3000; step += 1) {
        if (done()) return;
        await vi.advanceTimersByTimeAsync(20);
      }
      throw new Error('It did not happen within a minute.');
    },
    running: () => [
      ...(synthesis?.speaking === true ? ['an utterance'] : []),
      ...Array.from({ length: vi.getTimerCount() - machine }, () => 'a timer'),
    ],
    dispose: () => synthesis?.cancel(),
  };
}

function withVoice(): FakeSynthesis {
  const synthesis = new FakeSynthesis();
  synthesis.voices = [voice('Anna', 'en-GB')];
  return synthesis;
}

describe('the local provider with a voice', () => conforms(() => subject(withVoice())));
describe('the local provider without a voice', () => conforms(() => subject(new FakeSynthesis())));
describe('the local provider where nothing can speak', () => conforms(() => subject(undefined)));
