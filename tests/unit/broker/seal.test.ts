import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSeal } from '@/broker/sessions/seal';

describe('a seal', () => {
  it('is opened by a broker with the same secrets, in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), fc.string(), (secrets, text) => {
        const sealed = createSeal(secrets).close(text);
        expect(createSeal(secrets.toReversed()).open(sealed)).toBe(text);
      }),
    );
  });

  it('is not opened by others', () => {
    const sealed = createSeal(['one', 'two']).close('text');
    expect(createSeal(['onetwo']).open(sealed)).toBeNull();
    expect(createSeal(['one']).open(sealed)).toBeNull();
  });

  it('notices every change', () => {
    const seal = createSeal(['secret']);
    const sealed = Buffer.from(seal.close('a credential'), 'base64');
    for (const at of sealed.keys()) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(seal.open(changed.toString('base64'))).toBeNull();
    }
    expect(seal.open('')).toBeNull();
  });

  it('never looks the same twice', () => {
    const seal = createSeal(['secret']);
    expect(seal.close('text')).not.toBe(seal.close('text'));
  });
});
