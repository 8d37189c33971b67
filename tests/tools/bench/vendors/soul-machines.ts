import { Persona, Scene } from '@soulmachines/smwebsdk';
import { createSoulMachines } from '@/lib/providers/soul-machines/soul-machines';
import { pageHere } from './here';
import { opens, plain } from './ours';
import type { Subject } from './talker';

export const subject: Subject = {
  async grant(address) {
    const credential = { kind: 'jwt' as const, ...(await token(address)) };
    return { provider: 'soul-machines', credential, pageMetadata: false, ...plain };
  },
  adapter: (grant) => opens(createSoulMachines(), grant),
  bare(grant) {
    if (grant.provider !== 'soul-machines' || grant.credential.kind !== 'jwt')
      throw new Error(`Not for ${grant.provider}`);
    const { url, jwt } = grant.credential;
    return async (stage) => {
      const video = document.createElement('video');
      video.autoplay = true;
      video.playsInline = true;
      stage.append(video);
      const options: ConstructorParameters<typeof Scene>[0] = {
        videoElement: video,
        requestedMediaDevices: {},
        requiredMediaDevices: {},
        tracerOptions: { disableTracing: true } as never,
      } as never;
      const scene = new Scene(options);
      await scene.connect({ tokenServer: { uri: url, token: jwt } });
      await scene.startVideo();
      const persona = new Persona(scene, '1');
      return {
        async ask(question) {
          const { url: pageUrl, title: pageTitle, text } = pageHere();
          const pageText = text?.sections[0]?.text.slice(0, 6000) ?? '';
          void persona.conversationSend(question, { pageUrl, pageTitle, pageText }, {});
        },
        async hush() {
          await persona.stopSpeaking();
        },
        async close() {
          scene.disconnect();
          video.remove();
        },
      };
    };
  },
};

async function token(address: string): Promise<{ url: string; jwt: string }> {
  const response = await fetch(`${address}/token`);
  return (await response.json()) as { url: string; jwt: string };
}
