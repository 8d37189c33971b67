import type { ErrorCode } from '@/lib/errors';
import { t } from '@/lib/words';

/**
 * What failed with an avatar that a key of the reader's own leads to. No service stands in
 * between, so there is nobody to ask but their own account.
 */
export function ownKeySentence(code: ErrorCode): string {
  const known = otherwise.find((other) => other === code);
  return known ? t(`ownKey.${known}`) : t(`error.${code}`);
}

const otherwise = ['vendor_refused', 'vendor_busy', 'vendor_quota'] as const;
