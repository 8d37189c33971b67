import { AppError } from '@/lib/errors';
import type { Provider } from '@/lib/session/provider';

export function createSoulMachines(): Provider {
  return {
    async open() {
      throw new AppError('vendor_unsupported');
    },
  };
}
