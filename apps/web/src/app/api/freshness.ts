import { DestroyRef, inject, Injectable } from '@angular/core';

/** Tells every read that is in view to read again, after something changed behind the page's back. */
@Injectable({ providedIn: 'root' })
export class Freshness {
  readonly #reads = new Set<() => void>();

  /** Reads again on every `refresh`, until what created it is gone. */
  join(read: () => void): void {
    this.#reads.add(read);
    inject(DestroyRef).onDestroy(() => this.#reads.delete(read));
  }

  refresh(): void {
    for (const read of this.#reads) read();
  }
}
