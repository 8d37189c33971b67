import type { Persona } from '@/lib/broker/contract';
import { Problem } from '../problem';

interface Described {
  readonly id: string;
  readonly name: string;
  readonly description?: string | undefined;
  readonly languages: readonly string[];
  readonly price?: string | undefined;
  readonly rate?: Persona['rate'] | undefined;
}

/** What discovery says of a persona: nothing of the vendor's. */
export function shown({ id, name, description, languages, price, rate }: Described): Persona {
  return {
    id,
    name,
    description: description ?? null,
    languages: [...languages],
    price: price ?? null,
    ...(rate && { rate }),
  };
}

export function byId<P extends Described>(personas: readonly P[], id: string): P {
  const found = personas.find((persona) => persona.id === id);
  if (!found) throw new Problem('persona_not_found', `There is no avatar called "${id}" here.`);
  return found;
}
