import { beforeEach, describe, expect, it } from 'vitest';
import type { InvoiceNumber, InvoiceNumbers } from '../invoicing/index.js';
import { asId, type AdministrationId } from '../kernel/index.js';
import { sequentialIds } from './sequential-ids.js';

const newId = sequentialIds(1_000);
const administrationId = asId<AdministrationId>(newId());

function aNumber(changes: Partial<InvoiceNumber>): InvoiceNumber {
  const sequence = changes.sequence ?? 1;
  const year = changes.year ?? 2026;
  return {
    id: newId(),
    administrationId,
    number: `${year}007${String(sequence).padStart(5, '0')}`,
    year,
    sequence,
    invoiceDate: `${year}-06-01`,
    reference: `F-${year}-${sequence}`,
    exactEntryNumber: null,
    allocatedBy: 'Anna',
    allocatedAt: new Date('2026-06-01T08:00:00Z'),
    ...changes,
  };
}

/** What every adapter of InvoiceNumbers does. `make` gives an empty one. */
export function describeInvoiceNumbersContract(make: () => Promise<InvoiceNumbers>): void {
  describe('InvoiceNumbers', () => {
    let numbers: InvoiceNumbers;
    beforeEach(async () => {
      numbers = await make();
    });

    it('begins each series at one and moves it on with each number', async () => {
      expect(await numbers.lockSeries(administrationId, 2026)).toBe(1);
      await numbers.add(aNumber({ sequence: 1 }));

      expect(await numbers.lockSeries(administrationId, 2026)).toBe(2);
      expect(await numbers.lockSeries(administrationId, 2025)).toBe(1);
    });

    it('finds a number by the reference of its invoice', async () => {
      const number = aNumber({ sequence: 1, reference: 'Termijn 3' });
      await numbers.lockSeries(administrationId, 2026);
      await numbers.add(number);

      expect(await numbers.findByReference(administrationId, 'Termijn 3')).toEqual(number);
      expect(await numbers.findByReference(administrationId, 'termijn 3')).toBeUndefined();
    });
  });
}
