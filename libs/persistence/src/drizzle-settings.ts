import { and, asc, eq, inArray } from 'drizzle-orm';
import type { AdministrationId, TenantId } from '@koppel/domain/kernel';
import type { AdministrationSettings, Master, Settings, SettingMasterKind } from '@koppel/domain/settings';
import type { Tx } from './database.js';
import { administrationSettings, masters } from './schema/index.js';

const kinds: readonly SettingMasterKind[] = [
  'journals',
  'gl-accounts',
  'vat-codes',
  'payment-conditions',
  'cost-centers',
  'cost-units',
];

/** Settings over Postgres. */
export class DrizzleSettings implements Settings {
  constructor(
    private readonly tx: Tx,
    private readonly tenantId: TenantId,
  ) {}

  async find(administrationId: AdministrationId): Promise<AdministrationSettings> {
    const [row] = await this.tx.select().from(administrationSettings).where(this.of(administrationId));
    return toSettings(administrationId, row);
  }

  async findForUpdate(administrationId: AdministrationId): Promise<AdministrationSettings> {
    await this.tx
      .insert(administrationSettings)
      .values({ ...emptyRow, tenantId: this.tenantId, administrationId })
      .onConflictDoNothing();
    const [row] = await this.tx
      .select()
      .from(administrationSettings)
      .where(this.of(administrationId))
      .for('update');
    return toSettings(administrationId, row);
  }

  async save(settings: AdministrationSettings): Promise<void> {
    const { administrationId, updatedAt, updatedBy, ...columns } = settings;
    await this.tx
      .update(administrationSettings)
      .set({ ...columns, updatedAt: updatedAt ?? emptyRow.updatedAt, updatedBy: updatedBy ?? '' })
      .where(this.of(administrationId));
  }

  async findMasters(administrationId: AdministrationId): Promise<Master[]> {
    const rows = await this.tx
      .select()
      .from(masters)
      .where(and(eq(masters.administrationId, administrationId), inArray(masters.kind, [...kinds])))
      .orderBy(asc(masters.kind), asc(masters.code));
    return rows.map(toMaster);
  }

  private of(administrationId: AdministrationId) {
    return and(
      eq(administrationSettings.tenantId, this.tenantId),
      eq(administrationSettings.administrationId, administrationId),
    );
  }
}

/** Version 0 marks a row that exists only to be locked. */
const emptyRow = { values: {}, follows: {}, version: 0, updatedAt: new Date(0), updatedBy: '' };

function toSettings(
  administrationId: AdministrationId,
  row: typeof administrationSettings.$inferSelect | undefined,
): AdministrationSettings {
  if (!row || row.version === 0)
    return { administrationId, values: {}, follows: {}, version: 0, updatedAt: null, updatedBy: null };
  return {
    administrationId,
    values: row.values as AdministrationSettings['values'], // our own rows
    follows: row.follows as AdministrationSettings['follows'], // our own rows
    version: row.version,
    updatedAt: row.updatedAt,
    updatedBy: row.updatedBy,
  };
}

function toMaster(row: typeof masters.$inferSelect): Master {
  const fields = row.fields as Readonly<Record<string, string | number | boolean | null>>;
  return {
    kind: row.kind as SettingMasterKind,
    code: row.code,
    description: row.description,
    isBlocked: row.isBlocked,
    type: typeof fields['type'] === 'number' ? fields['type'] : null,
    percentage: typeof fields['percentage'] === 'number' ? fields['percentage'] : null,
    vatType: typeof fields['vatType'] === 'string' ? fields['vatType'] : null,
    vatTransaction: typeof fields['vatTransaction'] === 'string' ? fields['vatTransaction'] : null,
    isReverseCharge: fields['isReverseCharge'] === true,
  };
}
