/** What an account at the vendor holds; its key is `perso-key`. */
export const apiKey = 'perso-key';

const at = '2026-01-05T09:00:00Z';

const prompts = [
  {
    prompt_id: 'prompt-guide',
    name: 'Guide',
    description: 'Reads along',
    system_prompt: 'You read a page together with the reader.',
    require_document: false,
    intro_message: 'Hello! Ask me about the page.',
  },
];
const llms = [{ name: 'llm-plain', service: 'emulated' }];
const voices = [{ name: 'voice-plain', service: 'emulated', speaker: 'one', streamable: false }];
const ears = [{ name: 'ears-plain', service: 'emulated', options: null }];
const styles = [
  {
    name: 'ada-office',
    model: 'ada',
    style: 'office',
    model_file: null,
    model_files: [],
    file: null,
    platform_type: 'webrtc',
    configs: [],
  },
];
const backgrounds = [
  {
    backgroundimage_id: 'bg-1',
    title: 'Wall',
    image: 'https://example.com/wall.png',
    created_at: at,
  },
];
const documents = [
  {
    document_id: 'doc-1',
    title: 'Notes',
    description: '',
    search_count: 3,
    processed: true,
    created_at: at,
    updated_at: at,
  },
];
const servers = [
  { mcpserver_id: 'mcp-1', name: 'Weather', url: 'https://example.com', description: '' },
];
const normalizations = [{ textnormalizationconfig_id: 'norm-1', name: 'Numbers', created_at: at }];

const template = {
  sessiontemplate_id: 'template-ada',
  name: 'Ada',
  description: null,
  prompt: prompts[0],
  capability: ['STF_WEBRTC', 'LLM', 'TTS', 'STT'].map((name) => ({ name, description: '' })),
  document: null,
  llm_type: llms[0],
  tts_type: voices[0],
  stt_type: ears[0],
  text_normalization_config: null,
  text_normalization_locale: null,
  stt_text_normalization_config: null,
  stt_text_normalization_locale: null,
  model_style: styles[0],
  background_image: null,
  agent: null,
  padding_left: null,
  padding_top: null,
  padding_height: null,
  extra_data: null,
  mcp_servers: [],
  created_at: at,
  last_used_at: null,
};
const templates = [
  template,
  {
    ...template,
    sessiontemplate_id: 'template-unity',
    name: 'Not for browsers',
    model_style: { ...styles[0], platform_type: 'unity' },
  },
];

/** What is read with the key, by path. */
export const shelves: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['/api/v1/settings/llm_type/', llms],
  ['/api/v1/settings/tts_type/', voices],
  ['/api/v1/settings/stt_type/', ears],
  ['/api/v1/settings/modelstyle/?platform_type=webrtc', styles],
  ['/api/v1/background_image/', backgrounds],
  ['/api/v1/prompt/', prompts],
  ['/api/v1/document/', documents],
  ['/api/v1/settings/mcp_type/', servers],
  ['/api/v1/settings/text_normalization_config/', normalizations],
  [
    '/api/v1/settings/text_normalization_config/norm-1/download/',
    { config_id: 'norm-1', config_name: 'Numbers', file_url: 'https://example.com/norm.csv' },
  ],
  ['/api/v1/session_template/', templates],
  ...templates.map((one): [string, unknown] => [
    `/api/v1/session_template/${one.sessiontemplate_id}/`,
    one,
  ]),
]);

/** What is wrong with the body of a new session; null where nothing is. */
export function faultOf(body: Record<string, unknown>): [code: string, attr: string] | null {
  const among = (name: string, known: readonly object[], key: string) => {
    const given = body[name];
    return given === undefined || known.some((one) => Reflect.get(one, key) === given);
  };
  if (!Array.isArray(body['capability'])) return ['required', 'capability'];
  if (body['model_style'] === undefined) return ['required', 'model_style'];
  if (body['prompt'] === undefined) return ['required', 'prompt'];
  if (!among('prompt', prompts, 'prompt_id')) return ['does_not_exist', 'prompt'];
  if (!among('document', documents, 'document_id')) return ['does_not_exist', 'document'];
  if (!among('model_style', styles, 'name')) return ['not_in_organization', 'model_style'];
  if (!among('llm_type', llms, 'name')) return ['invalid', 'llm_type'];
  if (!among('tts_type', voices, 'name')) return ['invalid', 'tts_type'];
  if (!among('stt_type', ears, 'name')) return ['invalid', 'stt_type'];
  return null;
}
