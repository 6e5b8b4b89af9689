import type { LookupAddress } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { AddressRefused, guardedLookup } from './guarded-lookup.js';

const publicOne = { address: '93.184.216.34', family: 4 };
const privateOne = { address: '10.0.0.8', family: 4 };

/** What a connection to a name would be told, one time after another. */
function connecting(...answers: readonly (readonly LookupAddress[])[]) {
  const left = [...answers];
  const lookup = guardedLookup({ isLoopbackAllowed: false }, () => Promise.resolve(left.shift() ?? []));
  return () =>
    new Promise((resolve, reject) => {
      lookup('erp.example', { all: true }, (error, addresses) =>
        error ? reject(error) : resolve(addresses),
      );
    });
}

describe('a name of a receiver', () => {
  it('is connected to by the addresses that were judged', async () => {
    await expect(connecting([publicOne])()).resolves.toEqual([publicOne]);
  });

  it('is refused when one of its addresses is inside a network', async () => {
    await expect(connecting([publicOne, privateOne])()).rejects.toThrow(AddressRefused);
    await expect(connecting([{ address: '::ffff:127.0.0.1', family: 6 }])()).rejects.toThrow(AddressRefused);
  });

  it('that is public first and private a moment later is judged each time', async () => {
    const connect = connecting([publicOne], [privateOne]);
    await expect(connect()).resolves.toEqual([publicOne]);
    await expect(connect()).rejects.toThrow(AddressRefused);
  });

  it('that leads nowhere is refused', async () => {
    await expect(connecting([])()).rejects.toThrow(AddressRefused);
  });
});
