import type { WebSocket } from 'ws';

/** What nobody expects before a session has begun. */
export function oddBefore(socket: WebSocket): void {
  for (const text of ['{', 'null', '[]', '"?"', '{"category":"webrtc"}']) socket.send(text);
  event(socket, 'webrtc', 'weather', { rain: true });
  event(socket, 'stars', 'shine', {});
}

/** What the client's own handler trips over, so that nobody hears of the rest of the message. */
export function oddDuring(socket: WebSocket): void {
  for (const text of ['', '{', 'null', '{"category":"scene","name":"state"}']) socket.send(text);
  event(socket, 'scene', 'state', { persona: null });
  event(socket, 'scene', 'state', { persona: { 1: null } });
  event(socket, 'scene', 'state', { statistics: 'x'.repeat(1_000_000) });
  event(socket, 'scene', 'recognizeResults', { status: 1, results: 'none' });
  event(socket, 'scene', 'recognizeResults', { status: 0, results: [{ final: false }, null] });
  event(socket, 'scene', 'conversationResult', { personaId: 1 });
  event(socket, 'scene', 'speechMarker', { personaId: 1, name: 'showcards' });
  event(socket, 'scene', 'speechMarker', {
    personaId: 1,
    name: 'showcards',
    arguments: ['nobody'],
  });
  event(socket, 'scene', 'speechMarker', { personaId: 1, name: 'cinematic', arguments: [] });
  event(socket, 'scene', 'demoMode', 'on');
  event(socket, 'scene', 'activation', { joy: 0.3 });
  event(socket, 'scene', 'weather', { rain: true });
}

function event(socket: WebSocket, category: string, name: string, body: unknown): void {
  socket.send(JSON.stringify({ category, kind: 'event', name, body }));
}
