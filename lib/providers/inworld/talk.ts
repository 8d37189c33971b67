import type { InworldPacket } from '@inworld/web-core';
import { AppError, type ErrorCode } from '@/lib/errors';
import type { Speech } from '@/lib/session/provider';
import type { Timing } from '@/lib/session/timing';
import { createAlarm } from './alarm';
import { isBroken, longest, newAnswer, offsetOf, textOf, utteranceOf, type Answer } from './answer';
import { createDelivery, lengthOf } from './delivery';
import { feelingOf } from './emotions';
import type { Limits } from './limits';
import { createMood } from './mood';
import type { Sound } from './sound';

/** What is said, heard, felt and done, put together from the vendor's packets. */
export interface Talk {
  /** Anything of it came in. */
  take(packet: InworldPacket): void;
  beginsPlaying(packet: InworldPacket): void;
  endsPlaying(packet: InworldPacket): void;
  playedAll(): void;
  /** From now on something has to come, or it is told that nothing does; null: the service will choose the id. */
  expect(interactionId: string | null): void;
  /** Silence, now. @returns the interactions the service should not go on with */
  cut(): string[];
  /** The service has nothing more to say on that one. */
  end(interactionId: string): void;
  /** Something is expected, or on its way. */
  readonly busy: boolean;
  /** Something is expected, on its way, or still heard. */
  readonly speaking: boolean;
  /** The browser plays what it held back. */
  unblocked(): void;
  close(): void;
}

interface TalkOptions {
  readonly emit: (event: Speech) => void;
  readonly sound: () => Sound | null;
  /** The player has something in hand. */
  readonly playing: () => boolean;
  readonly timing: Timing;
  readonly limits: Limits;
  readonly language: () => string;
  /** An answer is over; nothing of it is playing any more. */
  readonly settled: () => void;
  /** Nothing came, or too much: the service should stop with it. */
  readonly abandoned: (interactionId: string) => void;
}

export function createTalk(options: TalkOptions): Talk {
  const { emit, sound, timing, limits, language } = options;
  const delivery = createDelivery(timing, emit);
  const mood = createMood(timing, emit);
  const answers = new Map<string, Answer>();
  let expected: { id: string | null } | null = null;
  let audible = false;
  /** The chunk the player has in hand but the browser does not play. */
  let held: InworldPacket | null = null;
  /** What the reader is saying, as far as it is understood. */
  let hearing: { readonly id: string; readonly text: string } | null = null;

  const watch = createAlarm(timing);
  const quiet = createAlarm(timing);

  function answerOf(packet: InworldPacket): Answer | null {
    const id = packet.packetId.interactionId;
    if (!id) return null;
    const known = answers.get(id);
    if (known) return known;
    const asked = expected !== null && (expected.id === null || expected.id === id);
    if (asked) {
      expected = null;
      watch.off();
    }
    const made = newAnswer(asked);
    answers.set(id, made);
    return made;
  }

  function show(answer: Answer, final: boolean, cut = false): void {
    const text = textOf(answer);
    if (text === '' || (!final && text === answer.shown)) return;
    answer.shown = text;
    const { id } = answer;
    emit({ type: 'said', id, who: 'avatar', text, final, ...(cut && { cut }) });
  }

  /** @param nothing - what a turn without a word, a sound or a gesture means */
  function finish(id: string, cut: boolean, nothing: ErrorCode = 'vendor_answer'): void {
    const answer = answers.get(id);
    if (!answer || answer.ended) return;
    answer.ended = true;
    show(answer, true, cut);
    if (!cut && answer.asked && answer.shown === '' && !answer.acted) fail(nothing);
    if (answer.feeling) mood.feel(answer.feeling);
    answer.feeling = null;
  }

  function fail(code: ErrorCode): void {
    emit({ type: 'failed', error: new AppError(code) });
  }

  function speak(yes: boolean): void {
    if (audible === yes) return;
    audible = yes;
    emit({ type: 'speaking', who: yes ? 'avatar' : null });
    mood.speaking(yes);
  }

  /** Looks whether anything is left to come or to be heard. */
  function settle(): void {
    if (answers.size === 0) return;
    let open = false;
    for (const [id, answer] of answers) {
      if (answer.unplayed.size > 0) return;
      if (answer.ended) answers.delete(id);
      else open = true;
    }
    if (open) return;
    quiet.off();
    speak(false);
    options.settled();
  }

  /** After this nothing more is waited for: the end of a turn can get lost. */
  function giveTime(): void {
    quiet.on(limits.quiet, () => {
      const heard = sound()?.running === true && options.playing();
      for (const [id, answer] of answers) {
        // Sound that belongs to no conversation is never played.
        if (!options.playing()) answer.unplayed.clear();
        if (!heard || answer.unplayed.size === 0) giveUp(id, answer);
      }
      settle();
      if (answers.size > 0 && heard) giveTime();
    });
  }

  /** Nothing more of it came. */
  function giveUp(id: string, answer: Answer): void {
    const broken = !answer.ended && isBroken(answer);
    finish(id, broken, 'vendor_silent');
    if (!broken) return;
    fail('vendor_broken');
    options.abandoned(id);
  }

  function begin(packet: InworldPacket): void {
    const answer = answerOf(packet);
    if (!answer) return;
    const feeling = answer.feelings.get(packet.packetId.packetId);
    speak(true);
    if (feeling) mood.feel(feeling);
    const utterance = utteranceOf(answer, packet);
    const last = [...answer.utterances.values()].at(-1);
    utterance.known = Math.max(utterance.known, utterance.played + (packet.audio.durationMs ?? 0));
    delivery.begin({
      packet,
      utterance,
      message: () => ({ id: answer.id, from: offsetOf(answer, utterance) }),
      whole: answer.ended || utterance !== last,
      at: performance.now() + (sound()?.latency ?? 0),
      language: language(),
    });
  }

  function takeText(packet: InworldPacket): void {
    const { text, final } = packet.text;
    if (packet.routing.source.isPlayer) {
      takeSpeech(packet, text, final);
      return;
    }
    const answer = answerOf(packet);
    if (!answer || answer.ended) return;
    Object.assign(utteranceOf(answer, packet), { text: text.trim(), complete: final });
    show(answer, false);
    if (answer.shown.length <= longest) return;
    const id = packet.packetId.interactionId ?? '';
    finish(id, true);
    options.abandoned(id);
  }

  /** The reader's own words, as the service understood them. */
  function takeSpeech({ packetId }: InworldPacket, text: string, final: boolean): void {
    if (packetId.interactionId && expected?.id === null) expected.id = packetId.interactionId;
    const id = packetId.utteranceId ?? packetId.packetId;
    if (text === '' && hearing?.id !== id) return;
    hearing = final ? null : { id, text };
    emit({ type: 'said', id, who: 'reader', text, final });
  }

  return {
    take(packet) {
      const { interactionId } = packet.packetId;
      if (packet.isText()) takeText(packet);
      else if (packet.isAudio()) {
        const answer = answerOf(packet);
        if (!answer) return;
        answer.acted = true;
        answer.unplayed.add(packet.packetId.packetId);
        utteranceOf(answer, packet).known += lengthOf(packet.audio.chunk);
        // What is felt is seen when its words are heard.
        if (answer.feeling) answer.feelings.set(packet.packetId.packetId, answer.feeling);
        answer.feeling = null;
      } else if (packet.isEmotion()) {
        const answer = answerOf(packet);
        const { behavior, strength } = packet.emotions;
        if (answer) answer.feeling = feelingOf(behavior.code, strength.code);
      } else if (packet.isNarratedAction()) {
        const answer = packet.routing.source.isPlayer ? null : answerOf(packet);
        if (!answer) return;
        answer.acted = true;
        const { text } = packet.narratedAction;
        const id = packet.packetId.packetId;
        emit({ type: 'said', id, who: 'avatar', text, final: true, narrated: true });
      } else if (packet.isInteractionEnd() && interactionId) {
        if (expected?.id === interactionId) {
          // A turn without a word is one all the same.
          expected = null;
          watch.off();
          fail('vendor_answer');
        }
        this.end(interactionId);
        return;
      } else return;
      if (answers.size > 0) giveTime();
    },
    beginsPlaying(packet) {
      if (!packet.isAudio()) return;
      if (sound()?.running === false) held = packet;
      else begin(packet);
    },
    endsPlaying(packet) {
      held = null;
      answers.get(packet.packetId.interactionId ?? '')?.unplayed.delete(packet.packetId.packetId);
      if (answers.size > 0) giveTime();
      settle();
    },
    playedAll() {
      for (const answer of answers.values()) answer.unplayed.clear();
      if (answers.size > 0) settle();
    },
    expect(interactionId) {
      // What the service says to it may have been faster than we.
      if (interactionId !== null && answers.has(interactionId)) return;
      expected = { id: interactionId };
      watch.on(limits.answer, () => {
        const id = expected?.id;
        expected = null;
        fail('vendor_silent');
        if (id) options.abandoned(id);
      });
    },
    cut() {
      const going = [...answers].filter(([, { ended, unplayed }]) => !ended || unplayed.size > 0);
      const ids = going.map(([id]) => id);
      if (expected?.id) ids.push(expected.id);
      expected = null;
      held = null;
      watch.off();
      quiet.off();
      for (const [id] of going) finish(id, true);
      answers.clear();
      delivery.stop();
      speak(false);
      return ids;
    },
    unblocked() {
      const packet = held;
      held = null;
      if (packet) begin(packet);
    },
    close() {
      this.cut();
      mood.close();
      if (hearing) emit({ type: 'said', ...hearing, who: 'reader', final: true, cut: true });
      hearing = null;
    },
    end(interactionId) {
      finish(interactionId, false);
      settle();
    },
    get busy() {
      return expected !== null || [...answers.values()].some(({ ended }) => !ended);
    },
    get speaking() {
      return expected !== null || answers.size > 0;
    },
  };
}
