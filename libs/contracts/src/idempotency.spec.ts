import { describe, expect, it } from 'vitest';
import { endpoints } from './endpoints.js';
import { idempotencyKey, takesIdempotencyKey } from './idempotency.js';

const uuid = '8e03978e-40d5-43dd-bc93-6894a57f9324';

describe('idempotencyKey', () => {
  it('reads a bare key and the quoted string of the draft as the same', () => {
    expect(idempotencyKey.parse(uuid)).toBe(uuid);
    expect(idempotencyKey.parse(`"${uuid}"`)).toBe(uuid);
    expect(idempotencyKey.parse(String.raw`"order \"7\" \\ a, b"`)).toBe(String.raw`order "7" \ a, b`);
  });

  it('counts the characters of the key, not those of its notation', () => {
    expect(idempotencyKey.parse('k'.repeat(255))).toHaveLength(255);
    expect(idempotencyKey.parse(`"${String.raw`\"`.repeat(255)}"`)).toHaveLength(255);
    expect(idempotencyKey.safeParse('k'.repeat(256)).success).toBe(false);
  });

  it('refuses what is empty, two keys, not closed, not ASCII or not visible', () => {
    for (const text of [
      '',
      '""',
      'a, b',
      '"a", "b"',
      '"a',
      'a"',
      'a b',
      'a\\',
      'sleutel-é',
      'a\tb',
      '"\u0000"',
    ])
      expect([text, idempotencyKey.safeParse(text).success]).toEqual([text, false]);
  });
});

describe('takesIdempotencyKey', () => {
  it('holds for every change within a tenant except the exchange of a consent', () => {
    const without = endpoints.filter((one) => one.method !== 'GET' && !takesIdempotencyKey(one));
    expect(without.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
      'DELETE /v1/api-keys/:id',
      'DELETE /v1/coupling/connections/:id',
      'DELETE /v1/session',
      'DELETE /v1/webhook-endpoints/:id',
      'POST /v1/coupling/connections/complete',
      'POST /v1/session',
      'PUT /v1/operator/tenants/:id/feature',
      'PUT /v1/session/locale',
      'PUT /v1/session/tenant',
    ]);
  });
});
