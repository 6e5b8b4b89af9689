import { beforeEach, describe, expect, it } from 'vitest';
import { asId, type Message, type Outbox } from '../kernel/index.js';

/** An outbox and a look at what of it may leave at a moment, oldest first. */
export interface WatchedOutbox {
  readonly outbox: Outbox;
  dueAt(moment: Date): Promise<Message[]>;
}

/** What every Outbox adapter does. `make` gives an empty one. */
export function describeOutboxContract(make: () => Promise<WatchedOutbox>): void {
  describe('Outbox', () => {
    const soon = new Date('2100-01-01T00:00:00Z');
    const later = new Date('2100-01-02T00:00:00Z');
    const listing: Message = {
      kind: 'list-divisions',
      connectionId: asId('00000000-0000-7000-8000-c00000000001'),
    };
    const resync: Message = {
      kind: 'start-resync',
      administrationIds: [
        asId('00000000-0000-7000-8000-a00000900001'),
        asId('00000000-0000-7000-8000-a00000900002'),
      ],
    };
    let watched: WatchedOutbox;
    beforeEach(async () => {
      watched = await make();
    });

    it('keeps every message whole, in the order in which they were sent, the same one twice too', async () => {
      await watched.outbox.add(listing);
      await watched.outbox.add(resync);
      await watched.outbox.add(listing);
      expect(await watched.dueAt(soon)).toEqual([listing, resync, listing]);
    });

    it('keeps several at once in their order, and none for none', async () => {
      await watched.outbox.addMany([listing, resync, listing]);
      await watched.outbox.addMany([]);
      expect(await watched.dueAt(soon)).toEqual([listing, resync, listing]);
    });

    it('holds back a message until its moment', async () => {
      await watched.outbox.add(resync, later);
      await watched.outbox.add(listing, soon);
      expect(await watched.dueAt(new Date(soon.getTime() - 1))).toEqual([]);
      expect(await watched.dueAt(soon)).toEqual([listing]);
      expect(await watched.dueAt(later)).toEqual([resync, listing]);
    });
  });
}
