import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { ConnectionId, TenantId } from '@koppel/domain/kernel';

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/** Keys by id, 32 bytes each. New secrets get the current one; old ones stay readable while their key is listed. */
export interface KeyRing {
  readonly currentKeyId: string;
  readonly keys: Readonly<Record<string, Uint8Array>>;
}

/** Where a secret lives. Part of the encryption: a ciphertext copied to another row or column does not open. */
export type SecretPlace =
  | {
      readonly tenantId: TenantId;
      readonly connectionId: ConnectionId;
      readonly field: 'access-token' | 'refresh-token' | 'unread-answer';
    }
  | {
      readonly tenantId: TenantId;
      /** Who got the answer, and under which key it is kept. */
      readonly answerOf: string;
      readonly field: 'kept-answer';
    }
  | {
      readonly tenantId: TenantId;
      readonly endpointId: string;
      readonly field: 'webhook-secret';
    };

export interface SealedSecret {
  readonly keyId: string;
  /** Base64 of iv (12 bytes), tag (16 bytes) and ciphertext. */
  readonly ciphertext: string;
}

/** A secret was sealed with a key that is not in the ring (F47). */
export class KeyUnavailable extends Error {
  override readonly name = 'KeyUnavailable';
  constructor(readonly keyId: string) {
    super(`encryption key ${keyId} is not in the ring`);
  }
}

/** AES-256-GCM for what must not be readable at rest: Exact's tokens, kept answers, secrets of webhooks. `decrypt` throws on any changed byte or a foreign place, and KeyUnavailable. */
export class TokenCipher {
  constructor(private readonly ring: KeyRing) {
    if (ring.keys[ring.currentKeyId] === undefined)
      throw new Error('the current encryption key is not in the ring');
    for (const key of Object.values(ring.keys)) {
      if (key.length !== 32) throw new Error('an encryption key is not 32 bytes long');
    }
  }

  encrypt(secret: string, place: SecretPlace): SealedSecret {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv(algorithm, this.key(this.ring.currentKeyId), iv, {
      authTagLength: tagBytes,
    });
    cipher.setAAD(boundTo(place));
    const body = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    const ciphertext = Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64');
    return { keyId: this.ring.currentKeyId, ciphertext };
  }

  decrypt(sealed: SealedSecret, place: SecretPlace): string {
    const bytes = Buffer.from(sealed.ciphertext, 'base64');
    const decipher = createDecipheriv(algorithm, this.key(sealed.keyId), bytes.subarray(0, ivBytes), {
      authTagLength: tagBytes,
    });
    decipher.setAAD(boundTo(place));
    decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
    const plain = [decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()];
    return Buffer.concat(plain).toString('utf8');
  }

  private key(keyId: string): Uint8Array {
    const key = this.ring.keys[keyId];
    if (key === undefined) throw new KeyUnavailable(keyId);
    return key;
  }
}

function boundTo(place: SecretPlace): Buffer {
  return Buffer.from(`${place.tenantId}|${rowOf(place)}|${place.field}`, 'utf8');
}

function rowOf(place: SecretPlace): string {
  if (place.field === 'kept-answer') return place.answerOf;
  return place.field === 'webhook-secret' ? place.endpointId : place.connectionId;
}
