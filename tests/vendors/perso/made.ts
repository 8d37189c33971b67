/**
 * A session as a broker makes one.
 *
 * @param address - of the emulated service.
 * @returns its id.
 */
export async function makePersoSession(address: string): Promise<string> {
  const response = await fetch(`${address}/api/v1/session/`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'PersoLive-APIKey': 'perso-key' },
    body: JSON.stringify({
      using_stf_webrtc: true,
      capability: ['STF_WEBRTC', 'LLM', 'TTS', 'STT'],
      model_style: 'ada-office',
      prompt: 'prompt-guide',
    }),
  });
  const { session_id } = (await response.json()) as { session_id: string };
  return session_id;
}
