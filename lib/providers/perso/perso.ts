import { AppError } from '@/lib/errors';
import type { Provider } from '@/lib/session/provider';

export function createPerso(): Provider {
  return {
    async open() {
      throw new AppError('vendor_unsupported');
    },
  };
}
