import {
  editRelationEndpoint,
  getRelationEndpoint,
  listRelationsEndpoint,
  startResyncEndpoint,
} from '@koppel/contracts';
import { ApiRefusal, type ApiClient } from '@koppel/demo';

/** What a person may believe of a phone number: the last that was acknowledged, or one that got no answer since. */
export interface Belief {
  readonly acknowledged: string | undefined;
  readonly unanswered: readonly string[];
}

const pageSize = 200;

/** Somebody who edits phone numbers in Koppel, through whatever happens to it. */
export class Reviewer {
  readonly beliefs = new Map<string, Belief>();
  acknowledged = 0;
  unanswered = 0;
  refused = 0;
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
    let isSent = true;
    try {
      const body = { version: shown.version, values: { phone } };
      await this.api.call(editRelationEndpoint, { params: { id }, body });
      this.acknowledged += 1;
      this.beliefs.set(id, { acknowledged: phone, unanswered: [] });
      isSent = false;
    } catch (error) {
      if (this.isRefusal(error)) isSent = false;
    }
    if (isSent) this.doubt(id, phone);
  }

  async resync(): Promise<void> {
    await this.ask(() => this.api.call(startResyncEndpoint, { body: {} }));
  }

  private doubt(id: string, phone: string): void {
    this.unanswered += 1;
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
    else this.refused += 1;
    return status < 500;
  }
}
