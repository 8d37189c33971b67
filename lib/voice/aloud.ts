/**
 * A sentence of the panel's own, said once by a voice of this device: the avatar's own voice would
 * make it a part of the talk. Where there is no voice it is only read.
 *
 * @param language - BCP 47, of the text.
 */
export function sayAloud(text: string, language: string, volume: number): void {
  const { speechSynthesis: voices, SpeechSynthesisUtterance: Utterance } = globalThis;
  if (!voices || !Utterance) return;
  const utterance = new Utterance(text);
  utterance.lang = language;
  utterance.volume = volume;
  voices.speak(utterance);
}
