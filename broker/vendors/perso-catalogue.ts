import * as v from 'valibot';
import type { PersoConfig } from '../config/schema';
import { call } from './call';

/** One list of an account: the word it is chosen by, and a description of it. */
interface Shelf {
  readonly title: string;
  readonly path: string;
  readonly entry: v.GenericSchema<unknown, readonly [choose: string, described: string]>;
}

const named = v.pipe(
  v.object({ name: v.string(), service: v.nullish(v.string()) }),
  v.transform(({ name, service }) => [name, service ?? ''] as const),
);

const shelves: readonly Shelf[] = [
  {
    title: 'template',
    path: '/api/v1/session_template/',
    entry: v.pipe(
      v.object({
        sessiontemplate_id: v.string(),
        name: v.string(),
        description: v.nullish(v.string()),
        model_style: v.object({ name: v.string(), platform_type: v.nullish(v.string()) }),
      }),
      v.transform(({ sessiontemplate_id, name, description, model_style }) => {
        const shown = model_style.platform_type === 'webrtc' ? '' : ' (not for browsers)';
        return [
          sessiontemplate_id,
          `${name}: ${model_style.name}${shown}${description ? `, ${description}` : ''}`,
        ] as const;
      }),
    ),
  },
  {
    title: 'model_style',
    path: '/api/v1/settings/modelstyle/?platform_type=webrtc',
    entry: v.pipe(
      v.object({ name: v.string(), model: v.string(), style: v.string() }),
      v.transform(({ name, model, style }) => [name, `${model}, ${style}`] as const),
    ),
  },
  {
    title: 'prompt',
    path: '/api/v1/prompt/',
    entry: v.pipe(
      v.object({ prompt_id: v.string(), name: v.string(), description: v.nullish(v.string()) }),
      v.transform(
        ({ prompt_id, name, description }) =>
          [prompt_id, description ? `${name}: ${description}` : name] as const,
      ),
    ),
  },
  { title: 'tts_type', path: '/api/v1/settings/tts_type/', entry: named },
  { title: 'llm_type', path: '/api/v1/settings/llm_type/', entry: named },
  { title: 'stt_type', path: '/api/v1/settings/stt_type/', entry: named },
];

/** All an account can make a persona of, as a page to read and copy words from. */
export async function persoCatalogue(
  account: Pick<PersoConfig, 'key' | 'api_url'>,
): Promise<string> {
  const server = account.api_url.trim().replace(/\/+$/u, '');
  const pages = await Promise.all(
    shelves.map(async ({ title, path, entry }) => {
      const entries = await call({
        vendor: 'Perso',
        url: server + path,
        headers: () => ({ 'PersoLive-APIKey': account.key }),
        answer: v.array(entry),
        safe: true,
      });
      const lines = entries.map(([choose, described]) => `  ${title}: ${choose}  # ${described}`);
      return [`${title} (${entries.length})`, ...lines].join('\n');
    }),
  );
  return pages.join('\n\n');
}
