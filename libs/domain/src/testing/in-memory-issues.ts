import type { IssueId } from '../kernel/index.js';
import { closedIssue, openIssue, type Issue, type Issues, type Trouble } from '../issues/index.js';

/** Issues in memory, for specs. */
export class InMemoryIssues implements Issues {
  private readonly rows = new Map<IssueId, Issue>();

  constructor(private readonly newId: () => string) {}

  all(): Issue[] {
    return [...this.rows.values()];
  }

  async report(troubles: readonly Trouble[], now: Date): Promise<void> {
    for (const trouble of troubles) {
      const told = this.all().filter(
        ({ causeKey, state }) => causeKey === trouble.causeKey && state !== 'resolved',
      );
      if (!trouble.isBesideIgnored && told.some(({ state }) => state === 'ignored')) continue;
      const known = told.find(({ state }) => state === 'open');
      if (!known) {
        const issue = openIssue(this.newId(), trouble, now);
        this.rows.set(issue.id, issue);
      } else {
        this.rows.set(known.id, {
          ...known,
          params: trouble.params,
          version: known.version + (saysTheSame(known.params, trouble.params) ? 0 : 1),
          occurrences: known.occurrences + 1,
          lastSeenAt: now,
        });
      }
    }
  }

  async resolve(causeKeys: readonly string[], now: Date, by: string): Promise<number> {
    const gone = this.all().filter(
      (issue) => issue.state !== 'resolved' && causeKeys.includes(issue.causeKey),
    );
    for (const issue of gone) this.rows.set(issue.id, closedIssue(issue, now, by));
    return gone.length;
  }

  async resolveOf(about: Parameters<Issues['resolveOf']>[0], now: Date, by: string): Promise<number> {
    const gone = this.all().filter(
      ({ state, administrationId, cause }) =>
        state !== 'resolved' && administrationId === about.administrationId && about.causes.includes(cause),
    );
    for (const issue of gone) this.rows.set(issue.id, closedIssue(issue, now, by));
    return gone.length;
  }

  async findOpenCauseKeys(prefix: string): Promise<string[]> {
    const open = await this.findOpen(prefix);
    return open.map((issue) => issue.causeKey);
  }

  async findUnresolvedCauseKeys(prefix: string): Promise<string[]> {
    return this.all()
      .filter((issue) => issue.state !== 'resolved' && issue.causeKey.startsWith(prefix))
      .map((issue) => issue.causeKey);
  }

  async findOpen(prefix: string): Promise<Issue[]> {
    return this.all()
      .filter((issue) => issue.state === 'open' && issue.causeKey.startsWith(prefix))
      .sort((one, other) => (one.causeKey < other.causeKey ? -1 : 1));
  }

  async findUnresolvedForUpdate(causeKeys: readonly string[]): Promise<Issue[]> {
    return this.all()
      .filter((issue) => issue.state !== 'resolved' && causeKeys.includes(issue.causeKey))
      .sort((one, other) => (one.causeKey < other.causeKey ? -1 : 1));
  }

  async findOpenAfter(prefix: string, from: { after: string; limit: number }): Promise<Issue[]> {
    const open = await this.findOpen(prefix);
    return open.filter(({ causeKey }) => causeKey > from.after).slice(0, from.limit);
  }

  async countOpenBlocking(): Promise<number> {
    return this.all().filter((issue) => issue.state === 'open' && issue.isBlocking).length;
  }

  async findById(id: IssueId): Promise<Issue | undefined> {
    return this.rows.get(id);
  }

  async findByIdForUpdate(id: IssueId): Promise<Issue | undefined> {
    return this.rows.get(id);
  }

  async save(issue: Issue): Promise<void> {
    this.rows.set(issue.id, issue);
  }
}

function saysTheSame(one: Issue['params'], other: Issue['params']): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => one[name] === other[name]);
}
