import { randomUUID } from 'node:crypto';
import { keepSound } from '../media/kept.ts';
import type { Desk, Packet } from './desk.ts';
import { answerTo } from './mind.ts';
import { reply } from './reply.ts';
import { describe, rate } from './sound.ts';

/** From here on it hears. */
export function listen(
  { session }: Desk,
  packet: Packet,
  { mode = 'OPEN_MIC', understandingMode = 'FULL' }: { mode?: string; understandingMode?: string },
): void {
  session.audio = {
    mode,
    understanding: understandingMode,
    conversationId: packet.packetId?.['conversationId'] ?? '',
    utteranceId: randomUUID(),
    interactionId: randomUUID(),
    parts: [],
  };
}

/** A chunk of sound; null: that was all. */
export function hear(desk: Desk, chunk: string | null): void {
  const { session, knobs, told } = desk;
  const { audio } = session;
  if (!audio) {
    desk.unknown(
      chunk === null ? 'socket end of no audio session' : 'socket sound outside a session',
    );
    return;
  }
  const understand = (text: string, final: boolean) =>
    desk.send({
      packetId: {
        packetId: randomUUID(),
        utteranceId: audio.utteranceId,
        interactionId: audio.interactionId,
        conversationId: audio.conversationId,
      },
      timestamp: new Date().toISOString(),
      routing: { source: { type: 'PLAYER' }, targets: [] },
      text: { text, final, sourceType: 'SPEECH_TO_TEXT' },
    });
  if (chunk !== null) {
    const bytes = Buffer.from(chunk, 'base64');
    if (bytes.length === 0) return;
    audio.parts.push(
      new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)),
    );
    // After a second it has half an idea.
    const samples = audio.parts.reduce((sum, { length }) => sum + length, 0);
    const before = samples - bytes.length / 2;
    if (before < rate && samples >= rate) {
      understand(knobs.understands.slice(0, Math.ceil(knobs.understands.length / 2)), false);
    }
    return;
  }
  session.audio = null;
  const pcm = Int16Array.from(audio.parts.flatMap((part) => Array.from(part)));
  told('heard', keepSound({ mode: audio.mode, ...describe(pcm) }, { pcm, rate }));
  if (pcm.length === 0) return;
  understand(knobs.understands, true);
  if (audio.understanding !== 'FULL') return;
  const { conversationId, interactionId } = audio;
  const name = session.agents[0]?.givenName ?? '';
  const sentences = answerTo(knobs.understands, name, session.memory);
  session.memory.dialogue.push({ who: 'PLAYER', text: knobs.understands });
  reply(desk, { packetId: { conversationId, interactionId } }, sentences);
}
