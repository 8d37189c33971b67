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
  const wanted = tongueOf(language);
  const likely = likelyRegion(wanted.base);
  let best: SpeechSynthesisVoice | null = null;
  let bestMark = -Infinity;
  for (const voice of voices) {
    if (!allowRemote && !isOnDevice(voice)) continue;
    const mark = markOf(voice, wanted, likely);
    if (mark === null) continue;
    if (voice.voiceURI === uri) return voice;
    // A voice on the device, however poor, comes before any that is not.
    const total = mark + (isOnDevice(voice) ? 10_000 : 0);
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
  for (const voice of voices) {
    const { voiceURI, name, lang } = voice;
    if (seen.has(voiceURI) || !isOnDevice(voice)) continue;
    if (isVariant(name) && voiceURI !== picked) continue;
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
function markOf(
  { lang, name, default: preferred }: SpeechSynthesisVoice,
  wanted: Tongue,
  likely: string | null,
): number | null {
  const spoken = tongueOf(lang);
  if (spoken.base !== wanted.base) return null;
  let mark = spoken.region === (wanted.region ?? likely) ? 1000 : 0;
  // No voice for Canadian French: rather France's than Belgium's.
  if (spoken.region === null || spoken.region === likely) mark += 500;
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

/** Plain English voices of macOS and Windows; macOS has as many that sing, whisper or creak. */
const good = /^(?:Microsoft )?(?:Samantha|Daniel|Alex|Karen|Zira|David|Hazel)\b/u;
/** Voices of macOS that play a part, in fourteen languages. */
const novelty = /^(?:Eddy|Flo|Grand[mp]a|Reed|Rocko|Sandy|Shelley)\b/u;

/** Firefox 153 calls speech-dispatcher's voices remote (2026-11), though it runs on the device. */
function isOnDevice({ localService, voiceURI }: SpeechSynthesisVoice): boolean {
  return localService || voiceURI.startsWith('urn:moz-tts:speechd:');
}

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
