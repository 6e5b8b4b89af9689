import { Controller, Inject } from '@nestjs/common';
import { allocateInvoiceNumberEndpoint, listNumberSeriesEndpoint, type Response } from '@koppel/contracts';
import {
  allocateInvoiceNumber,
  formatInvoiceNumber,
  isNearlyFull,
  sequenceMax,
} from '@koppel/domain/invoicing';
import { asId, type AdministrationId, type Deps } from '@koppel/domain/kernel';
import { inTenant, type Database, type FullTransaction } from '@koppel/persistence';
import { listNumberSeries, type SeriesRow } from '@koppel/persistence/read';
import { Call } from '../http/call.js';
import { Route } from '../http/route.js';
import { unwrap } from '../http/unwrap.js';
import { DATABASE, DEPS } from '../tokens.js';

@Controller()
export class InvoicingController {
  constructor(
    @Inject(DEPS) private readonly deps: Deps<FullTransaction>,
    @Inject(DATABASE) private readonly database: Database,
  ) {}

  @Route(allocateInvoiceNumberEndpoint)
  async allocate(
    @Call() call: Call<typeof allocateInvoiceNumberEndpoint>,
  ): Promise<Response<typeof allocateInvoiceNumberEndpoint>> {
    const administrationId = asId<AdministrationId>(call.params.id);
    const command = { ...call.body, tenantId: call.tenantId, administrationId, actor: call.actor };
    const number = unwrap(allocateInvoiceNumberEndpoint, await allocateInvoiceNumber(this.deps, command));
    const { allocatedBy: _, ...shown } = number;
    return { ...shown, allocatedAt: number.allocatedAt.toISOString(), warning: warningOf(number.sequence) };
  }

  @Route(listNumberSeriesEndpoint)
  async list(
    @Call() call: Call<typeof listNumberSeriesEndpoint>,
  ): Promise<Response<typeof listNumberSeriesEndpoint>> {
    const rows = await inTenant(this.database, call.tenantId, listNumberSeries);
    return { items: rows.map(toSeries) };
  }
}

function warningOf(sequence: number): { nl: string; en: string } | null {
  if (!isNearlyFull(sequence)) return null;
  const left = sequenceMax - sequence;
  return { nl: `Nog ${left} nummers in deze reeks.`, en: `${left} numbers left in this series.` };
}

function toSeries(row: SeriesRow) {
  const isFull = row.next > sequenceMax;
  return {
    administrationId: row.administrationId,
    administrationName: row.administrationName,
    year: row.year,
    next: isFull || row.code === null ? '' : formatInvoiceNumber(row.year, row.code, row.next),
    allocated: row.next - 1,
    isNearlyFull: isNearlyFull(row.next),
  };
}
