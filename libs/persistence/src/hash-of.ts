import { createHash } from 'node:crypto';

/** SHA-256 in hex: how secrets are kept that are recognised and never read back. What one process hashes another looks for. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret, 'utf8').digest('hex');
}
