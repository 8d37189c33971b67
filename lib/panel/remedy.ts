import type { Choice } from '@/lib/avatar/choice';
import type { BrokerService } from '@/lib/panel/service';
import { Troubled, stepOf, type Trouble, type TroubleCode } from '@/lib/broker/trouble';
import { sentenceFor } from '@/lib/broker/words';
import type { AppError } from '@/lib/errors';
import type { Action } from '@/lib/panel/notice';
import { t } from '@/lib/words';

/** What a failure is called, and the one thing that mends it. */
export interface Remedy {
  readonly text: string;
  readonly action: Action | null;
}

export interface Mending {
  readonly choice: Choice;
  readonly service: BrokerService;
  /** Once more, from the beginning. */
  readonly again: () => void;
  /** Shows who else there is. */
  readonly pick: () => void;
}

/** Of an avatar of another maker. Never more than one button: people act on one thing. */
export function remedyFor(error: AppError, mending: Mending): Remedy {
  return error instanceof Troubled
    ? ofTrouble(error, mending)
    : { text: t(`error.${error.code}`, [mending.choice.current.peek().name]), action: ofCode(error, mending) };
}

function ofCode({ code }: AppError, { choice, service, again, pick }: Mending): Action | null {
  switch (code) {
    case 'vendor_permission':
      return {
        label: t('remedy.allow'),
        run: () => void choice.allow().then((allowed) => allowed && again()),
      };
    case 'vendor_unknown':
    case 'vendor_unsupported':
    case 'vendor_quota':
    case 'vendor_refused':
      return { label: t('remedy.pick'), run: pick };
    case 'broker_sign_in':
      return { label: t('remedy.signIn'), run: service.settings };
    case 'broker_quota':
      return { label: t('panel.settings'), run: service.settings };
    case 'aborted':
    case 'model_failed':
    case 'provider_timeout':
    case 'provider_failed':
    case 'vendor_unreachable':
    case 'vendor_expired':
    case 'vendor_busy':
    case 'vendor_lost':
    case 'vendor_media':
    case 'vendor_failed':
    case 'vendor_answer':
    case 'vendor_silent':
    case 'page_gone':
    case 'page_forbidden':
    case 'page_unreadable':
    case 'broker_failed':
    case 'storage_full':
    case 'storage_failed':
    case 'unexpected':
      return { label: t('panel.tryAgain'), run: again };
  }
}

function ofTrouble({ trouble, code }: Troubled, mending: Mending): Remedy {
  const { service, again, pick } = mending;
  const says = plain.has(trouble.code);
  const text = says ? sentenceFor(trouble, service.ours()) : t(`error.${code}`);
  return { text, action: actionFor(trouble) };

  function actionFor({ code: why, sessions }: Trouble): Action {
    if (why === 'permission_missing') {
      return {
        label: t('remedy.allow'),
        run: () => void service.allow().then((allowed) => allowed && again()),
      };
    }
    if (why === 'concurrency_limit' && sessions && sessions.length > 0) {
      const others = sessions.map(({ session }) => session);
      return {
        label: t('remedy.endOther'),
        run: () => void service.end(others).then(again, again),
      };
    }
    if (elsewhere.has(why)) return { label: t('remedy.pick'), run: pick };
    if (stepOf[why] === 'auth') return { label: t('remedy.signIn'), run: service.settings };
    if (inSettings.has(why)) return { label: t('panel.settings'), run: service.settings };
    return { label: t('panel.tryAgain'), run: again };
  }
}

/** Their sentence says all, here as in the settings; the others speak of what stands there. */
const plain: ReadonlySet<TroubleCode> = new Set<TroubleCode>([
  'offline',
  'timeout',
  'clock_off',
  'not_entitled',
  'sign_in_expired',
  'quota_exceeded',
  'rate_limited',
  'concurrency_limit',
  'provider_forbidden',
  'provider_busy',
  'unavailable',
  'credential_expired',
]);

/** With this avatar there is nothing the reader could do. */
const elsewhere: ReadonlySet<TroubleCode> = new Set<TroubleCode>([
  'not_entitled',
  'quota_exceeded',
  'provider_forbidden',
  'persona_not_found',
  'provider_rejected',
]);

const inSettings: ReadonlySet<TroubleCode> = new Set<TroubleCode>([
  'unset',
  'no_avatar',
  'concurrency_limit',
  'not_found',
  'redirected',
  'cors_blocked',
  'forbidden_origin',
  'local_network_blocked',
  'tls_plain',
  'html',
  'not_json',
  'too_long',
  'off_contract',
  'version_unsupported',
  'clock_off',
]);
