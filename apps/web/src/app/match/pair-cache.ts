import { getProposalEndpoint } from '@koppel/contracts';
import { injectCallEndpoint, type CallResult } from '../api/call-endpoint.js';

export type PairResult = CallResult<typeof getProposalEndpoint>;

const pairsMax = 60;

/** Pairs that were read, or are being read, ahead of being looked at. */
export class PairCache {
  readonly #call = injectCallEndpoint();
  readonly #pairs = new Map<string, Promise<PairResult>>();

  get(id: string): Promise<PairResult> {
    const known = this.#pairs.get(id);
    if (known) return known;
    const asked = this.#call(getProposalEndpoint, { params: { id } });
    this.#pairs.set(id, asked);
    // A failed read must be asked again the next time.
    void asked.then((result) => (result.ok ? undefined : this.forget(id)));
    this.#trim();
    return asked;
  }

  forget(id: string): void {
    this.#pairs.delete(id);
  }

  #trim(): void {
    const oldest = this.#pairs.keys().next().value;
    if (this.#pairs.size > pairsMax && oldest !== undefined) this.#pairs.delete(oldest);
  }
}
