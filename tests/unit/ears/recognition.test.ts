import { expect, it } from 'vitest';
import { companyOf, download, placeOf, type Recognition } from '@/lib/ears/recognition';

const recognition = (members: Partial<Recognition>) =>
  Object.assign(() => undefined, members) as unknown as Recognition;

it.each([
  ['available', 'device'],
  ['downloadable', 'download'],
  ['downloading', 'download'],
  ['unavailable', 'cloud'],
])('a browser whose own ears are “%s” understands here: %s', async (answer, place) => {
  expect(await placeOf(recognition({ available: async () => answer }), 'en')).toBe(place);
});

it('one that cannot say has only its maker’s; one without any has none', async () => {
  const silent = recognition({
    available: async () => {
      throw new DOMException('', 'NotSupportedError');
    },
  });
  expect(await placeOf(silent, 'en')).toBe('cloud');
  expect(await placeOf(recognition({}), 'en')).toBe('cloud');
  expect(await placeOf(undefined, 'en')).toBe('none');
});

it('a language that could not be brought here is not here', async () => {
  const fails = recognition({ install: () => Promise.reject(new Error('no room')) });
  expect(await download(fails, 'en')).toBe(false);
  expect(await download(undefined, 'en')).toBe(false);
  expect(await download(recognition({ install: async () => true }), 'en')).toBe(true);
});

it('names who would hear it', () => {
  expect(companyOf(['Chromium', 'Microsoft Edge'])).toBe('Microsoft');
  expect(companyOf(['Chromium', 'Google Chrome'])).toBe('Google');
});
