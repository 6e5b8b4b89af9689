import { getProposalEndpoint } from '@koppel/contracts';
import { injectCallEndpoint, type CallResult } from '../api/call-endpoint.js';

export type PairResult = CallResult<typeof getProposalEndpoint>;

const pairsMax = 60;

/** Pairs that were read, or are being read, ahead of being looked at. */
export class PairCache {
  readonly #call = injectCallEndpoint();
  readonly #pairs = new Map<string, Promise<PairResult>>();
  readonly #notBefore = new Map<string, Promise<unknown>>();

  get(id: string): Promise<PairResult> {
    const known = this.#pairs.get(id);
    if (known) return known;
    const asked = this.#ask(id);
    this.#pairs.set(id, asked);
    // A failed read must be asked again the next time.
    void asked.then((result) => (result.ok ? undefined : this.forget(id)));
    this.#trim();
    return asked;
  }

  forget(id: string): void {
    this.#pairs.delete(id);
  }

  /** Reads these again when they are wanted next, and not before what changes them is through. */
  renew(ids: readonly string[], change: Promise<unknown>): void {
    for (const id of ids) {
      this.forget(id);
      this.#notBefore.set(id, Promise.all([this.#notBefore.get(id), change]));
    }
  }

  async #ask(id: string): Promise<PairResult> {
    const change = this.#notBefore.get(id);
    await change;
    if (change === this.#notBefore.get(id)) this.#notBefore.delete(id);
    return this.#call(getProposalEndpoint, { params: { id } });
  }

  #trim(): void {
    const oldest = this.#pairs.keys().next().value;
    if (this.#pairs.size > pairsMax && oldest !== undefined) this.#pairs.delete(oldest);
  }
}
