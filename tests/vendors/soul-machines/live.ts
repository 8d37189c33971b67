import type { Limits } from '@/lib/providers/soul-machines/limits';
import type { PageContext } from '@/lib/page/page';
import type { Connection, Opening, SoulMachinesGrant } from '@/lib/session/provider';
import type { SoulMachinesKnobs } from '@/tests/emulators/soul-machines/knobs';
import {
  avatar,
  grantFrom,
  type Avatar,
  type Emulated,
} from '@/tests/vendors/soul-machines/avatar';
import { until } from '@/tests/vendors/until';

interface Live {
  readonly subject: Avatar;
  readonly connection: Connection;
  /** What it has said to the end. */
  readonly finals: () => readonly {
    readonly id: string;
    readonly text: string;
    readonly cut?: boolean;
  }[];
  /** Its answer to that, to the end. */
  readonly answer: (question: string, context?: PageContext | null) => Promise<string>;
}

/** An avatar that is open; it speaks quickly, unless its knobs say otherwise. */
export async function live(
  vendor: Emulated,
  knobs: Partial<SoulMachinesKnobs> = {},
  {
    grant = {},
    ...opening
  }: { grant?: Partial<SoulMachinesGrant>; limits?: Partial<Limits> } & Partial<
    Omit<Opening, 'grant'>
  > = {},
): Promise<Live> {
  await vendor.turn({ speech: 'quick', ...knobs });
  const subject = avatar(await grantFrom(vendor, grant), opening);
  const connection = await subject.open();
  const finals = () => subject.of('said').filter(({ who, final }) => who === 'avatar' && final);
  return {
    subject,
    connection,
    finals,
    async answer(question, context = null) {
      const before = finals().length;
      await connection.ask(question, context);
      await until('an answer', () => finals().length > before);
      return finals().at(-1)?.text ?? '';
    },
  };
}
