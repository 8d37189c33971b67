import { randomUUID } from 'node:crypto';
import type { Desk } from './desk.ts';
import type { InworldKnobs } from './knobs.ts';

/** A message no client should have to expect. */
export function odd(kind: InworldKnobs['odd'][number], { socket, send }: Desk): void {
  switch (kind) {
    case 'malformed':
      socket.send('{"result": {"packetId"');
      return;
    case 'neither':
      socket.send(JSON.stringify({ hello: 'there' }));
      return;
    case 'null':
      socket.send('null');
      return;
    case 'idless':
      send({ text: { text: 'Nobody knows whose this is.', final: true, sourceType: 'GENERATED' } });
      return;
    case 'huge':
      send({
        packetId: { packetId: randomUUID() },
        timestamp: new Date().toISOString(),
        routing: { source: { type: 'WORLD' } },
        log: { text: 'x'.repeat(1_000_000), level: 'INFO' },
      });
      return;
    case 'unknown':
      send({
        packetId: { packetId: randomUUID() },
        timestamp: new Date().toISOString(),
        routing: { source: { type: 'WORLD' } },
        weather: { wind: 'north-west, 7' },
      });
  }
}
