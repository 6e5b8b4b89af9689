import { Inject, Injectable } from '@nestjs/common';
import type { TokenCipher } from '@koppel/persistence';
import type { WebhookEndpoint } from '@koppel/persistence/events';
import type { Chance } from '../deps.js';
import { CHANCE, CIPHER } from '../tokens.js';

/** A secret before it is sealed: it leaves the api once, in the answer to who made it. */
export interface MadeSecret {
  /** `whsec_` and base64, as Standard Webhooks writes it. */
  readonly secret: string;
  readonly sealed: WebhookEndpoint['secret'];
}

@Injectable()
export class WebhookSecrets {
  constructor(
    @Inject(CHANCE) private readonly chance: Chance,
    @Inject(CIPHER) private readonly cipher: TokenCipher,
  ) {}

  make({ id: endpointId, tenantId }: Pick<WebhookEndpoint, 'id' | 'tenantId'>): MadeSecret {
    const secret = `whsec_${Buffer.from(this.chance.newSecret(), 'base64url').toString('base64')}`;
    return { secret, sealed: this.cipher.encrypt(secret, { tenantId, endpointId, field: 'webhook-secret' }) };
  }
}
