import type { ReaderProfile } from '@/lib/settings';

/** Who is talking, as an avatar is told: what was filled in, and nothing else. */
export interface Introduction {
  readonly name: string | null;
  readonly fields: readonly { readonly id: string; readonly value: string }[];
}

export function introductionOf({ name, fields }: ReaderProfile): Introduction {
  const told = fields.map(({ id, value }) => ({ id: id.trim(), value: value.trim() }));
  return {
    name: name.trim() || null,
    fields: told.filter(({ id, value }) => id !== '' && value !== ''),
  };
}
