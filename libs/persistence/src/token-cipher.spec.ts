import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { asId } from '@koppel/domain/kernel';
import { KeyUnavailable, TokenCipher, type SecretPlace } from './token-cipher.js';

const place: SecretPlace = {
  tenantId: asId('00000000-0000-7000-8000-000000000001'),
  connectionId: asId('00000000-0000-7000-8000-000000000002'),
  field: 'refresh-token',
};
const keys = { k1: randomBytes(32), k2: randomBytes(32) };
const cipher = new TokenCipher({ currentKeyId: 'k1', keys });

describe('TokenCipher', () => {
  it('gives back what it was given, for long and for non-ASCII secrets', () => {
    for (const secret of ['RT1', 'x'.repeat(4_000), 'geheim \u20ac \u{1f511}']) {
      expect(cipher.decrypt(cipher.encrypt(secret, place), place)).toBe(secret);
    }
  });

  it('does not open when any byte of iv, tag or ciphertext was changed', () => {
    const sealed = cipher.encrypt('a refresh token', place);
    const bytes = Buffer.from(sealed.ciphertext, 'base64');
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => cipher.decrypt({ ...sealed, ciphertext: changed.toString('base64') }, place)).toThrow();
    }
  });

  it('does not open in the row of another tenant or connection, nor in another column', () => {
    const sealed = cipher.encrypt('a refresh token', place);
    const other = '00000000-0000-7000-8000-000000000009';
    expect(() => cipher.decrypt(sealed, { ...place, tenantId: asId(other) })).toThrow();
    expect(() => cipher.decrypt(sealed, { ...place, connectionId: asId(other) })).toThrow();
    expect(() => cipher.decrypt(sealed, { ...place, field: 'access-token' })).toThrow();
  });

  it('never uses an iv twice', () => {
    const ivs = new Set<string>();
    for (let index = 0; index < 20_000; index += 1)
      ivs.add(cipher.encrypt('x', place).ciphertext.slice(0, 16));
    expect(ivs.size).toBe(20_000);
  });

  it('reads what an older key wrote, seals with the current one, and says which (F47)', () => {
    const old = cipher.encrypt('secret', place);
    const rotated = new TokenCipher({ currentKeyId: 'k2', keys });
    expect(rotated.decrypt(old, place)).toBe('secret');
    expect(rotated.encrypt('secret', place).keyId).toBe('k2');
    const withoutOld = new TokenCipher({ currentKeyId: 'k2', keys: { k2: keys.k2 } });
    expect(() => withoutOld.decrypt(old, place)).toThrow(KeyUnavailable);
  });

  it('refuses a ring without the current key or with a short key', () => {
    expect(() => new TokenCipher({ currentKeyId: 'k3', keys })).toThrow();
    expect(() => new TokenCipher({ currentKeyId: 'k1', keys: { k1: randomBytes(16) } })).toThrow();
  });
});
