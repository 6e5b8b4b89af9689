import { and, eq } from 'drizzle-orm';
import { invariant, asId, type AdministrationId, type TenantId } from '@koppel/domain/kernel';
import type { InvoiceNumber, InvoiceNumbers } from '@koppel/domain/invoicing';
import type { Tx } from './database.js';
import { invoiceNumbers, numberSeries } from './schema/index.js';

/** Invoice numbers over Postgres; the series' row lock makes them gapless. */
export class DrizzleInvoiceNumbers implements InvoiceNumbers {
  constructor(
    private readonly tx: Tx,
    private readonly tenantId: TenantId,
  ) {}

  async lockSeries(administrationId: AdministrationId, year: number): Promise<number> {
    await this.tx
      .insert(numberSeries)
      .values({ tenantId: this.tenantId, administrationId, year, next: 1 })
      .onConflictDoNothing();
    const [series] = await this.tx
      .select({ next: numberSeries.next })
      .from(numberSeries)
      .where(this.seriesOf(administrationId, year))
      .for('update');
    invariant(series, 'the series was made above');
    return series.next;
  }

  async add(number: InvoiceNumber): Promise<void> {
    await this.tx.insert(invoiceNumbers).values({ ...number, tenantId: this.tenantId });
    await this.tx
      .update(numberSeries)
      .set({ next: number.sequence + 1 })
      .where(this.seriesOf(number.administrationId, number.year));
  }

  async findByReference(
    administrationId: AdministrationId,
    reference: string,
  ): Promise<InvoiceNumber | undefined> {
    const [row] = await this.tx
      .select()
      .from(invoiceNumbers)
      .where(
        and(eq(invoiceNumbers.administrationId, administrationId), eq(invoiceNumbers.reference, reference)),
      );
    if (!row) return undefined;
    const { tenantId: _, ...number } = row;
    return { ...number, administrationId: asId<AdministrationId>(number.administrationId) };
  }

  private seriesOf(administrationId: AdministrationId, year: number) {
    return and(
      eq(numberSeries.tenantId, this.tenantId),
      eq(numberSeries.administrationId, administrationId),
      eq(numberSeries.year, year),
    );
  }
}
