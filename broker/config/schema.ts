import * as v from 'valibot';
import { line, personaId, webAddress } from '@/lib/broker/contract';
import { rungs } from '@/lib/page/page';

/** Where a secret is: in the environment, or in a file of its own. Never in the config itself. */
const place = v.union(
  [v.strictObject({ env: line(200) }), v.strictObject({ file: line(1000) })],
  'should say where the secret is, {env: NAME} or {file: path}; a secret never stands in this file',
);
export type SecretPlace = v.InferOutput<typeof place>;

/** Finds a secret, or says in a few words why not. */
export type FindSecret = (place: SecretPlace) => { value: string } | { missing: string };

const secretFrom = (find: FindSecret) =>
  v.pipe(
    place,
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const found = find(dataset.value);
      if ('value' in found) return found.value;
      addIssue({ message: found.missing });
      return NEVER;
    }),
  );
type SecretSchema = ReturnType<typeof secretFrom>;

const whole = (low: number, high: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(low), v.maxValue(high));
const optionalLine = (longest: number) => v.optional(line(longest));
const address = v.pipe(
  v.string(),
  v.regex(/^https?:\/\/\S+$/iu, 'should be an http or https address'),
);

/** What an operator says about any persona; the rest of it is the vendor's business. */
const described = {
  id: personaId,
  name: line(80),
  description: optionalLine(400),
  languages: v.optional(v.array(line(35)), []),
  price: optionalLine(200),
  /** What a minute costs, for the reader's clock. */
  rate: v.optional(
    v.strictObject({
      amount: v.pipe(v.number(), v.minValue(0), v.maxValue(10_000)),
      currency: v.pipe(
        v.string(),
        v.regex(/^[A-Z]{3}$/u, 'should be an ISO 4217 code, such as EUR'),
      ),
    }),
  ),
};

const personas = <S extends v.GenericSchema>(entry: S) =>
  v.pipe(v.array(entry), v.minLength(1), v.maxLength(200));

const inworld = (secret: SecretSchema) =>
  v.strictObject({
    key: secret,
    secret,
    /** Which token call the account has: see the protocol notes in `vendors/inworld.ts`. */
    form: v.optional(v.picklist(['session-tokens', 'engine']), 'session-tokens'),
    /** Only the engine form asks for it. */
    workspace: v.optional(v.pipe(v.string(), v.regex(/^[\w-]{1,61}$/u))),
    api_url: v.optional(address, 'https://api.inworld.ai'),
    gateway: v.optional(
      v.strictObject({
        hostname: v.optional(line(253), 'studio.inworld.ai'),
        ssl: v.optional(v.boolean(), true),
      }),
      {},
    ),
    personas: personas(
      v.strictObject({
        ...described,
        scene: v.pipe(
          v.string(),
          v.regex(
            /^workspaces\/[\w-]{1,61}\/(?:characters|scenes)\/[\w-]{1,61}$/iu,
            'should be workspaces/<name>/scenes/<name> or workspaces/<name>/characters/<name>',
          ),
        ),
      }),
    ),
  });

const persoParams = v.strictObject({
  model_style: line(200),
  prompt: line(200),
  llm_type: optionalLine(200),
  tts_type: optionalLine(200),
  stt_type: optionalLine(200),
  document: optionalLine(200),
  background_image: optionalLine(200),
  mcp_servers: v.optional(v.array(line(200))),
  padding_left: v.optional(v.pipe(v.number(), v.minValue(-1), v.maxValue(1))),
  padding_top: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  padding_height: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(5))),
  text_normalization_config: optionalLine(200),
  text_normalization_locale: optionalLine(10),
  stt_text_normalization_config: optionalLine(200),
  stt_text_normalization_locale: optionalLine(10),
});
export type PersoParams = v.InferOutput<typeof persoParams>;

const perso = (secret: SecretSchema) =>
  v.strictObject({
    key: secret,
    api_url: v.optional(address, 'https://platform.perso.ai'),
    /** How long the vendor waits for the browser. Not documented; a careful guess. */
    connect_seconds: v.optional(whole(10, 600), 60),
    personas: personas(
      v.pipe(
        v.strictObject({
          ...described,
          template: optionalLine(200),
          params: v.optional(persoParams),
        }),
        v.check(
          ({ template, params }) => (template === undefined) !== (params === undefined),
          'should have either a template or params (`npm run broker -- perso` lists what there is)',
        ),
      ),
    ),
  });

const soulMachines = (secret: SecretSchema) =>
  v.strictObject({
    /** A host name; or a whole `ws:` or `wss:` address, to reach another service. */
    session_server: v.optional(
      v.pipe(
        v.string(),
        v.regex(
          /^(?:wss?:\/\/)?[^\s/]+(?:\/\S*)?$/iu,
          'should be a host name or a ws or wss address',
        ),
      ),
      'dh.soulmachines.cloud',
    ),
    token_minutes: v.optional(whole(1, 1440), 30),
    personas: personas(
      v.pipe(
        v.strictObject({
          ...described,
          key_name: optionalLine(300),
          key: v.optional(secret),
          control_url: v.optional(
            v.pipe(v.string(), v.regex(/^(?:wss?:\/\/\S+)?$/iu, 'should be a ws or wss address')),
            '',
          ),
          control_via_browser: v.optional(v.boolean(), false),
          /** Its author made it answer the vendor's `PAGE_METADATA` intent. */
          page_metadata: v.optional(v.boolean(), false),
          api_key: v.optional(secret),
          hand_out_api_key: v.optional(v.boolean(), false),
        }),
        v.check(
          ({ key_name, key, api_key }) =>
            (key_name !== undefined && key !== undefined) !== (api_key !== undefined),
          'should have either key_name and key, or api_key',
        ),
        v.check(
          ({ api_key, hand_out_api_key }) => (api_key !== undefined) === hand_out_api_key,
          'hands out an API key, which does not expire and can be copied by everyone who may use ' +
            'this persona: that goes together with hand_out_api_key: true, and only with it',
        ),
      ),
    ),
  });

const callerLimits = {
  live_sessions: v.optional(whole(1, 10_000)),
  minutes_per_day: v.optional(whole(1, 1_000_000)),
};

const accessKey = v.strictObject({
  name: v.pipe(v.string(), v.regex(/^[\w.@-]{1,64}$/u)),
  /** Two while one is being replaced by the other. */
  hashes: v.pipe(
    v.array(
      v.pipe(
        v.string(),
        v.regex(
          /^sha256:[0-9a-f]{64}$/u,
          'should be sha256: and 64 digits, as `npm run broker -- key` makes',
        ),
      ),
    ),
    v.minLength(1),
    v.maxLength(2),
  ),
  providers: v.optional(v.array(v.picklist(['inworld', 'perso', 'soul-machines']))),
  ...callerLimits,
});

const oidc = v.strictObject({
  issuer: webAddress,
  /** The public client the extension signs in as. */
  client_id: line(200),
  /** What access tokens must be made out to. */
  audience: line(500),
  /** What access tokens must carry. */
  scope: line(200),
  /** Asked for besides `scope`. */
  sign_in_scopes: v.optional(v.array(line(200)), ['openid', 'offline_access']),
  /** Ask the issuer for the audience by RFC 8707; not every issuer understands. */
  ask_for_resource: v.optional(v.boolean(), false),
  clock_skew_seconds: v.optional(whole(0, 600), 60),
});

export const configSchema = (find: FindSecret) => {
  const secret = secretFrom(find);
  return v.strictObject({
    name: v.optional(line(120), 'An avatar broker'),
    operator: v.optional(
      v.strictObject({
        name: line(120),
        url: v.optional(webAddress),
        contact: v.optional(
          v.pipe(
            v.string(),
            v.regex(
              /^(?:mailto:|https?:\/\/)[^\s]{3,300}$/iu,
              'should be a mailto: or https: address',
            ),
          ),
        ),
      }),
      { name: 'Whoever started it' },
    ),
    privacy_url: v.optional(webAddress),
    disclosure: optionalLine(1000),
    price: optionalLine(200),
    context: v.optional(v.picklist(rungs), 'page'),

    listen: v.optional(
      v.strictObject({
        host: v.optional(line(253), '127.0.0.1'),
        port: v.optional(whole(0, 65_535), 8790),
      }),
      {},
    ),
    /** How many proxies in front add to `X-Forwarded-For`; 0 believes none of it. */
    trusted_proxies: v.optional(whole(0, 10), 0),
    origins: v.optional(
      v.array(
        v.pipe(
          v.string(),
          v.regex(
            /^(?:chrome-extension:\/\/(?:\*|[a-p]{32})|moz-extension:\/\/(?:\*|[0-9a-f-]{36}))$/u,
            'should be chrome-extension://<id> or moz-extension://*',
          ),
        ),
      ),
      ['chrome-extension://*', 'moz-extension://*'],
    ),

    access: v.optional(
      v.strictObject({
        keys: v.optional(v.array(accessKey), []),
        /** A header that may carry the access key as well. */
        header: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z][A-Za-z0-9-]{0,63}$/u))),
        oidc: v.optional(oidc),
      }),
      {},
    ),

    limits: v.optional(
      v.strictObject({
        requests_per_minute: v.optional(whole(1, 1_000_000), 60),
        requests_per_minute_and_address: v.optional(whole(1, 1_000_000), 240),
        live_sessions: v.optional(whole(1, 10_000), 1),
        /** Absent: without limit. */
        minutes_per_day: v.optional(whole(1, 1_000_000)),
        idle_seconds: v.optional(whole(30, 3600), 180),
        session_minutes: v.optional(whole(1, 1440), 30),
      }),
      {},
    ),

    ice: v.optional(
      v.strictObject({
        servers: v.optional(
          v.array(
            v.strictObject({
              urls: v.pipe(v.array(line(500)), v.minLength(1)),
              /** The secret a TURN server shares (coturn: `static-auth-secret`). */
              shared_secret: v.optional(secret),
            }),
          ),
          [],
        ),
        force_relay: v.optional(v.boolean(), false),
      }),
      {},
    ),

    redis: v.optional(
      v.strictObject({ url: secret, prefix: v.optional(line(40), 'avatar-broker') }),
    ),
    metrics: v.optional(
      v.strictObject({
        enabled: v.optional(v.boolean(), false),
        /** Who may read them, hashed as access keys are. */
        hash: v.optional(v.pipe(v.string(), v.regex(/^sha256:[0-9a-f]{64}$/u))),
      }),
      {},
    ),
    log_level: v.optional(v.picklist(['debug', 'info', 'warn', 'error', 'silent']), 'info'),

    providers: v.optional(
      v.strictObject({
        inworld: v.optional(inworld(secret)),
        perso: v.optional(perso(secret)),
        'soul-machines': v.optional(soulMachines(secret)),
      }),
      {},
    ),
  });
};
export type Config = v.InferOutput<ReturnType<typeof configSchema>>;
export type AccessKey = v.InferOutput<typeof accessKey>;
export type OidcConfig = v.InferOutput<typeof oidc>;
export type InworldConfig = v.InferOutput<ReturnType<typeof inworld>>;
export type PersoConfig = v.InferOutput<ReturnType<typeof perso>>;
export type SoulMachinesConfig = v.InferOutput<ReturnType<typeof soulMachines>>;
