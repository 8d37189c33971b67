import * as v from 'valibot';
import { afterEach, describe, expect, it } from 'vitest';
import { persoCredential } from '@/lib/broker/contract';
import type { PersoConfig, PersoParams } from '@/broker/config/schema';
import { createPerso } from '@/broker/vendors/perso';
import { persoCatalogue } from '@/broker/vendors/perso-catalogue';
import { startStub, type Answer, type Arrived, type Stub } from '@/tests/contract/broker/stub';

const need = { now: new Date('2026-11-21T12:00:00Z'), endsAt: new Date('2026-11-21T12:30:00Z') };
const ada = { id: 'ada', name: 'Ada', languages: [] };

/** As the vendor's template endpoint answers: all fields, most of them null. */
const template = {
  sessiontemplate_id: 'tpl-1',
  name: 'Front desk',
  description: null,
  prompt: { prompt_id: 'prm-1', name: 'Desk', intro_message: 'Good morning!' },
  capability: [
    { name: 'TTS', description: 'text to speech' },
    { name: 'LLM', description: null },
    { name: 'STF_WEBRTC' },
  ],
  document: null,
  llm_type: { name: 'azure-gpt-4o' },
  tts_type: { name: 'yuri', service: 'azure' },
  stt_type: { name: 'whisper' },
  text_normalization_config: null,
  text_normalization_locale: null,
  model_style: {
    name: 'chaehee_livechat-front',
    model: 'chaehee',
    style: 'front',
    platform_type: 'webrtc',
  },
  background_image: { backgroundimage_id: 'bg-1', title: 'Lobby' },
  agent: null,
  padding_left: 0.1,
  padding_top: null,
  padding_height: null,
  mcp_servers: [{ mcpserver_id: 'mcp-1', name: 'Search', url: 'https://mcp.example' }],
};
const params: PersoParams = {
  model_style: 'chaehee_livechat-front',
  prompt: 'prm-1',
  llm_type: 'azure-gpt-4o',
  tts_type: 'yuri',
};

type Routes = Readonly<Record<string, Answer | ((request: Arrived) => Answer)>>;

let stub: Stub | null = null;
afterEach(async () => {
  await stub?.stop();
  stub = null;
});

async function perso(routes: Routes, persona: PersoConfig['personas'][number]) {
  const server = await startStub((request) => {
    const answer = routes[`${request.method} ${request.path}`];
    if (answer === undefined) return { status: 500, body: `no ${request.method} ${request.path}` };
    return typeof answer === 'function' ? answer(request) : answer;
  });
  stub = server;
  const config = { key: 'the-key', connect_seconds: 60, personas: [persona] };
  return {
    vendor: createPerso({ ...config, api_url: ` ${server.url}// ` }),
    arrived: server.arrived,
    url: server.url,
  };
}

const byTemplate = { ...ada, template: 'tpl-1' };
const byParams = { ...ada, params };
const templatePath = 'GET /api/v1/session_template/tpl-1/';
const createPath = 'POST /api/v1/session/';
const created = { status: 201, body: { session_id: 'sid-1', status: 'CREATED' } };
const failed = (status: number, code: string) => ({
  status,
  body: { type: 'validation_error', errors: [{ code, detail: 'vendor words', attr: null }] },
});

describe('a Perso session', () => {
  it('is made from a template, with what the template says and nothing else', async () => {
    const { vendor, arrived, url } = await perso(
      { [templatePath]: { body: template }, [createPath]: created },
      byTemplate,
    );
    const { grant, reference } = await vendor.open('ada', need);
    expect(arrived[1]?.body).toEqual({
      using_stf_webrtc: true,
      model_style: 'chaehee_livechat-front',
      prompt: 'prm-1',
      background_image: 'bg-1',
      mcp_servers: ['mcp-1'],
      llm_type: 'azure-gpt-4o',
      tts_type: 'yuri',
      text_normalization_locale: null,
      padding_left: 0.1,
      capability: ['STF_WEBRTC', 'LLM', 'TTS'],
    });
    expect(v.parse(persoCredential, grant.credential)).toEqual({
      kind: 'perso-session',
      value: 'sid-1',
      expires_at: '2026-11-21T12:01:00.000Z',
      single_use: true,
    });
    expect(grant.connect).toEqual({ api_server: url, intro_message: 'Good morning!' });
    expect(reference).toBe('sid-1');
  });

  it('is made from params, with the prompt’s first words', async () => {
    const prompts = [{ prompt_id: 'prm-0' }, { prompt_id: 'prm-1', intro_message: 'Hello.' }];
    const { vendor, arrived } = await perso(
      { 'GET /api/v1/prompt/': { body: prompts }, [createPath]: created },
      byParams,
    );
    const { grant } = await vendor.open('ada', need);
    expect(arrived.at(-1)?.body).toEqual({
      using_stf_webrtc: true,
      ...params,
      capability: ['STF_WEBRTC', 'LLM', 'TTS'],
    });
    expect(grant.connect).toMatchObject({ intro_message: 'Hello.' });
  });

  it('is had from an origin that the browser has to be let to', async () => {
    const { vendor, url } = await perso({}, byTemplate);
    expect(vendor.offer.origins).toEqual([url]);
  });

  it('is asked for with the key in the vendor’s own header, and there only', async () => {
    const { vendor, arrived } = await perso(
      { [templatePath]: { body: template }, [createPath]: created },
      byTemplate,
    );
    await vendor.open('ada', need);
    expect(arrived.map(({ headers }) => headers['persolive-apikey'])).toEqual([
      'the-key',
      'the-key',
    ]);
    expect(JSON.stringify(arrived.map(({ path, body }) => [path, body]))).not.toContain('the-key');
  });

  it('is ended without the key, as the browser would', async () => {
    const path = '/api/v1/session/sid-1/event/create/';
    const { vendor, arrived } = await perso({ [`POST ${path}`]: { body: {} } }, byTemplate);
    await vendor.end?.('sid-1');
    expect(arrived[0]).toMatchObject({ path, body: { detail: '', event: 'SESSION_END' } });
    expect(arrived[0]?.headers['persolive-apikey']).toBeUndefined();
  });

  it('is not made when the template is for another platform', async () => {
    const other = { ...template, model_style: { name: 'x', platform_type: 'onpremise' } };
    const { vendor, arrived } = await perso({ [templatePath]: { body: other } }, byTemplate);
    await expect(vendor.open('ada', need)).rejects.toMatchObject({ code: 'provider_rejected' });
    expect(arrived).toHaveLength(1);
  });

  it.each([
    ['MAX_ACTIVE_SESSION_QUOTA_EXCEEDED', 400, 'provider_busy', 'taken'],
    ['TOTAL_MIN_PER_MONTH_QUOTA_EXCEEDED', 400, 'provider_rejected', 'used up its minutes'],
    ['does_not_exist', 400, 'provider_rejected', 'does not know'],
    ['not_in_organization', 400, 'provider_rejected', 'does not know'],
    ['authentication_failed', 401, 'provider_rejected', 'key'],
    ['whatever', 422, 'provider_rejected', 'refused'],
    ['throttled', 429, 'provider_busy', 'too much to do'],
    ['server_error', 500, 'provider_busy', 'out of order'],
  ])('refused with %s (%d) is %s, in our words', async (code, status, ours, words) => {
    const { vendor } = await perso(
      { [templatePath]: { body: template }, [createPath]: failed(status, code) },
      byTemplate,
    );
    const problem: unknown = await vendor.open('ada', need).catch((error: unknown) => error);
    expect(problem).toMatchObject({ code: ours, detail: expect.stringContaining(words) });
    expect(problem).not.toMatchObject({ detail: expect.stringContaining('vendor words') });
  });

  it('is never asked for twice, since a second one would count', async () => {
    for (const answer of [null, failed(503, 'x'), { status: 502, body: '<html>' }] as const) {
      const { vendor, arrived } = await perso(
        { [templatePath]: { body: template }, [createPath]: answer },
        byTemplate,
      );
      await expect(vendor.open('ada', need)).rejects.toMatchObject({ code: 'provider_busy' });
      expect(arrived.filter(({ method }) => method === 'POST')).toHaveLength(1);
      await stub?.stop();
    }
    stub = null;
  });
});

it('lists templates, styles, prompts and voices by the word one picks them with', async () => {
  const { url, arrived } = await perso(
    {
      'GET /api/v1/session_template/': { body: [template] },
      'GET /api/v1/settings/modelstyle/?platform_type=webrtc': {
        body: [{ name: 'chaehee_livechat-front', model: 'chaehee', style: 'front' }],
      },
      'GET /api/v1/prompt/': { body: [{ prompt_id: 'prm-1', name: 'Desk', description: '' }] },
      'GET /api/v1/settings/tts_type/': { body: [{ name: 'yuri', service: 'azure' }] },
      'GET /api/v1/settings/llm_type/': { body: [{ name: 'azure-gpt-4o' }] },
      'GET /api/v1/settings/stt_type/': { body: [] },
    },
    byTemplate,
  );
  const page = await persoCatalogue({ key: 'the-key', api_url: url });
  expect(page.split('\n').filter((line) => line.startsWith('  '))).toEqual([
    '  template: tpl-1  # Front desk: chaehee_livechat-front',
    '  model_style: chaehee_livechat-front  # chaehee, front',
    '  prompt: prm-1  # Desk',
    '  tts_type: yuri  # azure',
    '  llm_type: azure-gpt-4o  # ',
  ]);
  expect(new Set(arrived.map(({ headers }) => headers['persolive-apikey']))).toEqual(
    new Set(['the-key']),
  );
});
