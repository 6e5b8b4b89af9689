import { randomBytes } from 'node:crypto';

/** The lowest id of a moment: ids made by `newIdAt` before it sort lower. */
export function firstIdAt(moment: Date): string {
  const hex = moment.getTime().toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/** The lowest and the highest id from the moment of one id to that of another. */
export function idsOfMoments(from: string, to: string): { lowest: string; highest: string } {
  return {
    lowest: `${from.slice(0, 13)}-7000-8000-000000000000`,
    highest: `${to.slice(0, 13)}-7fff-bfff-ffffffffffff`,
  };
}

/**
 * A UUID version 7 (RFC 9562 section 5.7): 48 bits of Unix milliseconds, then 74 random bits. Ids made later sort
 * later, which keeps b-tree inserts at the right-hand side.
 */
export function newIdAt(now: Date): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now.getTime(), 0, 6);
  bytes[6] = 0x70 | (bytes[6]! & 0x0f); // randomBytes gave 16 bytes
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
