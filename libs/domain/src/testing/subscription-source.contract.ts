import { describe, expect, it } from 'vitest';
import type { SourceAdministration } from '../sync/index.js';
import type { SubscriptionSource } from '../webhooks/index.js';

/** Exact with one administration and no subscription yet. */
export interface SubscriptionSubject {
  readonly source: SubscriptionSource;
  readonly administration: SourceAdministration;
  readonly callbackUrl: string;
}

const unknownId = '00000000-0000-4000-8000-00000000dead';

/** What every SubscriptionSource does. */
export function describeSubscriptionSourceContract(make: () => Promise<SubscriptionSubject>): void {
  describe('SubscriptionSource', () => {
    it('lists what was made, and no more after it was removed, once or twice', async () => {
      const { source, administration, callbackUrl } = await make();
      expect(await source.list(administration)).toEqual({ ok: true, value: [] });

      const made = await source.create(administration, { topic: 'accounts', callbackUrl });
      if (!made.ok) throw new Error(made.error.kind);
      expect(await source.list(administration)).toEqual({
        ok: true,
        value: [{ exactId: made.value, topic: 'accounts', callbackUrl }],
      });

      expect(await source.remove(administration, made.value)).toEqual({ ok: true, value: undefined });
      expect(await source.remove(administration, unknownId)).toEqual({ ok: true, value: undefined });
      expect(await source.list(administration)).toEqual({ ok: true, value: [] });
    });

    it('takes one per topic', async () => {
      const { source, administration, callbackUrl } = await make();
      await source.create(administration, { topic: 'bank-accounts', callbackUrl });
      expect(await source.create(administration, { topic: 'bank-accounts', callbackUrl })).toMatchObject({
        ok: false,
        error: { kind: 'refused' },
      });
      expect(await source.create(administration, { topic: 'contacts', callbackUrl })).toMatchObject({
        ok: true,
      });
    });
  });
}
