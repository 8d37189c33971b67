import * as client from 'perso-interactive-sdk-web/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Troubled, type TroubleCode } from '@/lib/broker/trouble';
import { AppError, type ErrorCode } from '@/lib/errors';
import { noticeFor } from '@/lib/panel/remedy';
import {
  answerFailure,
  endingOf,
  hearingFailure,
  openingFailure,
} from '@/lib/providers/perso/failures';
import { t } from '@/lib/words';
import { companyOf, nova } from '@/tests/contract/company';
import { startStub, type Stub } from '@/tests/contract/broker/stub';
import { noService } from '@/tests/contract/nobody';

/*
 * Every failure the notes on the wire name: what it is called by the vendor, what the reader reads,
 * and the one button that mends it. A voice that could not be made (`TTSError`, a sound that was not
 * taken) is no failure to read of: the service then speaks by itself (`faults.test.ts`).
 */
const { ApiError, LLMError, LLMStreamingResponseError, STTError, TTSDecodeError, TTSError } =
  client;

const again = 'Try again';
const other = 'Pick another';

/** The sentence and the button, and nothing of the vendor's words. */
function shown(error: AppError, isLive: boolean) {
  const notice = noticeFor(error, {
    choice: companyOf({ first: { ...nova, provider: 'perso' } }),
    service: noService,
    isLive,
    isOffline: false,
    again: () => undefined,
    pick: () => undefined,
    standIn: () => undefined,
  });
  return { text: notice?.text, button: notice?.action?.label ?? null };
}

function isRead(error: AppError, code: ErrorCode, button: string | null, isLive: boolean): void {
  expect(error.code).toBe(code);
  const read = shown(error, isLive);
  expect(read).toEqual({ text: t(`error.${code}`), button });
  expect(read.text).toMatch(/\w+.*\.$/u);
  expect(read.text).not.toContain('vendor words');
}

const api = (status: number, code: string) => new ApiError(status, code, 'vendor words');
const timeout = () => new AppError('provider_timeout');

/** What `termination_reason` the service gives of the session. */
let reason: string | null = null;
let stub: Stub;
beforeAll(async () => {
  stub = await startStub(() => ({ body: { session_id: 'sid', termination_reason: reason } }));
});
afterAll(() => stub.stop());

const session = () => ({ sessionId: 'sid', apiServer: stub.url });

const opening: [string, unknown, ErrorCode, string, (string | null)?][] = [
  ['ApiError 400', api(400, 'invalid'), 'vendor_failed', again],
  ['ApiError 401', api(401, 'not_authenticated'), 'vendor_refused', other],
  ['ApiError 402', api(402, 'payment_required'), 'vendor_quota', other],
  ['ApiError 403', api(403, 'permission_denied'), 'vendor_refused', other],
  ['ApiError 404', api(404, 'not_found'), 'vendor_expired', again],
  ['ApiError 429', api(429, 'throttled'), 'vendor_busy', again],
  ['ApiError 500', api(500, 'error'), 'vendor_failed', again],
  ['ApiError 503', api(503, 'unavailable'), 'vendor_busy', again],
  ['ApiError without a word', api(500, 'UNKNOWN_ERROR'), 'vendor_failed', again],
  ['does_not_exist', api(400, 'does_not_exist'), 'vendor_expired', again],
  [
    'MAX_ACTIVE_SESSION_QUOTA_EXCEEDED',
    api(400, 'MAX_ACTIVE_SESSION_QUOTA_EXCEEDED'),
    'vendor_busy',
    again,
  ],
  [
    'MAX_MIN_PER_SESSION_QUOTA_EXCEEDED',
    api(400, 'MAX_MIN_PER_SESSION_QUOTA_EXCEEDED'),
    'vendor_quota',
    other,
  ],
  [
    'TOTAL_MIN_PER_MONTH_QUOTA_EXCEEDED',
    api(400, 'TOTAL_MIN_PER_MONTH_QUOTA_EXCEEDED'),
    'vendor_quota',
    other,
  ],
  // A call that fails since the session is over says less than the session.
  ['GRACEFUL_TERMINATION', api(400, 'invalid'), 'vendor_expired', again, 'GRACEFUL_TERMINATION'],
  [
    'SESSION_EXPIRED_BEFORE_CONNECTION',
    api(400, 'invalid'),
    'vendor_expired',
    again,
    'SESSION_EXPIRED_BEFORE_CONNECTION',
  ],
  [
    'the quota as the end of it',
    api(400, 'invalid'),
    'vendor_quota',
    other,
    'TOTAL_MIN_PER_MONTH_QUOTA_EXCEEDED',
  ],
  ['the timeout that has no class', new Error('WebRTC connection timeout'), 'vendor_media', again],
  [
    'InvalidStateError of Firefox',
    new DOMException('Peer connection is closed', 'InvalidStateError'),
    'vendor_media',
    again,
  ],
  ['SyntaxError', new SyntaxError('Unexpected token <'), 'vendor_failed', again],
  ['TypeError of a network', new TypeError('Failed to fetch'), 'vendor_unreachable', again],
  ['no answer in time', timeout(), 'vendor_unreachable', again],
  ['an error of tomorrow', new Error('vendor words'), 'vendor_failed', again],
  ['no error at all', 'vendor words', 'vendor_failed', again],
];

describe('a session that cannot be had', () => {
  it.each(opening)('for %s', async (_, thrown, code, button, ends = null) => {
    reason = ends;
    isRead(await openingFailure(thrown, session(), 1000), code, button, false);
  });

  it('for the reader’s own wish is nothing to read of', async () => {
    const error = await openingFailure(new DOMException('', 'AbortError'), session(), 1000);
    expect(error.code).toBe('aborted');
  });

  // What `SessionCreationError` and its kinds are to the vendor's own server half.
  it.each<[string, TroubleCode, string, string]>([
    ['SessionCreationError', 'provider_rejected', t('error.broker_failed'), other],
    ['DoesNotExistError', 'provider_rejected', t('error.broker_failed'), other],
    ['NotInOrganizationError', 'provider_rejected', t('error.broker_failed'), other],
    ['all of them taken', 'provider_busy', t('trouble.provider_busy', [t('trouble.later')]), again],
  ])('by the broker for %s', (_, code, text, button) => {
    expect(shown(new Troubled({ code }), false)).toEqual({ text, button });
  });
});

const answers: [string, unknown, ErrorCode, string][] = [
  ['LLMError of a stream', streamed('the model fell over'), 'vendor_answer', again],
  ['LLMStreamingResponseError', new LLMStreamingResponseError('…'), 'vendor_answer', again],
  ['LLMError 400', new LLMError(api(400, 'invalid')), 'vendor_answer', again],
  ['LLMError 401', new LLMError(api(401, 'not_authenticated')), 'vendor_refused', other],
  ['LLMError 404', new LLMError(api(404, 'does_not_exist')), 'vendor_expired', again],
  ['LLMError 429', new LLMError(api(429, 'throttled')), 'vendor_busy', again],
  ['LLMError 500', new LLMError(api(500, 'error')), 'vendor_answer', again],
  [
    'LLMError of the quota',
    new LLMError(api(403, 'TOTAL_MIN_PER_MONTH_QUOTA_EXCEEDED')),
    'vendor_quota',
    other,
  ],
  ['SyntaxError', new SyntaxError('Unexpected token <'), 'vendor_answer', again],
  ['TypeError of a network', new TypeError('network error'), 'vendor_answer', again],
  ['no word in time', timeout(), 'vendor_silent', again],
];

describe('a question that is not answered', () => {
  it.each(answers)('for %s', (_, thrown, code, button) => {
    isRead(answerFailure(thrown), code, button, true);
  });
});

const hearings: [string, unknown, ErrorCode, string | null][] = [
  ['STTError 400', new STTError(api(400, 'invalid')), 'ears_silent', null],
  ['STTError 500', new STTError(api(500, 'error')), 'ears_silent', null],
  ['STTError 401', new STTError(api(401, 'not_authenticated')), 'vendor_refused', other],
  [
    'STTError of the quota',
    new STTError(api(403, 'MAX_MIN_PER_SESSION_QUOTA_EXCEEDED')),
    'vendor_quota',
    other,
  ],
  ['SyntaxError', new SyntaxError('Unexpected token <'), 'ears_silent', null],
  ['TypeError of a network', new TypeError('Failed to fetch'), 'ears_silent', null],
  ['no answer in time', timeout(), 'ears_silent', null],
];

describe('words that are not understood', () => {
  it.each(hearings)('for %s', (_, thrown, code, button) => {
    isRead(hearingFailure(thrown), code, button, true);
  });
});

describe('a session that ends', () => {
  it.each<[string | null, ErrorCode, string]>([
    ['SESSION_EXPIRED_BEFORE_CONNECTION', 'vendor_expired', again],
    ['SESSION_LOST_AFTER_CONNECTION', 'vendor_lost', again],
    ['SESSION_MISC_ERROR', 'vendor_failed', again],
    ['MAX_ACTIVE_SESSION_QUOTA_EXCEEDED', 'vendor_busy', again],
    ['TOTAL_MIN_PER_MONTH_QUOTA_EXCEEDED', 'vendor_quota', other],
    ['A_REASON_OF_TOMORROW', 'vendor_lost', again],
    [null, 'vendor_lost', again],
  ])('for %s', async (why, code, button) => {
    reason = why;
    const ending = await endingOf(session(), false, 1000);
    if (ending.by !== 'error') throw new Error(`by ${ending.by}`);
    isRead(ending.error, code, button, false);
  });

  it.each<[string, boolean, object]>([
    ['GRACEFUL_TERMINATION', false, { by: 'avatar' }],
    ['MAX_MIN_PER_SESSION_QUOTA_EXCEEDED', false, { by: 'limit' }],
    // It says so of what we gave up ourselves.
    ['GRACEFUL_TERMINATION', true, { by: 'error', error: { code: 'vendor_lost' } }],
  ])('as it should: %s', async (why, isOpen, ending) => {
    reason = why;
    expect(await endingOf(session(), isOpen, 1000)).toMatchObject(ending);
  });
});

it('leaves out none of the vendor’s classes', () => {
  const classes = Object.values(client).filter(
    (one): one is typeof ApiError => typeof one === 'function' && one.prototype instanceof Error,
  );
  const thrown = [...opening, ...answers, ...hearings].map(([, thrown]) => thrown);
  const missing = classes.filter((one) => !thrown.some((error) => error instanceof one));
  expect(new Set(missing)).toEqual(new Set([TTSDecodeError, TTSError]));
});

function streamed(why: string) {
  return new LLMError(new LLMStreamingResponseError(why));
}
