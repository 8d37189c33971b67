import { likelyRegion, tongueOf, type Tongue } from '@/lib/voice/language';

export interface Wish {
  /** BCP 47, of the text to be spoken. */
  readonly language: string;
  /** `voiceURI` the reader picked; it wins where it speaks the language. */
  readonly uri?: string | null;
  /** Whether text may leave the device where no voice on it speaks the language. Never by default. */
  readonly allowRemote?: boolean;
}

/**
 * The voice for a text: on the device, of the right language, then region, then the one the
 * system prefers, then by its name. Null where none fits: what would come out in a wrong language
 * is better read than heard. One pass, since speech-dispatcher offers over 13,000 of them.
 */
export function chooseVoice(
  voices: readonly SpeechSynthesisVoice[],
  { language, uri = null, allowRemote = false }: Wish,
): SpeechSynthesisVoice | null {
  const tongue = tongueOf(language);
  const wanted = { ...tongue, region: tongue.region ?? likelyRegion(language) };
  let best: SpeechSynthesisVoice | null = null;
  let bestMark = -Infinity;
  for (const voice of voices) {
    if (!voice.localService && !allowRemote) continue;
    const mark = markOf(voice, wanted);
    if (mark === null) continue;
    if (voice.voiceURI === uri) return voice;
    // A voice on the device, however poor, comes before any that is not.
    const total = mark + (voice.localService ? 10_000 : 0);
    if (total > bestMark) [best, bestMark] = [voice, total];
  }
  return best;
}

export interface VoiceGroup {
  /** In the reader's language: "English". */
  readonly language: string;
  readonly voices: readonly { readonly uri: string; readonly name: string }[];
}

/**
 * The voices on this device for a list to pick from, by language, the reader's own first. The
 * hundred characters that eSpeak plays in every language ("English (America)+Adam") are left out,
 * except one that is picked already.
 */
export function voicesForPicker(
  voices: readonly SpeechSynthesisVoice[],
  uiLanguage: string,
  picked: string | null = null,
): VoiceGroup[] {
  const groups = new Map<string, { uri: string; name: string }[]>();
  const seen = new Set<string>();
  for (const { localService, voiceURI, name, lang } of voices) {
    if (!localService || (isVariant(name) && voiceURI !== picked)) continue;
    if (seen.has(voiceURI)) continue;
    seen.add(voiceURI);
    const { base } = tongueOf(lang);
    const group = groups.get(base) ?? [];
    group.push({ uri: voiceURI, name: name.replace(/ espeak-ng$/u, '') });
    groups.set(base, group);
  }
  const own = tongueOf(uiLanguage).base;
  const nameOf = namer(uiLanguage);
  return Array.from(groups, ([base, voices]) => ({
    base,
    language: nameOf(base),
    voices: voices.sort((a, b) => a.name.localeCompare(b.name)),
  }))
    .sort(
      (a, b) =>
        Number(b.base === own) - Number(a.base === own) || a.language.localeCompare(b.language),
    )
    .map(({ language, voices }) => ({ language, voices }));
}

/** How well a voice fits; null where it speaks another language. Region counts before any name. */
function markOf({ lang, name, default: preferred }: SpeechSynthesisVoice, wanted: Tongue) {
  const spoken = tongueOf(lang);
  if (spoken.base !== wanted.base) return null;
  let mark = spoken.region === wanted.region ? 1000 : spoken.region === null ? 500 : 0;
  // "Chinese (latin as Pinyin)" cannot read Chinese, "Persian (Pinglish)" not Persian.
  if (spoken.script !== null && spoken.script !== wanted.script) mark -= 2000;
  mark -= spoken.extras * 200;
  if (preferred) mark += 100;
  if (isVariant(name)) mark -= 50;
  if (/premium|natural|neural|siri/iu.test(name)) mark += 40;
  if (/enhanced/iu.test(name)) mark += 20;
  if (good.test(name)) mark += 10;
  if (novelty.test(name)) mark -= 150;
  return mark;
}

/** Plain, clear voices that come with macOS and Windows. */
const good =
  /\b(?:Samantha|Daniel|Karen|Moira|Tessa|Zira|David|Hazel|George|Susan|Anna|Thomas|Amélie|Mónica|Paulina|Alice|Luciana|Joana|Milena|Kyoko|Ting-Ting|Tingting|Meijia|Yuna|Xander|Zosia|Alva|Hedda|Katja|Hortense|Julie|Helena|Elsa|Haruka|Huihui|Heami)\b/u;
/** Voices of macOS that sing, whisper or creak. */
const novelty =
  /\b(?:Albert|Bad News|Bahh|Bells|Boing|Bubbles|Cellos|Deranged|Good News|Hysterical|Jester|Junior|Organ|Pipe Organ|Ralph|Superstar|Trinoids|Whisper|Wobble|Zarvox|Eddy|Flo|Grandma|Grandpa|Reed|Rocko|Sandy|Shelley|Fred|Kathy)\b/u;

function isVariant(name: string): boolean {
  return name.includes('+');
}

function namer(uiLanguage: string): (base: string) => string {
  try {
    const names = new Intl.DisplayNames([uiLanguage, 'en'], { type: 'language' });
    return (base) => (/^[a-z]{2,3}$/u.test(base) ? (names.of(base) ?? base) : base);
  } catch {
    return (base) => base;
  }
}
