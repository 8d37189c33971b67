import * as v from 'valibot';
import { persoCredential } from '@/lib/broker/contract';
import type { PersoConfig, PersoParams } from '../config/schema';
import { busy, call, rejected } from './call';
import { byId, shown } from './persona';
import type { Vendor } from './vendor';

const named = v.object({ name: v.string() });
const nothing = v.nullish(v.unknown());
const prompt = v.object({ prompt_id: v.string(), intro_message: v.nullish(v.string()) });

const template = v.object({
  prompt,
  capability: v.array(named),
  model_style: v.object({ name: v.string(), platform_type: v.nullish(v.string()) }),
  llm_type: v.nullish(named),
  tts_type: v.nullish(named),
  stt_type: v.nullish(named),
  document: v.nullish(v.object({ document_id: v.string() })),
  background_image: v.nullish(v.object({ backgroundimage_id: v.string() })),
  mcp_servers: v.nullish(v.array(v.object({ mcpserver_id: v.string() }))),
  text_normalization_config: v.nullish(v.object({ textnormalizationconfig_id: v.string() })),
  text_normalization_locale: v.nullish(v.string()),
  stt_text_normalization_config: v.nullish(v.object({ textnormalizationconfig_id: v.string() })),
  stt_text_normalization_locale: v.nullish(v.string()),
  padding_left: v.nullish(v.number()),
  padding_top: v.nullish(v.number()),
  padding_height: v.nullish(v.number()),
});
type Template = v.InferOutput<typeof template>;

const created = v.object({ session_id: persoCredential.entries.value });

/** What a session is created with. Every path of this vendor ends in a slash. */
interface Recipe {
  readonly body: Record<string, unknown>;
  readonly intro: string | null;
}

export function createPerso(config: PersoConfig): Vendor {
  const server = config.api_url.trim().replace(/\/+$/u, '');
  const keyed = () => ({ 'PersoLive-APIKey': config.key });
  const get = <S extends v.GenericSchema>(path: string, answer: S) =>
    call({ vendor: 'Perso', url: server + path, headers: keyed, answer, safe: true, reason });

  const byTemplate = async (id: string): Promise<Recipe> => {
    const found = await get(`/api/v1/session_template/${encodeURIComponent(id)}/`, template);
    if (found.model_style.platform_type !== 'webrtc') {
      throw rejected('This avatar cannot be shown in a browser.', new Error(`template ${id}`));
    }
    return { body: bodyOfTemplate(found), intro: found.prompt.intro_message ?? null };
  };
  const byParams = async (params: PersoParams): Promise<Recipe> => {
    const prompts = await get('/api/v1/prompt/', v.array(prompt));
    const chosen = prompts.find(({ prompt_id }) => prompt_id === params.prompt);
    return { body: bodyOfParams(params), intro: chosen?.intro_message ?? null };
  };

  return {
    offer: {
      provider: 'perso',
      capabilities: ['face', 'voice', 'hears'],
      // The browser talks to this service itself, which does not answer to extensions unasked.
      origins: [new URL(server).origin],
      personas: config.personas.map(shown),
    },
    async open(id, { now }) {
      const persona = byId(config.personas, id);
      const { body, intro } = persona.params
        ? await byParams(persona.params)
        : await byTemplate(persona.template ?? '');
      const { session_id } = await call({
        vendor: 'Perso',
        url: `${server}/api/v1/session/`,
        method: 'POST',
        headers: keyed,
        body,
        answer: created,
        // A second one would count against the account's live sessions.
        safe: false,
        reason,
      });
      return {
        grant: {
          provider: 'perso',
          credential: {
            kind: 'perso-session',
            value: session_id,
            expires_at: new Date(now.getTime() + config.connect_seconds * 1000).toISOString(),
            single_use: true,
          },
          connect: { api_server: server, intro_message: intro },
        },
        reference: session_id,
      };
    },
    async end(reference) {
      await call({
        vendor: 'Perso',
        url: `${server}/api/v1/session/${encodeURIComponent(reference)}/event/create/`,
        method: 'POST',
        // Of the session's own endpoints none takes the key.
        headers: () => ({}),
        body: { detail: '', event: 'SESSION_END' },
        answer: nothing,
        safe: true,
        // Without the vendor's words: they might repeat the session id, which is the credential.
      });
    },
  };
}

/** The capability names in the order in which the vendor's own package sends them. */
function bodyOfParams(params: PersoParams): Record<string, unknown> {
  return {
    using_stf_webrtc: true,
    ...params,
    capability: [
      'STF_WEBRTC',
      ...(params.llm_type === undefined ? [] : ['LLM']),
      ...(params.tts_type === undefined ? [] : ['TTS']),
      ...(params.stt_type === undefined ? [] : ['STT']),
    ],
  };
}

function bodyOfTemplate(found: Template): Record<string, unknown> {
  const can = (name: string) => found.capability.some((capability) => capability.name === name);
  const face = can('STF_WEBRTC');
  const llm = can('LLM') ? found.llm_type?.name : undefined;
  const tts = can('TTS') ? found.tts_type?.name : undefined;
  const stt = can('STT') ? found.stt_type?.name : undefined;
  const tools = found.mcp_servers?.map(({ mcpserver_id }) => mcpserver_id) ?? [];
  // What is undefined vanishes in JSON, as it should.
  return {
    using_stf_webrtc: face,
    model_style: found.model_style.name,
    prompt: found.prompt.prompt_id,
    document: found.document?.document_id,
    background_image: found.background_image?.backgroundimage_id,
    mcp_servers: tools.length > 0 ? tools : undefined,
    llm_type: llm,
    tts_type: tts,
    stt_type: stt,
    text_normalization_config: found.text_normalization_config?.textnormalizationconfig_id,
    text_normalization_locale: found.text_normalization_locale,
    stt_text_normalization_config: found.stt_text_normalization_config?.textnormalizationconfig_id,
    stt_text_normalization_locale: found.stt_text_normalization_locale,
    padding_left: found.padding_left ?? undefined,
    padding_top: found.padding_top ?? undefined,
    padding_height: found.padding_height ?? undefined,
    capability: [
      ...(face ? ['STF_WEBRTC'] : []),
      ...(llm === undefined ? [] : ['LLM']),
      ...(tts === undefined ? [] : ['TTS']),
      ...(stt === undefined ? [] : ['STT']),
    ],
  };
}

const failure = v.object({
  errors: v.tupleWithRest(
    [v.object({ code: v.string(), detail: v.string(), attr: v.nullish(v.string()) })],
    v.unknown(),
  ),
});

/** Quotas of the account, as the vendor names them. */
const taken = ['MAX_ACTIVE_SESSION_QUOTA_EXCEEDED'];
const spent = ['MAX_MIN_PER_SESSION_QUOTA_EXCEEDED', 'TOTAL_MIN_PER_MONTH_QUOTA_EXCEEDED'];
const unknown = ['DOES_NOT_EXIST', 'NOT_IN_ORGANIZATION'];

function reason(body: unknown) {
  if (!v.is(failure, body)) return null;
  const [{ code, detail, attr }] = body.errors;
  const words = `${code}: ${attr ? `${attr}: ` : ''}${detail}`;
  const said = code.toUpperCase();
  if (taken.includes(said)) {
    return {
      words,
      problem: (cause: Error) => busy('All avatars of this account at Perso are taken.', 30, cause),
    };
  }
  if (spent.includes(said)) {
    return {
      words,
      problem: (cause: Error) =>
        rejected('The broker’s account at Perso has used up its minutes.', cause),
    };
  }
  if (unknown.includes(said)) {
    return {
      words,
      problem: (cause: Error) =>
        rejected('Perso does not know what this avatar is made of any more.', cause),
    };
  }
  return { words };
}
