import { err, ok, type Result } from '../kernel/index.js';
import type { PartFields } from '../relations/index.js';
import type {
  IsTooLate,
  PartAt,
  PartKind,
  PartRow,
  PartSource,
  WriteTarget,
  SourceFault,
  TooLate,
} from '../sync/index.js';

/** What the next write meets: a fault before anything happened, an answer lost after it did, or a change that is not taken over. */
export type WriteFate = SourceFault | 'lost-after-write' | 'dropped' | null;

/** Parts that can be written, in memory; a spec sets what happens to the next write. */
export class InMemoryPartSource implements PartSource {
  private readonly parts = new Map<string, PartRow>();
  readonly partWrites: (PartFields & { readonly exactId: string })[] = [];
  readonly partCreates: PartFields[] = [];
  next: WriteFate = null;
  /** Faults of the reads of single records to come, in order; null for none. */
  nextReads: (SourceFault | null)[] = [];

  putPart(kind: PartKind, part: PartRow): void {
    this.parts.set(`${kind} ${part.exactId}`, part);
  }

  async readPart(_: WriteTarget, { kind, exactId }: PartAt): Promise<Result<PartRow | null, SourceFault>> {
    const fault = this.nextReads.shift();
    return fault ? err(fault) : ok(this.parts.get(`${kind} ${exactId}`) ?? null);
  }

  async findParts(
    _: WriteTarget,
    of: { readonly kind: PartKind; readonly accountExactId: string },
  ): Promise<Result<PartRow[], SourceFault>> {
    const found = [...this.parts].filter(
      ([key, part]) => key.startsWith(`${of.kind} `) && part.accountExactId === of.accountExactId,
    );
    return ok(found.map(([, part]) => part));
  }

  async updatePart(
    _: WriteTarget,
    { kind, exactId, patch }: PartAt & { readonly patch: PartFields },
    isTooLate: IsTooLate,
  ): Promise<Result<void, SourceFault | TooLate>> {
    if (isTooLate()) return err({ kind: 'too-late' });
    this.partWrites.push({ exactId, ...patch });
    const fate = this.takeFate();
    if (fate === 'dropped') return ok(undefined);
    if (fate !== null && fate !== 'lost-after-write') return err(fate);
    const part = this.parts.get(`${kind} ${exactId}`);
    if (!part) return err({ kind: 'refused', message: 'not found' });
    this.putPart(kind, { ...part, fields: { ...part.fields, ...patch } });
    return fate === null ? ok(undefined) : err({ kind: 'unavailable', retryAt: null, reason: 'lost' });
  }

  async createPart(
    _: WriteTarget,
    part: { readonly kind: PartKind; readonly accountExactId: string; readonly fields: PartFields },
    isTooLate: IsTooLate,
  ): Promise<Result<string, SourceFault | TooLate>> {
    if (isTooLate()) return err({ kind: 'too-late' });
    const fate = this.takeFate();
    if (fate !== null && fate !== 'lost-after-write' && fate !== 'dropped') return err(fate);
    this.partCreates.push(part.fields);
    const exactId = `00000000-0000-4000-8000-${(0xc000 + this.parts.size).toString(16).padStart(12, '0')}`;
    const { accountExactId } = part;
    const row = { exactId, accountExactId, rowVersion: null, fields: { isMain: true, ...part.fields } };
    this.putPart(part.kind, row);
    return fate === null ? ok(exactId) : err({ kind: 'uncertain', reason: 'lost' });
  }

  protected takeFate(): WriteFate {
    const fate = this.next;
    this.next = null;
    return fate;
  }
}
