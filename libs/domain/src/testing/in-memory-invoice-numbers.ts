import type { InvoiceNumber, InvoiceNumbers } from '../invoicing/index.js';
import type { AdministrationId } from '../kernel/index.js';

/** Invoice numbers in memory, for specs. One caller at a time: there is no lock to wait for. */
export class InMemoryInvoiceNumbers implements InvoiceNumbers {
  readonly rows: InvoiceNumber[] = [];
  private readonly next = new Map<string, number>();

  async lockSeries(administrationId: AdministrationId, year: number): Promise<number> {
    return this.next.get(`${administrationId}/${year}`) ?? 1;
  }

  async add(number: InvoiceNumber): Promise<void> {
    this.rows.push(number);
    this.next.set(`${number.administrationId}/${number.year}`, number.sequence + 1);
  }

  async findByReference(
    administrationId: AdministrationId,
    reference: string,
  ): Promise<InvoiceNumber | undefined> {
    return this.rows.find((row) => row.administrationId === administrationId && row.reference === reference);
  }
}
