import { createSession, type Session } from 'perso-interactive-sdk-web/client';
import { createPerso } from '@/lib/providers/perso/perso';
import { makePersoSession } from '@/tests/vendors/perso/made';
import { pageHere } from './here';
import { opens, plain } from './ours';
import type { Subject } from './talker';

export const subject: Subject = {
  async grant(apiServer) {
    const sessionId = await makePersoSession(apiServer);
    return { provider: 'perso', sessionId, apiServer, intro: null, ...plain };
  },
  adapter: (grant) => opens(createPerso(), grant),
  bare(grant) {
    if (grant.provider !== 'perso') throw new Error(`Not for ${grant.provider}`);
    const { sessionId, apiServer } = grant;
    return async (stage) => {
      const session = await createSession({
        sessionId,
        apiServer,
        width: stage.clientWidth,
        height: stage.clientHeight,
        clientTools: [],
      });
      const video = document.createElement('video');
      video.autoplay = true;
      video.playsInline = true;
      stage.append(video);
      session.setSrc(video);
      await video.play();
      return {
        async ask(question) {
          const { title, url } = pageHere();
          void answer(session, `The page: ${title}, ${url}\n\n${question}`);
        },
        hush: () => session.clearBuffer(),
        async close() {
          session.stopSession();
          video.remove();
        },
      };
    };
  },
};

/** Piece by piece, as they come: no page could speak sooner by the same verbs. */
async function answer(session: Session, message: string): Promise<void> {
  let spoken = 0;
  for await (const chunk of session.processLLM({ message })) {
    if (chunk.type !== 'message') continue;
    for (const piece of chunk.chunks.slice(spoken)) {
      const voice = await session.processTTS(piece);
      if (voice) await session.processSTF(voice, undefined, piece);
    }
    spoken = chunk.chunks.length;
  }
}
