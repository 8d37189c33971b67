import { answer } from './answer.ts';
import type { Desk, Packet } from './desk.ts';
import { odd } from './odd.ts';
import type { Session } from './session.ts';

/** One character of the packet's conversation answers it. */
export function reply(desk: Desk, packet: Packet, sentences: readonly string[]): void {
  const { session, knobs } = desk;
  const agent = addressed(session, packet);
  if (!agent) return;
  for (const kind of knobs.odd) odd(kind, desk);
  void answer({
    session,
    agent,
    interactionId: packet.packetId?.['interactionId'] ?? '',
    conversationId: packet.packetId?.['conversationId'] ?? '',
    sentences,
    knobs,
    send: desk.send,
    midway: () => {
      if (!desk.fails('answer')) desk.drops('answer');
    },
  }).then(() => desk.drops('answered'));
}

/** Who is spoken to. */
export function addressed(session: Session, packet: Packet) {
  const participants = session.conversations.get(packet.packetId?.['conversationId'] ?? '') ?? [];
  return session.agents.find(({ agentId }) => participants.includes(agentId));
}
