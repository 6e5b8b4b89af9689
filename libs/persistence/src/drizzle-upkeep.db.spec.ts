import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allocateInvoiceNumber } from '@koppel/domain/invoicing';
import { asId, type AdministrationId, type TenantId } from '@koppel/domain/kernel';
import {
  describeActsContract,
  describeInvoiceNumbersContract,
  describeSettingsContract,
} from '@koppel/domain/testing';
import { connect, inTenant, type Database, type Tx } from './database.js';
import { DrizzleInvoiceNumbers } from './drizzle-invoice-numbers.js';
import { DrizzleSettings } from './drizzle-settings.js';
import { DrizzleActs } from './relations/drizzle-acts.js';
import { newIdAt } from './new-id.js';
import { administrations, invoiceNumbers, numberSeries } from './schema/index.js';
import { perCall } from './testing/per-call.js';
import { createTestDatabase } from './testing/test-db.js';
import { DrizzleUnitOfWork } from './unit-of-work.js';

const now = () => new Date('2026-11-25T12:00:00Z');
const newId = () => newIdAt(now());
let database: Database;
let drop: () => Promise<void>;
beforeAll(async () => {
  const test = await createTestDatabase();
  database = connect(test.url, { max: 16 });
  drop = test.drop;
});
afterAll(async () => {
  await database.close();
  await drop();
});

function forNewTenant<A extends object>(make: (tx: Tx, tenantId: TenantId) => A): A {
  const tenantId = asId<TenantId>(newId());
  return perCall<A>((work) => inTenant(database, tenantId, (tx) => work(make(tx, tenantId))));
}

describeInvoiceNumbersContract(async () =>
  forNewTenant((tx, tenantId) => new DrizzleInvoiceNumbers(tx, tenantId)),
);
describeActsContract(async () => forNewTenant((tx, tenantId) => new DrizzleActs(tx, tenantId)));
describeSettingsContract(async () => forNewTenant((tx, tenantId) => new DrizzleSettings(tx, tenantId)));

async function anActiveAdministration(): Promise<{ tenantId: TenantId; administrationId: AdministrationId }> {
  const tenantId = asId<TenantId>(newId());
  const administrationId = asId<AdministrationId>(newId());
  await inTenant(database, tenantId, (tx) =>
    tx.insert(administrations).values({
      id: administrationId,
      tenantId,
      connectionId: newId(),
      region: 'nl',
      division: 3_412_001,
      name: 'Bouwbedrijf A',
      state: 'active',
      code: '007',
      listedAt: now(),
      activatedAt: now(),
    }),
  );
  return { tenantId, administrationId };
}

describe('invoice numbers under load', () => {
  it('J09: gives 64 parallel allocators 64 consecutive numbers, also when every fourth transaction rolls back', async () => {
    const { tenantId, administrationId } = await anActiveAdministration();
    const uow = new DrizzleUnitOfWork(database);
    const failing = {
      run: (...args: Parameters<typeof uow.run>) =>
        uow.run(args[0], async (tx) => {
          await args[1](tx);
          return { ok: false as const, error: { kind: 'later-failure' } };
        }),
    } as typeof uow;

    await Promise.all(
      Array.from({ length: 64 }, (_, index) =>
        allocateInvoiceNumber(
          { uow: index % 4 === 3 ? failing : uow, now, newId },
          {
            tenantId,
            administrationId,
            reference: `termijn ${index}`,
            invoiceDate: '2021-03-01',
            actor: { id: 'erp', name: 'ERP', kind: 'api-key' },
          },
        ),
      ),
    );

    const { rows, series } = await inTenant(database, tenantId, async (tx) => ({
      rows: await tx.select().from(invoiceNumbers).orderBy(invoiceNumbers.number),
      series: await tx.select().from(numberSeries),
    }));
    expect(rows.map((row) => row.number)).toEqual(
      Array.from({ length: 48 }, (_, index) => `2021007${String(index + 1).padStart(5, '0')}`),
    );
    expect(series).toMatchObject([{ year: 2021, next: 49 }]);
  });

  it('gives 16 parallel callers with one reference one number', async () => {
    const { tenantId, administrationId } = await anActiveAdministration();
    const deps = { uow: new DrizzleUnitOfWork(database), now, newId };
    const command = {
      tenantId,
      administrationId,
      reference: 'F1',
      invoiceDate: '2025-12-31',
      actor: { id: 'erp', name: 'ERP', kind: 'api-key' } as const,
    };

    const results = await Promise.all(Array.from({ length: 16 }, () => allocateInvoiceNumber(deps, command)));

    expect(new Set(results.map((result) => (result.ok ? result.value.number : result.error.kind)))).toEqual(
      new Set(['202500700001']),
    );
  });
});
