import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Keeps credentials unreadable wherever they wait outside this process. */
export interface Seal {
  close(text: string): string;
  /** Null if it was closed with other keys, or touched since. */
  open(sealed: string): string | null;
}

/** What never leaves the process needs none. */
export const noSeal: Seal = { close: (text) => text, open: (sealed) => sealed };

/**
 * AES-256-GCM with a key made of the broker's own secrets, in any order: brokers that share a
 * configuration can read each other's, and whoever only reads the store can read nothing.
 */
export function createSeal(secrets: readonly string[]): Seal {
  const material = JSON.stringify([...secrets].sort());
  const key = Buffer.from(hkdfSync('sha256', material, '', 'avatar-broker seal 1', 32));
  return {
    close(text) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
    },
    open(sealed) {
      const all = Buffer.from(sealed, 'base64');
      if (all.length < nonceBytes + tagBytes) return null;
      const decipher = createDecipheriv('aes-256-gcm', key, all.subarray(0, nonceBytes));
      decipher.setAuthTag(all.subarray(nonceBytes, nonceBytes + tagBytes));
      const body = all.subarray(nonceBytes + tagBytes);
      try {
        return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
      } catch {
        // The tag does not fit: other keys, or another text.
        return null;
      }
    },
  };
}

const nonceBytes = 12;
const tagBytes = 16;
