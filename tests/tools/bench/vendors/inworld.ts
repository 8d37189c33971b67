import { InworldClient } from '@inworld/web-core';
import { createInworld } from '@/lib/providers/inworld/inworld';
import { grantFor } from '@/tests/vendors/inworld/grant';
import { pageHere } from './here';
import { opens } from './ours';
import type { Subject } from './talker';

export const subject: Subject = {
  grant: (address) => grantFor(address),
  adapter: (grant) => opens(createInworld(), grant),
  bare(grant) {
    if (grant.provider !== 'inworld') throw new Error(`Not for ${grant.provider}`);
    const { token, gateway, scene } = grant;
    return async () => {
      const connection = new InworldClient()
        .setScene(scene)
        .setConfiguration({
          connection: { autoReconnect: false, gateway },
          capabilities: { audio: true, emotions: true, phonemes: true, narratedActions: true },
        })
        .setGenerateSessionToken(async () => token)
        .setOnError(() => undefined)
        .build();
      await connection.open();
      await connection.getCurrentCharacter();
      let isTold = false;
      return {
        async ask(question) {
          // All in one go: the SDK takes 10 ms to say that one is written.
          if (!isTold) {
            const { url, title, text } = pageHere();
            const about = Object.entries({ url, title });
            const parameters = about.map(([name, value]) => ({ name, value }));
            void connection.sendTrigger('page_context', { parameters });
            const beginning = text?.sections[0]?.text.slice(0, 280) ?? '';
            if (beginning !== '') void connection.sendNarratedAction(`is reading: ${beginning}`);
          }
          isTold = true;
          await connection.sendText(question);
        },
        // The SDK's own way to be silent also silences what is asked next: it is heard to its end.
        hush: async () => undefined,
        // `interrupt` leaves the interaction that is being heard alone; this stops it.
        async cut() {
          await connection.player.stop();
          connection.player.clear();
        },
        async close() {
          await connection.close();
        },
      };
    };
  },
};
