import type { Character } from '@inworld/web-core';

/** The picture its author gave a character, in the stage. */
export interface Poster {
  show(character: Character): void;
  remove(): void;
}

export function createPoster(stage: HTMLElement): Poster {
  let shown: HTMLImageElement | null = null;
  const remove = () => {
    shown?.remove();
    shown = null;
  };
  return {
    show({ displayName, assets }) {
      remove();
      const address = assets.avatarImg ?? assets.rpmImageUriPortrait;
      if (address === undefined || !isWeb(address)) return;
      const image = document.createElement('img');
      image.className = 'stage-poster';
      image.alt = displayName;
      image.referrerPolicy = 'no-referrer';
      image.addEventListener('error', () => image.remove());
      image.src = address;
      stage.append(image);
      shown = image;
    },
    remove,
  };
}

/** No `data:` and no plain `http:` but on this machine. */
function isWeb(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return (
    protocol === 'https:' ||
    (protocol === 'http:' && /^(?:127\.\d+\.\d+\.\d+|localhost)$/u.test(hostname))
  );
}
