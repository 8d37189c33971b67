/** Whose avatars they are, as people call them. A name we do not know stands for itself. */
export function makerOf(provider: string): string {
  return makers[provider] ?? provider;
}

const makers: Readonly<Record<string, string>> = {
  inworld: 'Inworld',
  perso: 'Perso',
  'soul-machines': 'Soul Machines',
};

/** Where Perso answers when nobody names another place. */
export const persoServer = 'https://platform.perso.ai';

/** Where Inworld's sockets open when nobody names another place. */
export const inworldGateway = { hostname: 'studio.inworld.ai', ssl: true } as const;
