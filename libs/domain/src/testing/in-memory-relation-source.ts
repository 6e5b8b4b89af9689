import { err, ok, type Result } from '../kernel/index.js';
import type {
  AccountRow,
  DataKind,
  DeletedRow,
  MasterRow,
  MoveDates,
  PageRequest,
  PartKind,
  PartRow,
  Rejection,
  RelationSource,
  SourceAdministration,
  SourceFault,
  SourcePage,
  SourceRows,
} from '../sync/index.js';

interface Stock {
  accounts: AccountRow[];
  deleted: DeletedRow[];
  masters: MasterRow[];
  parts: PartRow[];
}

/** Exact in memory: pages of `pageSize`, by row version, with faults that a spec plants. */
export class InMemoryRelationSource implements RelationSource {
  private readonly stocks = new Map<number, Stock>();
  private readonly faults: { fault: SourceFault; division: number; kind: DataKind; afterPages: number }[] =
    [];
  readonly rejections = new Map<number, Rejection[]>();
  readonly asked: {
    readonly division: number;
    readonly kind: DataKind;
    readonly next: string | null;
    readonly timestamp: string;
  }[] = [];
  /** Runs before a page is answered: for what happens meanwhile. */
  onPage: (request: PageRequest) => Promise<void> | void = () => undefined;
  /** Runs before accounts are counted. */
  onCount: () => void = () => undefined;
  /** After this many pages of accounts one list says that it ends, although there are more. */
  endsAfter: number | null = null;
  /** Divisions that were moved, and when. */
  readonly moves = new Map<number, string>();
  movesAsked = 0;
  /** Runs before it is told whether a division was moved. */
  onMove: () => Promise<void> | void = () => undefined;
  mayRead = true;
  countIs: number | null = null;
  partsAre: number | null = null;

  constructor(private readonly pageSize = 3) {}

  /** What a division has; change it to change Exact. */
  of(division: number): Stock {
    const known = this.stocks.get(division) ?? { accounts: [], deleted: [], masters: [], parts: [] };
    this.stocks.set(division, known);
    return known;
  }

  fail(
    fault: SourceFault,
    at: { division: number; kind: DataKind; afterPages?: number; times?: number },
  ): void {
    for (let count = 0; count < (at.times ?? 1); count += 1) {
      const { division, kind, afterPages = 0 } = at;
      this.faults.push({ fault, division, kind, afterPages: count === 0 ? afterPages : 0 });
    }
  }

  async fetchPage(request: PageRequest): Promise<Result<SourcePage, SourceFault>> {
    const { kind, cursor, administration } = request;
    const { division } = administration;
    await this.onPage(request);
    const fault = this.takeFault(division, kind);
    if (fault) return err(fault);
    this.asked.push({ division, kind, ...cursor });
    const isAccounts = kind === 'accounts';
    const newer = isAccounts ? this.newerThan(division, BigInt(cursor.timestamp)) : [];
    const accounts = newer.slice(0, this.pageSize);
    const hasMore = newer.length > accounts.length && !(isAccounts && this.endsEarly());
    const timestamp = accounts.at(-1)?.rowVersion.toString() ?? cursor.timestamp;
    const rejected = isAccounts && cursor.next === null ? (this.rejections.get(division) ?? []) : [];
    const rows = this.rowsOf(division, kind, accounts);
    return ok({ rows, rejected, next: hasMore ? `after ${timestamp}` : null, timestamp });
  }

  async countAccounts(administration: SourceAdministration): Promise<Result<number, SourceFault>> {
    this.onCount();
    return ok(this.countIs ?? this.of(administration.division).accounts.length);
  }

  async countParts(
    administration: SourceAdministration,
    kind: PartKind,
  ): Promise<Result<number, SourceFault>> {
    const { parts } = this.of(administration.division);
    return ok(kind === 'bank-account' ? (this.partsAre ?? parts.length) : 0);
  }

  async movedAt({ division }: SourceAdministration): Promise<Result<MoveDates | undefined, SourceFault>> {
    this.movesAsked += 1;
    await this.onMove();
    return ok({ movedAt: this.moves.get(division) ?? null });
  }

  async mayReadAccounts(): Promise<Result<boolean, SourceFault>> {
    return ok(this.mayRead);
  }

  /** Pages asked of a kind, without those that a fault ate. */
  pagesOf(division: number, kind: DataKind): number {
    return this.asked.filter((call) => call.division === division && call.kind === kind).length;
  }

  private endsEarly(): boolean {
    if (this.endsAfter === null) return false;
    this.endsAfter -= 1;
    if (this.endsAfter > 0) return false;
    this.endsAfter = null;
    return true;
  }

  private newerThan(division: number, version: bigint): AccountRow[] {
    return this.of(division)
      .accounts.filter((row) => row.rowVersion > version)
      .sort((a, b) => (a.rowVersion < b.rowVersion ? -1 : 1));
  }

  private takeFault(division: number, kind: DataKind): SourceFault | undefined {
    const planted = this.faults.find((each) => each.division === division && each.kind === kind);
    if (!planted) return undefined;
    if (planted.afterPages > 0) {
      planted.afterPages -= 1;
      return undefined;
    }
    this.faults.splice(this.faults.indexOf(planted), 1);
    return planted.fault;
  }

  private rowsOf(division: number, kind: DataKind, accounts: readonly AccountRow[]): SourceRows {
    const stock = this.of(division);
    switch (kind) {
      case 'accounts':
        return { kind, rows: accounts };
      case 'deleted':
        return { kind, rows: stock.deleted };
      case 'contacts':
        return { kind: 'parts', part: 'contact', rows: [] };
      case 'addresses':
        return { kind: 'parts', part: 'address', rows: [] };
      case 'bank-accounts':
        return { kind: 'parts', part: 'bank-account', rows: stock.parts };
      default:
        return { kind: 'masters', master: kind, rows: kind === 'journals' ? stock.masters : [] };
    }
  }
}
