import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import { account, givenNames, scenes, type Name } from './account.ts';
import { blank, type Memory } from './mind.ts';
import type { InworldKnobs } from './knobs.ts';

/** What the gateway knows by a session's id, over all its sockets, for half an hour. */
export interface Session {
  readonly id: string;
  readonly memory: Memory;
  readonly agents: Agent[];
  scene: string;
  configured: boolean;
  capabilities: Readonly<Record<string, boolean>>;
  /** Who takes part, by conversation. */
  readonly conversations: Map<string, readonly string[]>;
  /** Answers under way, by interaction. */
  readonly answers: Map<string, AbortController>;
  /** Speech synthesis was told to be quiet. */
  quiet: boolean;
  audio: Listening | null;
  last: string;
  socket: WebSocket | null;
  forget: NodeJS.Timeout | null;
}

export interface Agent {
  readonly agentId: string;
  readonly brainName: string;
  readonly givenName: string;
  readonly characterAssets: Readonly<Record<string, string>>;
}

interface Listening {
  readonly mode: string;
  readonly understanding: string;
  readonly conversationId: string;
  readonly utteranceId: string;
  readonly interactionId: string;
  readonly parts: Int16Array[];
}

export function createSession(id: string): Session {
  return {
    id,
    memory: blank(),
    agents: [],
    scene: '',
    configured: false,
    capabilities: {},
    conversations: new Map(),
    answers: new Map(),
    quiet: false,
    audio: null,
    last: '',
    socket: null,
    forget: null,
  };
}

export function isScene(name: string): name is keyof typeof scenes {
  return Object.hasOwn(scenes, name);
}

export function castOf(scene: keyof typeof scenes, address: string, knobs: InworldKnobs): Agent[] {
  return scenes[scene].map((name: Name) => ({
    agentId: randomUUID(),
    brainName: `workspaces/${account.workspace}/characters/${name}`,
    givenName: givenNames[name],
    characterAssets: knobs.pictures ? { avatarImg: `${address}/assets/${name}.svg` } : {},
  }));
}
