/** The one customer of the emulated service. No Node in here: tests in a page sign with it too. */
export const account = {
  key: 'k3yOfTheEmulatedAccount0123456789',
  secret: 's3cretOfTheEmulatedAccountThatIsSixtyFourCharactersLongOrNearlySo',
  workspace: 'lighthouse',
} as const;

/** Its scenes and who is in them, by resource name. */
export const scenes = {
  'workspaces/lighthouse/scenes/lamp_room': ['keeper'],
  'workspaces/lighthouse/scenes/harbour': ['keeper', 'pilot', 'gull'],
  'workspaces/lighthouse/characters/keeper': ['keeper'],
} as const satisfies Record<string, readonly Name[]>;

export type Name = 'keeper' | 'pilot' | 'gull';
export type Scene = keyof typeof scenes;

export const givenNames: Record<Name, string> = { keeper: 'Wenna', pilot: 'Jory', gull: 'Skaw' };

/** The two ways to get a token: what is called, and what of it is signed. */
export const tokenCalls = {
  engine: {
    path: '/auth/v1/tokens/token:generate',
    host: 'api-engine.inworld.ai',
    method: 'ai.inworld.engine.WorldEngine/GenerateToken',
    body: { key: account.key, resources: [`workspaces/${account.workspace}`] },
  },
  sessionTokens: {
    path: '/v1/sessionTokens/token:generate',
    host: 'api.inworld.ai',
    method: 'ai.inworld.engine.v1.SessionTokens/GenerateSessionToken',
    body: { api_key: account.key },
  },
} as const;
