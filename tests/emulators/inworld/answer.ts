import { randomUUID } from 'node:crypto';
import type { InworldKnobs } from './knobs.ts';
import type { Agent, Session } from './session.ts';
import { speak } from './sound.ts';

export interface Answering {
  readonly session: Session;
  readonly agent: Agent;
  readonly interactionId: string;
  readonly conversationId: string;
  readonly sentences: readonly string[];
  readonly knobs: InworldKnobs;
  readonly send: (packet: object) => void;
  /** Called once, after the first sentence. */
  readonly midway: () => void;
}

/** One turn of the character: feeling, then each sentence in words and sound, then its end. */
export async function answer(turn: Answering): Promise<void> {
  const { session, agent, interactionId, conversationId, knobs } = turn;
  const control = new AbortController();
  session.answers.set(interactionId, control);
  const over = () => control.signal.aborted && knobs.answer !== 'deaf';
  const packet = (body: object, utteranceId: string = randomUUID(), stray = false) =>
    turn.send({
      packetId: {
        packetId: randomUUID(),
        utteranceId,
        interactionId,
        conversationId: stray ? randomUUID() : conversationId,
      },
      timestamp: new Date().toISOString(),
      routing: {
        source: { type: 'AGENT', name: agent.agentId },
        target: { type: 'PLAYER' },
        targets: [],
      },
      ...body,
    });
  const pause = (ms = knobs.paceMs) =>
    new Promise((resolve) => {
      setTimeout(resolve, ms);
    });
  const end = () => {
    packet({ control: { action: 'INTERACTION_END' } });
    session.last = interactionId;
    session.answers.delete(interactionId);
  };

  await pause(knobs.thinks + knobs.paceMs);
  if (knobs.answer === 'nothing') return;
  if (session.capabilities['emotions'] === true) packet({ emotion: knobs.emotion });
  if (session.capabilities['narratedActions'] === true && knobs.narrates !== null) {
    packet({ action: { narratedAction: { content: knobs.narrates } } });
  }
  if (knobs.answer === 'wordless') return end();
  const said: string[] = [];
  let first = true;
  for (const sentence of sentencesOf(turn)) {
    const utteranceId = randomUUID();
    const spoken = sounds(session, knobs) ? await speak(sentence, knobs) : [];
    if (over()) return end();
    const half = sentence.slice(0, Math.ceil(sentence.length / 2));
    const written = (text: string, final: boolean) =>
      packet({ text: { text, final, sourceType: 'GENERATED' } }, utteranceId);
    written(half, false);
    if (knobs.answer === 'broken') return;
    await pause();
    if (over()) return end();
    written(sentence, true);
    said.push(sentence);
    for (const piece of spoken) {
      await pause();
      if (over()) return end();
      const { chunk, additionalPhonemeInfo } = piece;
      const spoiled = first ? spoil(knobs, chunk) : { chunk };
      packet(
        {
          dataChunk: {
            type: 'AUDIO',
            ...spoiled,
            audioFormat: 'AUDIO_PCM_16000',
            ...(knobs.phonemes &&
              session.capabilities['phonemeInfo'] === true && { additionalPhonemeInfo }),
          },
        },
        utteranceId,
        first && knobs.sound === 'stray',
      );
      first = false;
    }
    turn.midway();
  }
  session.memory.dialogue.push({ who: 'AGENT', text: said.join(' ') });
  if (knobs.answer !== 'unended') end();
}

function* sentencesOf({ sentences, knobs }: Answering): Generator<string> {
  yield* sentences;
  while (knobs.answer === 'endless') yield 'And then there was one more thing to be said about it.';
}

function sounds({ capabilities, quiet }: Session, { answer }: InworldKnobs): boolean {
  return capabilities['audio'] === true && !quiet && answer !== 'text' && answer !== 'endless';
}

function spoil({ sound }: InworldKnobs, chunk: string): { chunk?: string } {
  switch (sound) {
    case 'missing':
      return {};
    case 'bad':
      return {
        chunk: Buffer.from('This is no sound at all, whatever it says.').toString('base64'),
      };
    case 'mp3':
      return { chunk: Buffer.from(`ID3${'\0'.repeat(400)}`).toString('base64') };
    case 'good':
    case 'stray':
      return { chunk };
  }
}
