import {
  ApiError,
  ChatState,
  ChatTool,
  LLMError,
  LLMStreamingResponseError,
  STTError,
  TTSDecodeError,
  TTSError,
  TTS_TARGET_SAMPLE_RATE,
  createSession,
  getSessionInfo,
  type LLMStreamChunk,
  type Session,
} from 'perso-interactive-sdk-web/client';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createPersoSession, startPerso, type Perso } from '@/tests/vendors/perso/perso';
import { until } from '@/tests/vendors/until';

/*
 * The documented surface, as far as the adapter stands on it. Runs on whichever client is behind
 * the name: ours, or the vendor's package (`VISAVIS_PERSO_SDK=<its directory>`).
 */
let perso: Perso;
const open: Session[] = [];

beforeAll(async () => {
  perso = await startPerso();
});
afterEach(async () => {
  for (const session of open.splice(0)) session.stopSession();
  expect(await perso.unknown()).toEqual([]);
  await perso.reset();
});
afterAll(() => perso.stop());

async function connect(clientTools: ChatTool[] = []): Promise<Session> {
  const session = await createSession({
    sessionId: await createPersoSession(perso),
    width: 320,
    height: 240,
    clientTools,
    apiServer: `${perso.address}//`,
  });
  open.push(session);
  return session;
}

async function all(stream: AsyncIterable<LLMStreamChunk>): Promise<LLMStreamChunk[]> {
  const chunks: LLMStreamChunk[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

/** Why the answer failed. */
function causeIn(chunk: LLMStreamChunk | undefined): Error | null {
  const error = chunk?.type === 'error' ? chunk.error : null;
  return error instanceof LLMError ? error.underlyingError : null;
}

const said = async (what: string) =>
  (await perso.told()).filter((one) => one.what === what).map(({ body }) => body);

it('asks for the session, the relays and the exchange, in that order, then says its size', async () => {
  const session = await connect();
  await until('its size', async () => (await said('channel change-size')).length > 0);
  const calls = (await perso.told()).map(({ what }) => what);
  expect(calls.slice(1)).toEqual([
    'GET session/',
    'GET session/ice-servers/',
    'POST session/exchange/',
    'channel change-size',
  ]);
  expect(await said('channel change-size')).toEqual([{ width: 320, height: 240 }]);
  expect(session.getSessionId()).toMatch(/./u);
});

it('shows the stream: pictures and sound arrive', async () => {
  const session = await connect();
  const video = document.createElement('video');
  video.muted = true;
  video.autoplay = true;
  session.setSrc(video);
  await until('a picture', () => video.videoWidth > 0 && video.currentTime > 0);
  expect(
    session
      .getRemoteStream()
      ?.getTracks()
      .map(({ kind }) => kind)
      .sort(),
  ).toEqual(['audio', 'video']);
  video.srcObject = null;
});

it('tells what the session is, and how it ended', async () => {
  const session = await connect();
  const ask = () => getSessionInfo({ sessionId: session.getSessionId(), apiServer: perso.address });
  await until('it to be under way', async () => (await ask()).status === 'IN_PROGRESS');
  session.stopSession();
  await until('its end', async () => (await ask()).status === 'TERMINATED');
  expect((await ask()).termination_reason).toBe('GRACEFUL_TERMINATION');
});

it('says that it closed, and whether by us', async () => {
  const session = await connect();
  const closes: boolean[] = [];
  session.onClose((byUs) => closes.push(byUs));
  session.stopSession();
  expect(closes).toEqual([true]);
});

it('streams an answer as a text that grows, and remembers it', async () => {
  const session = await connect();
  const chunks = await all(session.processLLM({ message: 'Good morning.' }));
  const texts = chunks.map((chunk) => (chunk.type === 'message' ? chunk.message : ''));
  for (const [i, text] of texts.entries()) expect(text.startsWith(texts[i - 1] ?? '')).toBe(true);
  expect(chunks.at(-1)).toMatchObject({ type: 'message', finish: true });
  expect(texts.at(-1)).toBe('You asked: Good morning.');
  expect(session.getMessageHistory()).toMatchObject([
    { role: 'user', content: 'Good morning.' },
    { role: 'assistant', content: 'You asked: Good morning.' },
  ]);
});

it('runs a tool and tells the model what it gave', async () => {
  const session = await connect();
  const tool = new ChatTool('read_page', 'Reads', { type: 'object' }, () => ({ text: 'Corals.' }));
  const chunks = await all(session.processLLM({ message: 'Read this page', tools: [tool] }));
  expect(chunks.map(({ type }) => type).slice(0, 2)).toEqual(['tool_call', 'tool_result']);
  expect(chunks.at(-1)).toMatchObject({ message: expect.stringContaining('I found: Corals.') });
});

it('leaves the service’s own tools to it', async () => {
  const session = await connect();
  const chunks = await all(session.processLLM({ message: 'How is the weather?' }));
  expect(chunks.at(-1)).toMatchObject({ message: 'The weather tool says rain.', finish: true });
});

it('gives up on a model that only calls tools, after ten requests', async () => {
  await perso.turn({ llm: 'loops' });
  const tool = new ChatTool('read_page', 'Reads', { type: 'object' }, () => ({ text: 'Corals.' }));
  const session = await connect([tool]);
  const chunks = await all(session.processLLM({ message: 'Read' }));
  expect(chunks.at(-1)).toMatchObject({ type: 'error' });
  expect(await said('POST session/llm/v2/')).toHaveLength(10);
});

it('tells the model why a tool failed', async () => {
  const tool = new ChatTool('read_page', 'Reads', { type: 'object' }, () => {
    throw new Error('torn');
  });
  const session = await connect([tool]);
  const chunks = await all(session.processLLM({ message: 'Read this page' }));
  expect(chunks.find(({ type }) => type === 'tool_result')).toMatchObject({
    result: { error: 'torn' },
  });
});

it.each(['split', 'unfinished'] as const)('understands an answer that is %s', async (llm) => {
  await perso.turn({ llm });
  const session = await connect();
  const chunks = await all(session.processLLM({ message: 'Hello' }));
  const text = llm === 'split' ? 'Größe 漢字.' : 'You asked: Hello.';
  expect(chunks.at(-1)).toMatchObject({ message: text, finish: true });
});

it('says with its own errors that an answer failed, and keeps nothing of it', async () => {
  const session = await connect();
  await perso.turn({ llm: 'fails' });
  const failed = (await all(session.processLLM({ message: 'Hello' }))).at(-1);
  expect(causeIn(failed)).toBeInstanceOf(LLMStreamingResponseError);
  await perso.turn({ llm: 'refuses' });
  const refused = (await all(session.processLLM({ message: 'Hello' }))).at(-1);
  expect(causeIn(refused)).toBeInstanceOf(ApiError);
  expect(causeIn(refused)).toMatchObject({
    errorCode: 400,
    code: 'invalid',
    message: '400:No such message',
  });
  expect(session.getMessageHistory()).toEqual([]);
});

it('throws at a page that is no answer, and at an answer that breaks off', async () => {
  const session = await connect();
  await perso.turn({ llm: 'html' });
  await expect(all(session.processLLM({ message: 'Hello' }))).rejects.toBeInstanceOf(SyntaxError);
  await perso.turn({ llm: 'cut' });
  await expect(all(session.processLLM({ message: 'Hello' }))).rejects.toBeInstanceOf(TypeError);
  await expect(all(session.processLLM({ message: '' }))).rejects.toThrow();
});

it('stops an answer when told to', async () => {
  await perso.turn({ llm: 'endless' });
  const session = await connect();
  const stop = new AbortController();
  const reading = (async () => {
    for await (const chunk of session.processLLM({ message: 'Talk', signal: stop.signal })) {
      if (chunk.type === 'message') stop.abort();
    }
  })();
  await reading.catch((error: unknown) => expect(error).toMatchObject({ name: 'AbortError' }));
  await until('the call to end', async () => !(await perso.running()).includes('a call'));
});

it('has a sentence spoken, and the avatar say it', async () => {
  const session = await connect();
  const states: string[][] = [];
  session.subscribeChatStates((now) => states.push([...now]));
  const speech = await session.processTTS('Hello there 🙂', { resample: true });
  expect(speech?.type).toBe('audio/wav');
  const head = new DataView((await speech?.arrayBuffer()) ?? new ArrayBuffer(44));
  expect([head.getUint16(22, true), head.getUint32(24, true), head.getUint16(34, true)]).toEqual([
    1,
    TTS_TARGET_SAMPLE_RATE,
    16,
  ]);
  await perso.turn({ speech: 0.2 });
  await session.processSTF(speech ?? new Blob(), undefined, 'Hello there.');
  await until('it to speak', () => states.some((now) => now.includes(ChatState.SPEAKING)));
  expect(await said('POST session/tts/')).toEqual([{ text: 'Hello there.' }]);
  expect(await said('channel stf')).toMatchObject([{ message: 'Hello there.', format: 'wav' }]);
  await session.clearBuffer();
  expect(states.at(-1)).toEqual([]);
});

it('gives a large sound in pieces', async () => {
  const session = await connect();
  const speech = await session.processTTS('One long sentence about nothing at all.');
  const padded = new Blob([speech ?? '', new Uint8Array(1_000_000)], { type: 'audio/wav' });
  await session.processSTF(padded, 'wav', 'Long.');
  expect(await said('channel file')).toEqual([{ bytes: padded.size }]);
});

it('tells the error handler why nothing was spoken', async () => {
  const session = await connect();
  const errors: Error[] = [];
  session.setErrorHandler((error) => errors.push(error));
  await perso.turn({ tts: 'fails' });
  expect(await session.processTTS('Hello')).toBeUndefined();
  await perso.turn({ tts: 'undecodable' });
  expect(await session.processTTS('Hello')).toBeUndefined();
  const causes = errors.map((error) => (error instanceof TTSError ? error.underlyingError : null));
  expect(causes[0]).toBeInstanceOf(ApiError);
  expect(causes[1]).toBeInstanceOf(TTSDecodeError);
});

it('has words spoken by the service itself, and writes them down', async () => {
  const session = await connect();
  const logs: string[][] = [];
  session.subscribeChatLog((log) => logs.push(log.map(({ text }) => text)));
  session.processTTSTF('Welcome.');
  await until('the words', async () => (await said('channel ttstf')).length > 0);
  expect(logs.at(-1)).toEqual(['Welcome.']);
});

it('understands what was recorded', async () => {
  const session = await connect();
  const speech = await session.processTTS('What is this page about?');
  const file = new File([speech ?? ''], 'recording.wav', { type: 'audio/wav' });
  expect(await session.transcribeAudio(file)).toBe('what is this page about');
  expect(await said('heard')).toMatchObject([{ rate: 16_000 }]);
  await perso.turn({ stt: 'fails' });
  await expect(session.transcribeAudio(file)).rejects.toBeInstanceOf(STTError);
});

it('notes an event for the operator', async () => {
  const session = await connect();
  await session.logSessionEvent({ page: 1 });
  expect(await said('POST session/event/create/')).toEqual([
    { detail: '{"page":1}', event: 'SESSION_LOG' },
  ]);
});

it('answers a chat, and has every piece spoken', async () => {
  const session = await connect();
  await session.processChat('Good evening.');
  await until('the words', async () => (await said('channel ttstf')).length > 0);
  expect(await said('channel ttstf')).toEqual([{ message: 'You asked: Good evening.' }]);
});

it('keeps a session without an avatar alive by calls', async () => {
  await perso.turn({ capability: ['LLM', 'TTS'] });
  const session = await connect();
  expect(session.perso).toBeNull();
  expect(await said('POST session/event/create/')).toEqual([
    { detail: '', event: 'SESSION_START' },
  ]);
});
