import {
  approveIssueEndpoint,
  editRelationEndpoint,
  getRelationEndpoint,
  listIssuesEndpoint,
  listRelationsEndpoint,
  startResyncEndpoint,
} from '@koppel/contracts';
import { ApiRefusal, type ApiClient } from '@koppel/demo';

/** What a person may believe of a phone number: the last that was acknowledged, or one that got no answer since. */
export interface Belief {
  readonly acknowledged: string | undefined;
  readonly unanswered: readonly string[];
}

/** What became of an edit as far as the person knows. */
export type Answer = 'acknowledged' | 'unanswered' | 'refused';

const pageSize = 200;

/** Somebody who edits phone numbers in Koppel, through whatever happens to it. */
export class Reviewer {
  readonly beliefs = new Map<string, Belief>();
  /** By phone number: no two edits have the same. */
  readonly answers = new Map<string, Answer>();
  /** Ids of questions about changes that were approved. */
  readonly approved = new Set<string>();
  /** Answers that no fault excuses: a 500, or a body that breaks the contract. */
  readonly wrong: string[] = [];
  private ids: readonly string[] = [];
  private number = 100_000;

  constructor(
    private readonly api: ApiClient,
    private readonly random: () => number,
  ) {}

  async lookAround(): Promise<void> {
    const { items } = await this.api.call(listRelationsEndpoint, { query: { limit: pageSize } });
    this.ids = items.map(({ id }) => id);
  }

  async editSomething(): Promise<void> {
    const id = this.ids[Math.floor(this.random() * this.ids.length)];
    if (id === undefined) throw new Error('there are no relations to edit');
    this.number += 1;
    const phone = `0318-${this.number}`;
    const shown = await this.ask(() => this.api.call(getRelationEndpoint, { params: { id } }));
    if (!shown || shown.state !== 'active') return;
    const body = { version: shown.version, values: { phone } };
    const answer = await this.api.call(editRelationEndpoint, { params: { id }, body }).then(
      () => 'acknowledged' as const,
      (error: unknown) => (this.isRefusal(error) ? 'refused' : 'unanswered'),
    );
    this.answers.set(phone, answer);
    if (answer === 'acknowledged') this.beliefs.set(id, { acknowledged: phone, unanswered: [] });
    if (answer === 'unanswered') this.doubt(id, phone);
  }

  /** Says of some change that is asked about that it is right. */
  async approveSomething(): Promise<void> {
    const query = { state: 'open', limit: pageSize } as const;
    const shown = await this.ask(() => this.api.call(listIssuesEndpoint, { query }));
    const asked = shown?.items.filter(({ waysOut }) => waysOut.some(({ kind }) => kind === 'approve')) ?? [];
    const question = asked[Math.floor(this.random() * asked.length)];
    if (!question) return;
    const { id, version } = question;
    const answer = await this.ask(() =>
      this.api.call(approveIssueEndpoint, { params: { id }, body: { version } }),
    );
    if (answer) this.approved.add(id);
  }

  /** How many edits were answered like this. */
  count(wanted: Answer): number {
    return [...this.answers.values()].filter((answer) => answer === wanted).length;
  }

  async resync(): Promise<void> {
    await this.ask(() => this.api.call(startResyncEndpoint, { body: {} }));
  }

  private doubt(id: string, phone: string): void {
    const { acknowledged, unanswered = [] } = this.beliefs.get(id) ?? { acknowledged: undefined };
    this.beliefs.set(id, { acknowledged, unanswered: [...unanswered, phone] });
  }

  private async ask<T>(question: () => Promise<T>): Promise<T | undefined> {
    try {
      return await question();
    } catch (error) {
      this.isRefusal(error);
      return undefined;
    }
  }

  /** True when the api said that nothing was done; 503 leaves that open (F20), as a broken connection does. */
  private isRefusal(error: unknown): boolean {
    if (!(error instanceof ApiRefusal)) {
      if (!(error instanceof TypeError)) this.wrong.push(String(error));
      return false;
    }
    const { status, kind } = error.problem;
    if (status === 503) return false;
    if (status >= 500) this.wrong.push(`${status} ${kind}`);
    return status < 500;
  }
}
