import type { Character } from '@inworld/web-core';
import { AppError } from '@/lib/errors';
import type { ProviderEvent } from '@/lib/session/provider';
import type { Line } from './line';
import type { Poster } from './poster';

/** Who is in the scene, and who of them is spoken to. */
export interface Cast {
  readonly size: number;
  /** Looks who is there; whoever was spoken to is still, if they are. */
  meet(line: Line): Promise<void>;
  /** Throws `vendor_unknown` for somebody who is not there. */
  find(resourceName: string): Character;
  address(line: Line, character: Character): void;
}

interface Staging {
  readonly emit: (event: ProviderEvent) => void;
  readonly poster: Poster;
  /** Somebody else listens, or the same one in another scene. */
  readonly changed: () => void;
}

export function createCast({ emit, poster, changed }: Staging): Cast {
  let members: readonly Character[] = [];
  const cast: Cast = {
    get size() {
      return members.length;
    },
    async meet(line) {
      members = await line.characters();
      const [first] = members;
      const before = members.find(({ resourceName }) => resourceName === line.addressee());
      if (first) cast.address(line, before ?? first);
    },
    find(wanted) {
      const found = members.find(({ resourceName }) => resourceName === wanted);
      if (!found) throw new AppError('vendor_unknown');
      return found;
    },
    address(line, character) {
      line.address(character);
      poster.show(character);
      changed();
      if (members.length < 2) return;
      emit({
        type: 'cast',
        members: members.map(({ resourceName: id, displayName: name }) => ({ id, name })),
        current: character.resourceName,
      });
    },
  };
  return cast;
}
