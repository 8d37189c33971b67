/*
 * Our own client of the documented surface of `perso-interactive-sdk-web/client`, release 1.6.1.
 * It stands behind that name where the vendor's package cannot be resolved (see `resolve.mjs`).
 */
export { getSessionInfo } from './api';
export { TTS_TARGET_SAMPLE_RATE } from './audio';
export {
  ApiError,
  LLMError,
  LLMStreamingResponseError,
  STTError,
  TTSDecodeError,
  TTSError,
} from './errors';
export type { LLMStreamChunk } from './llm';
export { createSession, type Session } from './session';
export { ChatState } from './states';
export { ChatTool } from './tool';
