import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import type { Peer } from '../media/peer.ts';
import type { Voice } from '../media/voice.ts';
import { think, type Answer, type Memory } from './mind.ts';
import { isRecord, type Message, type World } from './world.ts';

export interface Talk {
  /** What a client may ask of a scene. */
  request(message: Message): void;
  /** Takes a message the client relayed from the conversation's own server. */
  relayed(message: Message): boolean;
  answer(question: string): void;
  say(text: string): void;
  stop(): void;
  readonly running: readonly string[];
}

type Send = (category: string, name: string, body: unknown, kind?: string, more?: object) => void;

/** The conversation of one session. */
export function createTalk(parts: {
  readonly world: World;
  readonly memory: Memory;
  readonly voice: Voice;
  readonly scene: (name: string, body: unknown) => void;
  readonly send: Send;
  readonly peer: () => Peer | null;
  readonly socket: WebSocket;
}): Talk {
  const { world, memory, voice, scene, send, peer, socket } = parts;
  const { knobs } = world;
  /** Raised by every interruption: what was begun before it is over. */
  let turn = 0;
  let stopped = false;
  const timers = new Set<NodeJS.Timeout>();
  const asking = new Map<string, string>();

  const later = (ms: number, done: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      done();
    }, ms);
    timers.add(timer);
  };
  const pause = (ms: number) => new Promise<void>((resolve) => later(ms, resolve));
  const state = (persona: object) => scene('state', { persona: { 1: persona } });
  const drop = (moment: 'before' | 'during' | 'after'): boolean => {
    if (knobs.dropTurn !== moment) return false;
    socket.terminate();
    return true;
  };

  function hush(): void {
    turn += 1;
    for (const timer of timers) clearTimeout(timer);
    timers.clear();
    peer()?.hush();
    state({ speechState: 'idle' });
  }

  function ask(question: string): void {
    if (drop('before')) return;
    if (knobs.control === 'relay' || knobs.control === 'drops') {
      const transaction = randomUUID();
      asking.set(transaction, question);
      const body = { input: { text: question }, variables: memory.variables, optionalArgs: {} };
      send('scene', 'conversationRequest', body, 'request', { transaction });
      return;
    }
    const mine = (turn += 1);
    later(knobs.thinks, () => {
      if (mine !== turn) return;
      if (knobs.answers === 'not at all') return;
      const answer = think(question, memory);
      result(question, answer, knobs.answers === 'with an error' ? 1 : 0);
      if (knobs.answers === 'well' || knobs.answers === 'endlessly') void speak(answer);
    });
  }

  function result(question: string, { text, context }: Answer, status: number): void {
    scene('conversationResult', {
      personaId: '1',
      status,
      ...(status !== 0 && { errorMessage: 'The conversation has failed.' }),
      input: { text: question },
      // Lacking what the client's own formatter needs, where oddities are wanted.
      output: knobs.odd ? { text } : { text, context },
      provider: knobs.odd ? { kind: 'emulated' } : { kind: 'emulated', meta: {} },
    });
    scene('personaResponse', { personaId: '1', currentSpeech: text });
  }

  async function speak({ text, cards }: Answer): Promise<void> {
    const mine = (turn += 1);
    const utterance = knobs.speech === 'aloud' ? await voice.speak(text) : null;
    if (mine !== turn || stopped) return;
    state({ speechState: 'animating' });
    state({ speechState: 'speaking', currentSpeech: text });
    if (cards.length > 0) {
      scene('speechMarker', { personaId: '1', name: 'showcards', arguments: cards });
    }
    if (knobs.dropTurn === 'during') {
      await pause(50);
      drop('during');
      return;
    }
    if (utterance) await peer()?.say(utterance);
    else await pause(20);
    if (mine !== turn || stopped || knobs.answers === 'endlessly') return;
    state({ speechState: 'idle' });
    drop('after');
  }

  function request({ name, body, transaction }: Message): void {
    const reply = (answer: object = {}, status = 0) => {
      if (knobs.mute) return;
      send('scene', name, answer, 'response', { transaction, status });
    };
    switch (name) {
      case 'conversationSend':
        Object.assign(memory.variables, isRecord(body['variables']) ? body['variables'] : {});
        reply();
        hush();
        ask(String(body['text']));
        return;
      case 'conversationSetVariables':
        Object.assign(memory.variables, isRecord(body['variables']) ? body['variables'] : {});
        reply();
        return;
      case 'conversationGetVariables':
        reply({ variables: memory.variables });
        return;
      case 'stopSpeaking':
        reply();
        hush();
        return;
      case 'startSpeaking':
        reply();
        void speak({ text: String(body['text']), context: {}, cards: [] });
        return;
      case 'getState':
        reply({ persona: { 1: { speechState: 'idle' } } });
        return;
      case 'startRecognize':
      case 'stopRecognize':
      case 'updateContentAwareness':
      case 'animateToNamedCamera':
      case 'configure':
        reply();
        return;
      default:
        world.unknown.push(`socket scene.${name}`);
        reply({}, 404);
    }
  }

  return {
    request,
    relayed({ name, body, transaction }) {
      if (name !== 'conversationResponse') return false;
      const question = asking.get(transaction ?? '');
      const output = body['output'];
      if (question === undefined || !isRecord(output)) {
        world.unknown.push('conversationResponse to nothing');
        return true;
      }
      asking.delete(transaction ?? '');
      const answer: Answer = { text: String(output['text']), context: {}, cards: [] };
      result(question, answer, 0);
      void speak(answer);
      return true;
    },
    answer: ask,
    say: (text) => void speak({ text, context: {}, cards: [] }),
    stop() {
      stopped = true;
      turn += 1;
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
    get running() {
      return timers.size > 0 ? ['an answer'] : [];
    },
  };
}
