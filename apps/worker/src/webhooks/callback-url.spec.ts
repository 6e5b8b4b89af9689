import { describe, expect, it } from 'vitest';
import { aConfig } from '../testing/a-worker-rig.js';
import { callbackUrlOf } from './callback-url.js';

const base = aConfig({ databaseUrl: 'postgres://x', exactUrl: 'http://127.0.0.1:1' });

describe('callbackUrlOf', () => {
  it.each([
    [{ publicUrl: 'https://koppel.test' }, 'be', 'https://koppel.test/webhooks/exact/be'],
    [{ publicUrl: 'http://127.0.0.1:4000' }, 'nl', 'http://127.0.0.1:4000/webhooks/exact/nl'],
    [{ publicUrl: 'http://127.0.0.1:4000' }, 'be', undefined],
    [{ publicUrl: undefined }, 'nl', undefined],
    [{ publicUrl: 'https://koppel.test', webhooks: 'off' as const }, 'nl', undefined],
  ])('of %o in %s is %s', (over, region, wanted) => {
    expect(callbackUrlOf({ ...base, ...over }, region)).toBe(wanted);
  });
});
