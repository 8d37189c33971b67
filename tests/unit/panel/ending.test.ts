import { expect, it } from 'vitest';
import { Troubled, type TroubleCode } from '@/lib/broker/trouble';
import { AppError, type ErrorCode } from '@/lib/errors';
import { reasonOf } from '@/lib/panel/ending';
import { hintFor, stateLine } from '@/lib/panel/lines';
import type { Ending } from '@/lib/session/provider';

const failed = (code: ErrorCode): Ending => ({ by: 'error', error: new AppError(code) });
const troubled = (code: TroubleCode): Ending => ({
  by: 'error',
  error: new Troubled({ code }),
});

it.each<[Ending, boolean, string]>([
  [{ by: 'user' }, true, 'user'],
  [{ by: 'avatar' }, true, 'avatar'],
  [{ by: 'limit' }, true, 'limit'],
  [{ by: 'idle' }, true, 'idle'],
  [{ by: 'moved' }, true, 'moved'],
  [{ by: 'policy' }, true, 'policy'],
  [failed('vendor_unreachable'), true, 'network'],
  [failed('vendor_lost'), true, 'network'],
  [failed('vendor_media'), true, 'network'],
  [failed('provider_timeout'), true, 'network'],
  [troubled('offline'), true, 'network'],
  [troubled('unreachable'), true, 'network'],
  [failed('vendor_busy'), true, 'vendor'],
  [failed('vendor_failed'), true, 'vendor'],
  [troubled('quota_exceeded'), true, 'vendor'],
  [failed('provider_failed'), false, 'error'],
])('%o is told as %s → %s', (ending, abroad, reason) => {
  expect(reasonOf(ending, abroad)).toBe(reason);
});

it('every reason has a line and a sentence of its own', () => {
  const company = {
    name: 'Nova',
    abroad: true,
    seconds: null,
    slow: false,
    strange: false,
    offline: false,
    ear: 'off' as const,
    idleMinutes: 3,
  };
  const endings: Ending[] = [
    ...(['user', 'avatar', 'limit', 'idle', 'moved', 'policy'] as const).map((by) => ({ by })),
    failed('vendor_lost'),
    failed('vendor_busy'),
  ];
  const states = endings.map((ending) => ({ status: 'ended', ending }) as const);
  const hints = states.map((state) => hintFor(state, { kind: 'none' }, company));
  const lines = states.map((state) => stateLine(state, 'quiet', false, company));
  expect(new Set(hints).size).toBe(hints.length);
  expect(new Set(lines).size).toBe(lines.length);
  expect(hints.join('\n')).toContain('Nothing was said for 3 min');
  for (const words of [...hints, ...lines]) expect(words).not.toMatch(/\$\d|^$/u);
});
