/** Resolves once it is gone. */
export function closed(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.readyState === WebSocket.CLOSED) resolve();
    else socket.addEventListener('close', () => resolve(), { once: true });
  });
}
