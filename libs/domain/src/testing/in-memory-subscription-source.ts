import { err, ok, type Result } from '../kernel/index.js';
import type { SourceAdministration, SourceFault } from '../sync/index.js';
import type { FoundSubscription, SubscriptionSource, Topic } from '../webhooks/index.js';

/** Exact's subscriptions in memory; a spec sets what the next call meets. */
export class InMemorySubscriptionSource implements SubscriptionSource {
  private readonly rows: { readonly division: number; readonly found: FoundSubscription }[] = [];
  private made = 0;
  /** Met by the next call of this kind, before anything happens. */
  faults: { readonly call: 'list' | 'create' | 'remove'; readonly fault: SourceFault }[] = [];
  calls: string[] = [];

  of(division: number): FoundSubscription[] {
    return this.rows.filter((row) => row.division === division).map(({ found }) => found);
  }

  put(division: number, found: FoundSubscription): void {
    this.rows.push({ division, found });
  }

  lose(exactId: string): void {
    const at = this.rows.findIndex(({ found }) => found.exactId === exactId);
    if (at >= 0) this.rows.splice(at, 1);
  }

  async list({ division }: SourceAdministration): Promise<Result<FoundSubscription[], SourceFault>> {
    const fault = this.meet('list');
    return fault ? err(fault) : ok(this.of(division));
  }

  async create(
    { division }: SourceAdministration,
    subscription: { readonly topic: Topic; readonly callbackUrl: string },
  ): Promise<Result<string, SourceFault>> {
    const fault = this.meet('create');
    if (fault) return err(fault);
    if (this.of(division).some(({ topic }) => topic === subscription.topic))
      return err({ kind: 'refused', message: 'Bestaat reeds' });
    this.made += 1;
    const exactId = `00000000-0000-4000-8000-${String(this.made).padStart(12, '0')}`;
    this.put(division, { exactId, ...subscription });
    return ok(exactId);
  }

  async remove(_: SourceAdministration, exactId: string): Promise<Result<void, SourceFault>> {
    const fault = this.meet('remove');
    if (fault) return err(fault);
    this.lose(exactId);
    return ok(undefined);
  }

  private meet(call: 'list' | 'create' | 'remove'): SourceFault | undefined {
    this.calls.push(call);
    const at = this.faults.findIndex((planted) => planted.call === call);
    return at < 0 ? undefined : this.faults.splice(at, 1)[0]?.fault;
  }
}
