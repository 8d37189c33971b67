import type { WebSocket } from 'ws';
import { think, type Memory } from './mind.ts';
import { isRecord, parse, record, type World } from './world.ts';

/** A customer's own conversation server, reached through the browser. */
export function converse(world: World, socket: WebSocket): void {
  const memory: Memory = { asked: [], variables: {} };
  if (world.knobs.control === 'drops') {
    setTimeout(() => socket.terminate(), 300);
  }
  socket.on('error', () => undefined);
  socket.on('message', (data: Buffer) => {
    const message = parse(data.toString());
    if (!message) return;
    record(world, `control ${message.category}.${message.name}`, message.body);
    if (message.name !== 'conversationRequest') return;
    const { input, variables } = message.body;
    if (isRecord(variables)) memory.variables = variables;
    const question = isRecord(input) ? String(input['text']) : '';
    socket.send(
      JSON.stringify({
        category: 'scene',
        kind: 'request',
        name: 'conversationResponse',
        transaction: message.transaction,
        body: { input, output: { text: think(question, memory).text }, variables: {} },
      }),
    );
  });
}
