import type { Trouble, TroubleCode } from '@/lib/broker/trouble';
import { t } from '@/lib/words';

/** What an operator has to know of us. */
export interface Ours {
  /** `chrome-extension://…`, or Firefox's, which is another in every profile. */
  readonly origin: string;
  /** Where an identity provider sends the reader back to; null while we may not know. */
  readonly redirect: string | null;
}

/** What happened, and the exact thing to do. */
export function sentenceFor(trouble: Trouble, ours: Ours): string {
  const { code } = trouble;
  if (code === 'sign_in_failed')
    return t('trouble.sign_in_failed', [ours.redirect ?? '', ours.origin]);
  return t(`trouble.${code}`, [substitutes[code]?.(trouble, ours) ?? '']);
}

/** What stands for the `$1` of those sentences that have one. */
const substitutes: Partial<Record<TroubleCode, (trouble: Trouble, ours: Ours) => string>> = {
  cors_blocked: (_, { origin }) => origin,
  forbidden_origin: (_, { origin }) => origin,
  server_error: ({ status = 0 }) => String(status),
  unexpected_status: ({ status = 0 }) => String(status),
  quota_exceeded: when,
  rate_limited: when,
  provider_busy: when,
  unavailable: when,
  address_http: about,
  unreachable: about,
  timeout: about,
  tls_plain: about,
  redirected: about,
  off_contract: about,
  version_unsupported: about,
};

function about({ about = '' }: Trouble): string {
  return about;
}

function when({ again }: Trouble): string {
  if (again === undefined) return t('trouble.later');
  const day = new Date(again).toDateString() === new Date().toDateString() ? {} : named;
  return t('trouble.at', [new Intl.DateTimeFormat(undefined, { ...day, ...time }).format(again)]);
}

const time = { timeStyle: 'medium' } as const;
const named = { dateStyle: 'medium' } as const;
