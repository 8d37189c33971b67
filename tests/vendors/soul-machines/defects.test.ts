import { Persona, Scene, type SceneOptions } from '@soulmachines/smwebsdk';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  onTestFinished,
  vi,
} from 'vitest';
import type { SoulMachinesControls } from '@/tests/emulators/soul-machines/soul-machines';
import {
  avatar,
  closeAvatars,
  grantFrom,
  keyOf,
  type Emulated,
} from '@/tests/vendors/soul-machines/avatar';
import { until } from '@/tests/vendors/until';
import { hide } from '@/tests/vendors/soul-machines/hidden';
import { watchLeftovers, type Leftovers } from '@/tests/vendors/soul-machines/leftovers';
import { startVendor } from '@/tests/vendors/vendor';

/*
 * What is wrong with the SDK, shown on the SDK alone, and beside it that our adapter does not
 * suffer from it. When a new version mends something, the first of a pair fails: then the way
 * around it can go.
 */
let vendor: Emulated;
let leftovers: Leftovers;
beforeAll(async () => {
  vendor = await startVendor<SoulMachinesControls>('soul-machines');
});
beforeEach(() => {
  leftovers = watchLeftovers();
});
afterEach(async () => {
  await closeAvatars();
  leftovers.stop();
  expect(await vendor.unknown()).toEqual([]);
  await vendor.reset();
  sessionStorage.clear();
});
afterAll(() => vendor.stop());

/** The SDK as its guide says, but for devices. */
async function bare(options: Partial<SceneOptions> = {}) {
  const video = document.createElement('video');
  document.body.append(video);
  const scene = new Scene({
    videoElement: video,
    requestedMediaDevices: {},
    requiredMediaDevices: {},
    tracerOptions: { disableTracing: true } as never,
    ...options,
  });
  onTestFinished(() => {
    scene.disconnect();
    video.remove();
  });
  const response = await fetch(`${vendor.address}/token`);
  const { url, jwt } = (await response.json()) as { url: string; jwt: string };
  const connect = () => scene.connect({ tokenServer: { uri: url, token: jwt } });
  return { scene, video, connect };
}

const pending = async (promise: Promise<unknown>, ms: number) => {
  const late = new Promise((resolve) => setTimeout(() => resolve('pending'), ms));
  return (
    (await Promise.race([
      promise.then(
        () => 'settled',
        () => 'settled',
      ),
      late,
    ])) === 'pending'
  );
};
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('a socket that drops', () => {
  it('is nothing the SDK tells of', async () => {
    const { scene, connect } = await bare();
    await connect();
    const told: unknown[] = [];
    scene.onDisconnectedEvent.addListener((...said: unknown[]) => told.push(said));
    await vendor.turn({ now: { do: 'drop' } });
    await until('the socket being closed', () => !scene.isConnected());
    await pause(300);
    expect(told).toEqual([]);
    expect(scene.connectionState.getConnectionState().name).toBe('Connected');
  });

  it('ends our session', async () => {
    const subject = avatar(await grantFrom(vendor));
    await subject.open();
    await vendor.turn({ now: { do: 'drop' } });
    await until('its end', () => subject.of('ended').length > 0);
  });
});

describe('silence while connecting', () => {
  it.each<[string, Partial<SoulMachinesControls>]>([
    ['it is closed cleanly', { closeAt: { stage: 'open', code: 1008 } }],
    ['nothing is said', { silentAt: 'open' }],
    ['media find no way', { media: 'unreachable' }],
  ])('keeps the SDK waiting for ever when %s', async (_, knobs) => {
    await vendor.turn(knobs);
    const { connect } = await bare();
    expect(await pending(connect(), 1000)).toBe(true);
  });

  it('is refused by us, at once where it was closed', async () => {
    await vendor.turn({ closeAt: { stage: 'open', code: 1008 } });
    await expect(avatar(await grantFrom(vendor)).open()).rejects.toMatchObject({
      code: 'vendor_refused',
    });
  });
});

describe('a request that is never answered', () => {
  it('stays pending in the SDK, even after a disconnect', async () => {
    await vendor.turn({ mute: true });
    const { scene, connect } = await bare();
    await connect();
    const request = new Persona(scene, 1).conversationSetVariables({ a: '1' });
    scene.disconnect();
    expect(await pending(request, 300)).toBe(true);
  });
  // Ours: `faults.test.ts`.
});

describe('nobody being free', () => {
  it('makes the SDK knock again and again with the same token', async () => {
    await vendor.turn({ refuseAt: { stage: 'open', reason: 'noScene' } });
    const { connect } = await bare();
    void connect().catch(() => undefined);
    await until('a fourth time', () => leftovers.sockets.length > 3);
    await vendor.turn({ refuseAt: null });
    await until('the end of it', async () => (await vendor.running()).includes('peer'));
  });
  // Ours: `opening.test.ts`.
});

describe('telemetry', () => {
  const asked = (calls: readonly unknown[][]) =>
    calls.filter(([address]) => String(address).includes('telemetry'));

  it('is asked for by the SDK, before anything else', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch');
    const { connect } = await bare({ tracerOptions: {} as never });
    await connect();
    expect(asked(fetched.mock.calls)).toHaveLength(1);
    fetched.mockRestore();
  });

  it('is not by us', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch');
    await avatar(await grantFrom(vendor)).open();
    expect(asked(fetched.mock.calls)).toEqual([]);
    fetched.mockRestore();
  });
});

describe('a token server that names no socket', () => {
  it('makes the SDK ask our own origin', async () => {
    const opened = vi.spyOn(XMLHttpRequest.prototype, 'open');
    const { scene } = await bare();
    const tokenServer = { uri: vendor.address, token: 'token' };
    await scene.connect({ tokenServer }).catch(() => undefined);
    expect(opened.mock.calls[0]?.[1]).toContain('/api/jwt');
    opened.mockRestore();
  });
  // Ours: `opening.test.ts`.
});

describe('a panel that is hidden', () => {
  it('is silenced by the SDK', async () => {
    const { connect } = await bare();
    await connect();
    const show = hide();
    await until('silence', async () => {
      return (await vendor.told()).some(({ what }) => what === 'socket scene.stopSpeaking');
    });
    show();
  });
  // Ours: `faults.test.ts`.
});

describe('an address that changes', () => {
  const move = () => {
    const here = location.href;
    history.replaceState(null, '', '/elsewhere');
    onTestFinished(() => history.replaceState(null, '', here));
    // The SDK looks when the document does.
    document.body.append(document.createElement('i'));
  };
  const told = async () =>
    (await vendor.told()).filter(({ body }) => JSON.stringify(body)?.includes('PAGE_METADATA'));

  it('is what the SDK speaks to the avatar of, though it is ours', async () => {
    const { connect } = await bare({ sendMetadata: { pageUrl: true } });
    await connect();
    move();
    await until('it being told', async () => (await told()).length > 0);
  });

  it('is told nobody by us', async () => {
    const subject = avatar(await grantFrom(vendor));
    const connection = await subject.open();
    move();
    await connection.ask('Hello', null);
    await until('an answer', () => subject.of('said').some(({ final }) => final));
    expect(await told()).toEqual([]);
  });
});

describe('a microphone', () => {
  it('is muted by the SDK when the service says so', async () => {
    // It speaks at its own pace: the SDK takes the mute back as soon as it has spoken.
    await vendor.turn({ microphoneMuteDelay: 5000 });
    const { scene, connect } = await bare({ requestedMediaDevices: { microphone: true } });
    await connect();
    const persona = new Persona(scene, 1);
    const session = () => scene.session() as { microphoneMuted: boolean };
    // It mutes when the avatar begins, if its microphone is on its way by then, and not later.
    const asking = setInterval(() => void persona.conversationSend('Hello', {}, {}), 1000);
    onTestFinished(() => clearInterval(asking));
    await until('it being muted', () => session().microphoneMuted);
  });
  // Ours: `session.test.ts`.
});

describe('the queue for a control connection nobody opens', () => {
  const queueOf = (session: unknown) => {
    const { _controlQueue: queue } = session as { _controlQueue: readonly string[] };
    return queue.length;
  };

  it('grows with every message in the SDK alone', async () => {
    const { scene, connect } = await bare();
    await connect();
    await new Persona(scene, 1).conversationSend('Hello', {}, {});
    await until('it growing', () => queueOf(scene.session()) > 2);
  });

  it('stays empty with us', async () => {
    await vendor.turn({ speech: 'quick' });
    let session: unknown;
    const connect = Scene.prototype.connect;
    onTestFinished(() => {
      Scene.prototype.connect = connect;
    });
    // Only to look at what is private.
    Scene.prototype.connect = async function look(this: Scene, options) {
      const connected = await connect.call(this, options as never);
      session = this.session();
      return connected;
    };
    const subject = avatar(await grantFrom(vendor));
    const connection = await subject.open();
    for (let nth = 1; nth <= 3; nth += 1) {
      await connection.ask('Hello', null);
      await until(
        'an answer',
        () => subject.of('said').filter(({ final }) => final).length === nth,
      );
    }
    expect(queueOf(session)).toBe(0);
  });
});

describe('`connected` before there is a track', () => {
  it('never reaches the state of that name in the SDK alone', async () => {
    await vendor.turn({ connectedFirst: true, silentAt: 'connected' });
    const { scene, connect } = await bare();
    await connect();
    expect(scene.connectionState.getConnectionState().name).toBe('ConnectingToDigitalPerson');
  });

  it('opens with us, to the last step', async () => {
    await vendor.turn({ connectedFirst: true, silentAt: 'connected' });
    const subject = avatar(await grantFrom(vendor));
    await subject.open();
    expect(subject.of('progress').at(-1)).toMatchObject({ step: 'media', percent: 100 });
  });
});

describe('an answer that lacks what nobody needs', () => {
  it('is lost by the SDK', async () => {
    await vendor.turn({ odd: true, speech: 'quick' });
    const { scene, connect } = await bare();
    await connect();
    const persona = new Persona(scene, '1');
    const told: unknown[] = [];
    persona.onConversationResultEvent.addListener((...said: unknown[]) => told.push(said));
    await persona.conversationSend('Hello', {}, {});
    await pause(400);
    expect(told).toEqual([]);
  });

  it('is heard by us', async () => {
    await vendor.turn({ odd: true, speech: 'quick' });
    const subject = avatar(await grantFrom(vendor));
    await (await subject.open()).ask('Hello', null);
    await until('its words', () => subject.of('said').some(({ final }) => final));
  });
});

describe('after a disconnect', () => {
  it('the SDK leaves a listener for the window’s size and the picture', async () => {
    const { scene, video, connect } = await bare();
    await connect();
    scene.disconnect();
    expect(leftovers.running()).toContain('a listener: window resize');
    expect(video.srcObject).not.toBe(null);
  });

  it('we leave nothing', async () => {
    const subject = avatar(await grantFrom(vendor));
    const connection = await subject.open();
    const video = subject.stage.querySelector('video');
    expect(video?.srcObject).toBeInstanceOf(MediaStream);
    await connection.close();
    expect(video?.srcObject).toBe(null);
    expect(leftovers.running()).toEqual([]);
  });
});

describe('an API key', () => {
  it('is kept in clear by the SDK, and goes on connecting after a disconnect', async () => {
    await vendor.turn({ resumable: true });
    const credential = keyOf(vendor);
    const key = credential.kind === 'api-key' ? credential.key : '';
    const { scene } = await bare({ apiKey: key });
    await scene.connect();
    expect(sessionStorage.getItem('sm-api-key')).toBe(key);
    scene.disconnect();
    const before = leftovers.sockets.length;
    void scene.connect().catch(() => undefined);
    scene.disconnect();
    await until('another socket', () => leftovers.sockets.length > before);
  });

  it('is kept nowhere by us, and an abort while it is asked opens no socket', async () => {
    await vendor.turn({ resumable: true });
    const grant = await grantFrom(vendor, { credential: keyOf(vendor) });
    const connection = await avatar(grant).open();
    expect(JSON.stringify(sessionStorage)).not.toContain(
      grant.credential.kind === 'api-key' ? grant.credential.key : '?',
    );
    await connection.close();
    const before = leftovers.sockets.length;
    const other = avatar(grant);
    const opening = other.open().catch((error: unknown) => error);
    await Promise.resolve();
    other.controller.abort();
    expect(await opening).toMatchObject({ code: 'aborted' });
    await pause(500);
    expect(leftovers.sockets).toHaveLength(before);
  });
});

describe('a log the service asks for', () => {
  it('is sent up by the SDK, which calls itself without end once the socket is gone', async () => {
    await vendor.turn({ wantsLog: true });
    const { scene, connect } = await bare({
      loggingConfig: { session: { minLogLevel: 'error' }, contentAwareness: {} },
    });
    await connect();
    expect((await vendor.told()).map(({ what }) => what)).toContain('socket diagnostics.log');
    const [socket] = leftovers.sockets;
    if (!socket) throw new Error('There is no socket.');
    // It would throw there as well, for nobody to catch.
    Object.assign(socket, { onclose: null });
    await vendor.turn({ now: { do: 'drop' } });
    await until('the socket being closed', () => socket.readyState === WebSocket.CLOSED);
    expect(() => scene.disconnect()).toThrow(RangeError);
    scene.setLogging(false);
  });

  it('stays here with us', async () => {
    await vendor.turn({ wantsLog: true, microphoneMuteDelay: 200, speech: 'quick' });
    const subject = avatar(await grantFrom(vendor));
    const connection = await subject.open();
    await connection.ask('Hello', null);
    await until('its words', () => subject.of('said').some(({ final }) => final));
    await connection.close();
    const told = (await vendor.told()).map(({ what }) => what);
    expect(told.filter((what) => /diagnostics|telemetry|PAGE/u.test(what))).toEqual([]);
  });
});

describe('a relay that is demanded', () => {
  const turns = [{ urls: 'turns:relay.example:443', username: 'a', credential: 'b' }];

  it('is what we force, whatever the address looks like', async () => {
    const grant = await grantFrom(vendor, { iceServers: turns, forceRelay: true });
    const subject = avatar(grant, { limits: { connect: 1500 } });
    await expect(subject.open()).rejects.toMatchObject({ code: 'vendor_media' });
    const [peer] = leftovers.peers;
    expect(peer?.getConfiguration()).toMatchObject({ iceTransportPolicy: 'relay' });
    const sent = (await vendor.told()).filter(({ what }) => what === 'socket webrtc.ice');
    expect(JSON.stringify(sent)).not.toContain('typ host');
  });
});
