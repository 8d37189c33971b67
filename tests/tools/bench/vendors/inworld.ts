import { InworldClient } from '@inworld/web-core';
import { createInworld } from '@/lib/providers/inworld/inworld';
import { grantFor } from '@/tests/vendors/inworld/grant';
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
      return {
        async ask(question) {
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
