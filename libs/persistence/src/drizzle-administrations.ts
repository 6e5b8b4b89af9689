import { asc, eq, sql } from 'drizzle-orm';
import {
  defaultWritePolicy,
  type Administration,
  type Administrations,
  type WritePolicy,
} from '@koppel/domain/administrations';
import { asId, type AdministrationId, type TenantId } from '@koppel/domain/kernel';
import type { Tx } from './database.js';
import { administrations } from './schema/index.js';
import { isViolationOf } from './violation.js';

/** Administrations over Postgres. */
export class DrizzleAdministrations implements Administrations {
  constructor(
    private readonly tx: Tx,
    private readonly tenantId: TenantId,
  ) {}

  async findMany(): Promise<Administration[]> {
    const order = [asc(administrations.position), asc(administrations.division), asc(administrations.id)];
    const rows = await this.tx
      .select()
      .from(administrations)
      .orderBy(...order);
    return rows.map(toAdministration);
  }

  async findManyForUpdate(): Promise<Administration[]> {
    // By id, so that two who lock all of them wait for each other instead of each for the other's first.
    await this.tx
      .select({ id: administrations.id })
      .from(administrations)
      .orderBy(asc(administrations.id))
      .for('update');
    return this.findMany();
  }

  async findById(id: AdministrationId): Promise<Administration | undefined> {
    const [row] = await this.tx.select().from(administrations).where(eq(administrations.id, id));
    return row && toAdministration(row);
  }

  async findByIdForUpdate(id: AdministrationId): Promise<Administration | undefined> {
    const [row] = await this.tx
      .select()
      .from(administrations)
      .where(eq(administrations.id, id))
      .for('update');
    return row && toAdministration(row);
  }

  async add(administration: Administration): Promise<void> {
    await this.tx.insert(administrations).values({ ...administration, tenantId: this.tenantId });
  }

  async save(administration: Administration): Promise<'saved' | 'code-taken'> {
    const { id, version: _, ...columns } = administration;
    const version = sql`${administrations.version} + 1`;
    try {
      // A savepoint: after the refusal the caller still wants to ask who has the code.
      await this.tx.transaction((inner) =>
        inner
          .update(administrations)
          .set({ ...columns, version })
          .where(eq(administrations.id, id)),
      );
      return 'saved';
    } catch (error) {
      if (isViolationOf(error, 'administrations_code')) return 'code-taken';
      throw error;
    }
  }
}

/** The domain's administration of a row. */
export function toAdministration(row: typeof administrations.$inferSelect): Administration {
  const { tenantId: _, ...columns } = row;
  return {
    ...columns,
    id: asId(row.id),
    connectionId: asId(row.connectionId),
    state: row.state as Administration['state'], // our own rows
    writePolicy: { ...defaultWritePolicy, ...(row.writePolicy as Partial<WritePolicy>) }, // our own rows
    unavailableReason: row.unavailableReason as Administration['unavailableReason'],
  };
}
