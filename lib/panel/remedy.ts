import { ownKeySentence } from '@/lib/avatar/own';
import type { Choice } from '@/lib/avatar/choice';
import type { BrokerService } from '@/lib/panel/service';
import { Troubled, stepOf, type Trouble, type TroubleCode } from '@/lib/broker/trouble';
import { sentenceFor } from '@/lib/broker/words';
import { isOnTheWay } from '@/lib/panel/ending';
import type { AppError } from '@/lib/errors';
import type { Action, Notice } from '@/lib/panel/notice';
import { t } from '@/lib/words';

/** Who and what can mend a failure. */
export interface Mending {
  readonly choice: Choice;
  readonly service: BrokerService;
  /** A question failed, not the session. */
  readonly isLive: boolean;
  /** There is surely no network. */
  readonly isOffline: boolean;
  /** The failed thing once more; null where that makes no sense. */
  readonly again: (() => void) | null;
  /** Shows who else there is. */
  readonly pick: () => void;
  readonly standIn: () => void;
}

/**
 * What failed with an avatar of another maker: the true reason, the one thing that mends it, and
 * whom to talk to meanwhile. Null for what fails with any avatar.
 */
export function noticeFor(error: AppError, mending: Mending): Notice | null {
  const { choice, isLive, standIn } = mending;
  if (
    choice.current.peek().provider === 'local' ||
    /^(?:page|storage|microphone)_/u.test(error.code)
  )
    return null;
  const remedy =
    error instanceof Troubled
      ? ofTrouble(error, mending)
      : { text: sayCode(error, mending), action: ofCode(error, mending) };
  const instead = { label: t('company.meanwhile'), run: standIn };
  return isLive ? remedy : { ...remedy, instead };
}

const isOwn = (choice: Choice) => choice.current.peek().brokered === null;

/** Whom we could not reach is not to blame while nobody can be reached. */
function sayCode({ code }: AppError, { isOffline, choice }: Mending): string {
  if (isOffline && isOnTheWay(code)) return t('trouble.offline');
  return isOwn(choice) ? ownKeySentence(code) : t(`error.${code}`);
}

function ofCode({ code }: AppError, { choice, service, again, pick }: Mending): Action | null {
  switch (code) {
    case 'vendor_permission':
      return {
        label: t('remedy.allow'),
        run: () => void choice.allow().then((allowed) => allowed && again?.()),
      };
    case 'vendor_unknown':
    case 'vendor_unsupported':
    case 'vendor_quota':
      return { label: t('remedy.pick'), run: pick };
    case 'vendor_refused':
      return isOwn(choice)
        ? { label: t('panel.settings'), run: service.settings }
        : { label: t('remedy.pick'), run: pick };
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
    case 'vendor_unplayed':
    case 'vendor_failed':
    case 'vendor_answer':
    case 'vendor_silent':
    case 'vendor_broken':
    case 'microphone_denied':
    case 'microphone_none':
    case 'microphone_busy':
    case 'microphone_gone':
    case 'microphone_revoked':
    case 'microphone_failed':
    case 'ears_unavailable':
    case 'page_gone':
    case 'page_forbidden':
    case 'page_unreadable':
    case 'broker_failed':
    case 'storage_full':
    case 'storage_failed':
    case 'unexpected':
      return once(again);
    // Only the reader can say it once more.
    case 'ears_silent':
      return null;
  }
}

function once(again: (() => void) | null): Action | null {
  return again && { label: t('panel.tryAgain'), run: again };
}

function ofTrouble({ trouble, code }: Troubled, mending: Mending): Notice {
  const { service, again, pick } = mending;
  const says = plain.has(trouble.code);
  const text = says ? sentenceFor(trouble, service.ours()) : t(`error.${code}`);
  return { text, action: actionFor(trouble) };

  function actionFor({ code: why, sessions }: Trouble): Action | null {
    if (why === 'permission_missing') {
      return {
        label: t('remedy.allow'),
        run: () => void service.allow().then((allowed) => allowed && again?.()),
      };
    }
    if (why === 'concurrency_limit' && sessions && sessions.length > 0) {
      const others = sessions.map(({ session }) => session);
      return {
        label: t('remedy.endOther'),
        run: () => void service.end(others).then(() => again?.()),
      };
    }
    if (elsewhere.has(why)) return { label: t('remedy.pick'), run: pick };
    if (stepOf[why] === 'auth') return { label: t('remedy.signIn'), run: service.settings };
    if (inSettings.has(why)) return { label: t('panel.settings'), run: service.settings };
    return once(again);
  }
}

/** Their sentence says all, here as in the settings; the others speak of what stands there. */
const plain: ReadonlySet<TroubleCode> = new Set<TroubleCode>([
  'offline',
  'timeout',
  'clock_off',
  'session_ended',
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
