import { describe, expect, it } from 'vitest';
import { asId, type TenantId } from '../kernel/index.js';
import { anAdministration } from '../testing/an-administration.js';
import { InMemoryAdministrations } from '../testing/in-memory-administrations.js';
import { InMemoryInvoiceNumbers } from '../testing/in-memory-invoice-numbers.js';
import { InMemoryUnitOfWork } from '../testing/in-memory-unit-of-work.js';
import { sequentialIds } from '../testing/sequential-ids.js';
import { allocateInvoiceNumber } from './allocate-invoice-number.js';

const activatedAt = new Date('2021-01-04T09:00:00Z');
const a = anAdministration({ division: 900_001, state: 'active', code: '001', activatedAt });
const b = anAdministration({ division: 900_002, state: 'active', code: '002', activatedAt });

function aWorld() {
  const invoiceNumbers = new InMemoryInvoiceNumbers();
  const administrations = new InMemoryAdministrations([a, b]);
  const uow = new InMemoryUnitOfWork({ administrations, invoiceNumbers });
  const deps = { uow, now: () => new Date('2022-01-03T08:00:00Z'), newId: sequentialIds(100) };
  let invoices = 0;
  const allocate = (administration: typeof a, invoiceDate: string) =>
    allocateInvoiceNumber(deps, {
      tenantId: asId<TenantId>('00000000-0000-7000-8000-000000000001'),
      administrationId: administration.id,
      reference: `invoice ${(invoices += 1)}`,
      invoiceDate,
      actor: { id: 'erp', name: 'ERP', kind: 'api-key' },
    });
  /** As if the last invoice of a series had this sequence. */
  const haveIssued = async (administration: typeof a, last: { year: number; sequence: number }) => {
    const issued = await allocate(administration, `${last.year}-01-01`);
    if (!issued.ok) throw new Error(issued.error.kind);
    await invoiceNumbers.add({ ...issued.value, ...last, number: 'earlier', reference: 'earlier' });
  };
  return { invoiceNumbers, allocate, haveIssued };
}

const numberOf = (allocated: Awaited<ReturnType<ReturnType<typeof aWorld>['allocate']>>) =>
  allocated.ok ? allocated.value.number : allocated.error;

describe('allocateInvoiceNumber', () => {
  it('J09: counts per administration and year of the invoice date, whenever it is entered', async () => {
    const { allocate, haveIssued } = aWorld();
    await haveIssued(a, { year: 2021, sequence: 41 });

    expect(numberOf(await allocate(a, '2021-12-31'))).toBe('202100100042');
    expect(numberOf(await allocate(a, '2022-01-01'))).toBe('202200100001');
    expect(numberOf(await allocate(b, '2022-01-01'))).toBe('202200200001');
    expect(numberOf(await allocate(a, '2021-12-31'))).toBe('202100100043');
  });

  it('J08: gives the last number of a series, then says that it is exhausted and uses nothing up', async () => {
    const { allocate, haveIssued, invoiceNumbers } = aWorld();
    await haveIssued(a, { year: 2021, sequence: 99_998 });

    expect(numberOf(await allocate(a, '2021-06-01'))).toBe('202100199999');
    const stored = invoiceNumbers.rows.length;
    expect(numberOf(await allocate(a, '2021-06-01'))).toEqual({ kind: 'series-exhausted', year: 2021 });
    expect(invoiceNumbers.rows).toHaveLength(stored);
    expect(numberOf(await allocate(a, '2022-06-01'))).toBe('202200100001');
  });
});
