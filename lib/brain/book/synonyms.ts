import { stemmer } from 'stemmer';
import type { Word } from '@/lib/brain/book/words';

/** Words people ask with and the words pages answer with. Kept small: every one of them can also mislead. */
const circles = [
  'discover identify spot uncover detect',
  'found establish create launch',
  'begin start open commence',
  'cost price pay fee charge worth',
  'buy purchase acquire takeover acquisition',
  'pay paid buy cash',
  'write author written wrote',
  'make build create produce made built',
  'die death dead died kill',
  'eat feed diet food prey',
  'live inhabit dwell habitat',
  'boss ceo chief executive leader director',
  'work job employ employee staff',
  'need require requirement necessary must',
  'bake oven cook',
  'keep store storage last',
  'limit maximum cap quota',
  'error fail failure status',
  'key token credential authenticate authentication',
  'delete remove erase',
  'increase grow rise grew rose',
  'decrease fall decline drop fell lose lost',
  'danger threat threaten risk',
  'help protect save',
  'send request post',
  '住 住在 居住 生活 分布 栖息',
  '吃 食物 进食 主食',
].map((circle) => circle.split(' ').map((member) => stemmer(member)));

const neighbours = new Map<string, string[]>();
for (const circle of circles) {
  for (const member of circle) {
    neighbours.set(member, [...(neighbours.get(member) ?? []), ...circle]);
  }
}

/** What else the word may be called, as forms to search by. */
export function alike(word: Word): string[] {
  return (neighbours.get(word[0]) ?? []).filter((form) => form !== word[0]);
}
