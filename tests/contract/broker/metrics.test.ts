import { expect, it } from 'vitest';
import { hashOf } from '@/broker/auth/keys';
import { access, brokerWith, fakeVendor, keys, opening } from './kit';

const key = 'avk_metrics_0123456789abcdefghijklmnop';

it('metrics count answers and problems, and name no caller', async () => {
  const { app } = brokerWith({
    config: { access, metrics: { enabled: true, hash: hashOf(key) } },
    vendors: [fakeVendor()],
  });
  await app.request('/v1/sessions', opening(keys.alice, { provider: 'perso' }));
  await app.request('/v1/sessions', opening(keys.alice, { provider: 'perso' }));
  await app.request('/v1/sessions/0123456789abcdef/end', opening('avk_wrong', {}));
  expect((await app.request('/metrics')).status).toBe(401);
  const response = await app.request('/metrics', { headers: { Authorization: `Bearer ${key}` } });
  expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4');
  const text = await response.text();
  const value = (series: string) =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${series} `))
        ?.split(' ')[1],
    );
  expect(value('broker_request_seconds_count{route="/v1/sessions",status="201"}')).toBe(1);
  expect(value('broker_request_seconds_count{route="/v1/sessions",status="429"}')).toBe(1);
  expect(value('broker_problems_total{code="concurrency_limit"}')).toBe(1);
  expect(value('broker_problems_total{code="auth_required"}')).toBeGreaterThanOrEqual(1);
  expect(value('broker_store_reachable')).toBe(1);
  expect(text).toContain('route="/v1/sessions/{session}/end"');
  expect(text).not.toContain('alice');
});
