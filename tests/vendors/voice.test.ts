import { expect, it } from 'vitest';

it('runs in a real browser that can do WebRTC', () => {
  const peer = new RTCPeerConnection();
  expect(peer.connectionState).toBe('new');
  peer.close();
});
