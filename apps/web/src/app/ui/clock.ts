import { DestroyRef, inject, Injectable, signal } from '@angular/core';
import { NOW } from '../deps.js';

const tickMs = 20_000;

/** The present moment as a signal, so that "5 minutes ago" stays true while a page is open. */
@Injectable({ providedIn: 'root' })
export class Clock {
  readonly #now = inject(NOW);
  readonly #tick = signal(this.#now());
  readonly now = this.#tick.asReadonly();

  constructor() {
    const timer = setInterval(() => this.#tick.set(this.#now()), tickMs);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }

  /** The exact moment, for measuring. */
  read(): Date {
    return this.#now();
  }
}
