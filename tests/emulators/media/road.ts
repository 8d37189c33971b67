import { createSocket, type Socket } from 'node:dgram';

/** The network between a peer and its client, where it can be cut and mended. */
export interface Road {
  /** Our description or candidate, with toll-gates of the road in place of our own ports. */
  lead(text: string): Promise<string>;
  /** From now on nothing gets through, and nobody is told. */
  cut(): void;
  mend(): void;
  close(): void;
}

/**
 * Datagrams go through a socket of ours for every port of the peer, each way unchanged. It takes
 * UDP over IPv4 only; all other candidates are left out, or there would be a way around.
 */
export function createRoad(): Road {
  const gates = new Map<string, Promise<number>>();
  const sockets: Socket[] = [];
  let [open, closed] = [true, false];

  const bound = async (address: string): Promise<Socket> => {
    const socket = createSocket('udp4');
    sockets.push(socket);
    // Such as "connection refused" from a client that is gone: a datagram lost, no more.
    socket.on('error', () => undefined);
    await new Promise<void>((resolve) => {
      socket.bind(0, address, resolve);
    });
    return socket;
  };
  /** The port that stands for one of the peer's. */
  const gate = async (address: string, port: number): Promise<number> => {
    const outer = await bound(address);
    const inner = new Map<string, Promise<Socket>>();
    outer.on('message', (packet, from) => {
      const key = `${from.address}:${from.port}`;
      const way = inner.get(key) ?? bound(address);
      if (!inner.has(key)) {
        inner.set(key, way);
        void way.then((socket) =>
          socket.on('message', (back) => {
            if (open && !closed) outer.send(back, from.port, from.address);
          }),
        );
      }
      void way.then((socket) => {
        if (open && !closed) socket.send(packet, port, address);
      });
    });
    return outer.address().port;
  };
  const led = async (line: string): Promise<string | null> => {
    const found = /^(.*candidate:\S+ \d+) udp (\d+) ([\d.]+) (\d+) typ host(.*)$/u.exec(line);
    if (!found) return null;
    const [, head = '', priority = '', address = '', port = '', rest = ''] = found;
    const key = `${address}:${port}`;
    const known = gates.get(key) ?? gate(address, Number(port));
    gates.set(key, known);
    return `${head} udp ${priority} ${address} ${await known} typ host${rest}`;
  };

  return {
    async lead(text) {
      const lines = text.split('\r\n').map(async (line) => (named(line) ? led(line) : line));
      return (await Promise.all(lines)).filter((line) => line !== null).join('\r\n');
    },
    cut() {
      open = false;
    },
    mend() {
      open = true;
    },
    close() {
      closed = true;
      sockets.splice(0).forEach((socket) => socket.close());
    },
  };
}

function named(line: string): boolean {
  return /^(?:a=)?candidate:/u.test(line);
}

/** The client's description without its candidates: the peer is to answer along the road. */
export function withoutCandidates(sdp: string): string {
  return sdp
    .split('\r\n')
    .filter((line) => !/^a=(?:candidate:|end-of-candidates)/u.test(line))
    .join('\r\n');
}
