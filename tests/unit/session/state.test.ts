import { expect, it } from 'vitest';
import { AppError } from '@/lib/errors';
import { next, type SessionEvent, type SessionState } from '@/lib/session/state';

const idle: SessionState = { status: 'idle' };
const connecting: SessionState = { status: 'connecting', step: 'grant', percent: null };
const live: SessionState = { status: 'live' };
const reconnecting: SessionState = { status: 'reconnecting' };
const ended: SessionState = { status: 'ended', ending: { by: 'user' } };

const start: SessionEvent = { type: 'start' };
const progress: SessionEvent = { type: 'progress', step: 'media', percent: 40 };
const opened: SessionEvent = { type: 'opened' };
const dropped: SessionEvent = { type: 'dropped' };
const restored: SessionEvent = { type: 'restored' };
const failed: SessionEvent = {
  type: 'ended',
  ending: { by: 'error', error: new AppError('provider_failed') },
};
const lost: SessionState = { status: 'ended', ending: failed.ending };
const further: SessionState = { status: 'connecting', step: 'media', percent: 40 };

it.each([
  {
    event: start,
    from: [idle, connecting, live, reconnecting, ended],
    to: [connecting, connecting, live, reconnecting, connecting],
  },
  {
    event: progress,
    from: [idle, connecting, live, reconnecting, ended],
    to: [idle, further, live, reconnecting, ended],
  },
  {
    event: opened,
    from: [idle, connecting, live, reconnecting, ended],
    to: [idle, live, live, reconnecting, ended],
  },
  {
    event: dropped,
    from: [idle, connecting, live, reconnecting, ended],
    to: [idle, connecting, reconnecting, reconnecting, ended],
  },
  {
    event: restored,
    from: [idle, connecting, live, reconnecting, ended],
    to: [idle, connecting, live, live, ended],
  },
  {
    event: failed,
    from: [idle, connecting, live, reconnecting, ended],
    to: [idle, lost, lost, lost, ended],
  },
])('$event.type leads every state where it should', ({ event, from, to }) => {
  expect(from.map((state) => next(state, event))).toEqual(to);
});
