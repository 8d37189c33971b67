import { expect, it } from 'vitest';
import { chooseVoice, voicesForPicker } from '@/lib/voice/choose';
import { voice } from './synthesis';

/** As speech-dispatcher lists them; its first voice is the "default" one. */
const espeak = [
  voice('Afrikaans espeak-ng', 'af', { default: true }),
  voice('Chinese (Mandarin, latin as Pinyin) espeak-ng', 'cmn-LATN-PINYIN'),
  voice('Chinese (Mandarin, latin as English) espeak-ng', 'cmn'),
  voice('Chinese (Cantonese) espeak-ng', 'yue'),
  voice('English (America)+Adam espeak-ng', 'en-US'),
  voice('English (America, New York City) espeak-ng', 'en-US-NYC'),
  voice('English (America) espeak-ng', 'en-US'),
  voice('English (Great Britain) espeak-ng', 'en-GB'),
  voice('English (Received Pronunciation) espeak-ng', 'en-GB-X-RP'),
  voice('French (Belgium) espeak-ng', 'fr-BE'),
  voice('French (France) espeak-ng', 'fr-FR'),
  voice('Norwegian Bokmål espeak-ng', 'nb'),
  voice('Hebrew espeak-ng', 'he'),
];
const mac = [
  voice('Eddy', 'en-US'),
  voice('Zarvox', 'en-US'),
  voice('Samantha', 'en-US'),
  voice('Daniel', 'en-GB'),
  voice('Flo', 'de-DE'),
  voice('Anna', 'de-DE'),
  voice('Ava (Premium)', 'en-US'),
];
const edge = [
  voice('Microsoft Aria Online (Natural)', 'en-US', { localService: false }),
  voice('Microsoft Seraphina Online (Natural)', 'de-DE', { localService: false }),
  voice('Microsoft David', 'en-US'),
  voice('Microsoft Zira', 'en-US', { default: true }),
];

it.each([
  { voices: espeak, language: 'en', name: 'English (America) espeak-ng' },
  { voices: espeak, language: 'en-GB', name: 'English (Great Britain) espeak-ng' },
  { voices: espeak, language: 'en_GB', name: 'English (Great Britain) espeak-ng' },
  { voices: espeak, language: 'en-AU', name: 'English (America) espeak-ng' },
  { voices: espeak, language: 'zh', name: 'Chinese (Mandarin, latin as English) espeak-ng' },
  { voices: espeak, language: 'zh-HK', name: 'Chinese (Cantonese) espeak-ng' },
  { voices: espeak, language: 'fr-CA', name: 'French (France) espeak-ng' },
  { voices: espeak, language: 'no', name: 'Norwegian Bokmål espeak-ng' },
  { voices: espeak, language: 'iw', name: 'Hebrew espeak-ng' },
  { voices: espeak, language: 'ja', name: undefined },
  { voices: espeak, language: '', name: undefined },
  { voices: espeak, language: 'not a tag', name: undefined },
  { voices: mac, language: 'en', name: 'Ava (Premium)' },
  { voices: mac.slice(0, 6), language: 'en', name: 'Samantha' },
  { voices: mac, language: 'de', name: 'Anna' },
  { voices: edge, language: 'en', name: 'Microsoft Zira' },
  { voices: edge, language: 'de', name: undefined },
  { voices: [], language: 'en', name: undefined },
])('speaks "$language" with $name', ({ voices, language, name }) => {
  expect(chooseVoice(voices, { language })?.name).toBe(name);
});

it('takes the voice the reader picked, as long as it speaks the language', () => {
  expect(chooseVoice(mac, { language: 'en', uri: 'Daniel' })?.name).toBe('Daniel');
  expect(chooseVoice(mac, { language: 'de', uri: 'Daniel' })?.name).toBe('Anna');
});

it('sends text away only where that is allowed and nothing here speaks the language', () => {
  expect(chooseVoice(edge, { language: 'de', allowRemote: true })?.localService).toBe(false);
  expect(chooseVoice(edge, { language: 'en', allowRemote: true })?.name).toBe('Microsoft Zira');
  expect(
    chooseVoice(edge, { language: 'de', uri: 'Microsoft Seraphina Online (Natural)' }),
  ).toBeNull();
});

it('knows that speech-dispatcher runs on the device, whatever Firefox says', () => {
  const firefox = [
    voice('English (America)', 'en-US', {
      voiceURI: 'urn:moz-tts:speechd:English%20(America)?en-US',
      localService: false,
    }),
  ];
  expect(chooseVoice(firefox, { language: 'en' })?.name).toBe('English (America)');
  expect(voicesForPicker(firefox, 'en')).toHaveLength(1);
});

it('chooses among 13,000 voices in one pass', () => {
  let read = 0;
  const counted = Array.from({ length: 13_000 }, (_, i) =>
    Object.defineProperty(voice(`Voice ${i}`, ''), 'lang', {
      get() {
        read += 1;
        return i % 2 === 0 ? 'en-US' : 'de-DE';
      },
    }),
  );
  chooseVoice(counted, { language: 'en' });
  expect(read).toBe(13_000);
});

it('offers the voices of this device by language, the reader’s own first', () => {
  const groups = voicesForPicker([...espeak, ...edge], 'fr');
  expect(groups.map(({ language }) => language)).toEqual([
    'français',
    'afrikaans',
    'anglais',
    'chinois',
    'hébreu',
    'norvégien',
  ]);
  expect(groups[0]?.voices.map(({ name }) => name)).toEqual([
    'French (Belgium)',
    'French (France)',
  ]);
  const offered = groups.flatMap(({ voices }) => voices.map(({ name }) => name));
  expect(offered.filter((name) => /Online|\+/u.test(name))).toEqual([]);
});

it('keeps a picked variant on the list, and names each voice once', () => {
  const twice = [...espeak, ...espeak];
  const picked = 'English (America)+Adam espeak-ng';
  const english = voicesForPicker(twice, 'en', picked)[0]?.voices.map(({ uri }) => uri) ?? [];
  expect(english).toContain(picked);
  expect(new Set(english).size).toBe(english.length);
});

it('offers them also where the reader’s language has no name', () => {
  expect(voicesForPicker(mac, 'not a tag')).toHaveLength(2);
});
