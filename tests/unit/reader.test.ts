import { expect, it } from 'vitest';
import { introductionOf } from '@/lib/reader';

it.each([
  ['nothing', { name: '', fields: [] }, { name: null, fields: [] }],
  ['blanks', { name: '  ', fields: [{ id: ' ', value: ' ' }] }, { name: null, fields: [] }],
  [
    'a line half filled in',
    { name: '', fields: [{ id: 'level', value: '' }] },
    { name: null, fields: [] },
  ],
  [
    'a name and a line',
    { name: ' Ada ', fields: [{ id: ' level', value: 'beginner ' }] },
    { name: 'Ada', fields: [{ id: 'level', value: 'beginner' }] },
  ],
])('a reader who wrote %s is introduced with just that', (_, profile, introduction) => {
  expect(introductionOf(profile)).toEqual(introduction);
});
