import { inject, Injectable, signal } from '@angular/core';
import { NavigationEnd, Router } from '@angular/router';
import type { ApiProblem } from '../api/api-problem.js';
import { Freshness } from '../api/freshness.js';

/** A short message at the bottom of the page, with at most one action such as undo. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  /** A toast of the same group takes its place: five decisions in a row leave one undo. */
  readonly group: string | undefined;
  readonly tone: 'info' | 'bad';
  readonly reference: string | undefined;
  readonly action: { readonly label: string; readonly run: () => void } | undefined;
}

const showMs = 10_000;
const toastsMax = 3;

@Injectable({ providedIn: 'root' })
export class Toaster {
  readonly #toasts = signal<readonly Toast[]>([]);
  readonly #freshness = inject(Freshness);
  #lastId = 0;
  #navigations = 0;
  readonly toasts = this.#toasts.asReadonly();

  constructor() {
    inject(Router).events.subscribe((event) => {
      if (event instanceof NavigationEnd) this.#navigations += 1;
    });
  }

  show(text: string, action?: Toast['action'], group?: string): void {
    // The same words twice in a row say no more than once.
    this.#add({ text, group: group ?? text, tone: 'info', reference: undefined, action });
  }

  /**
   * Offers undo for ten seconds; history offers it for ever. The page that asked shows what its undo did; when the
   * reader is on another page by then, that one reads again.
   */
  showUndo(text: string, undo: () => Promise<unknown>, group?: string): void {
    const shownAt = this.#navigations;
    const run = async (): Promise<void> => {
      await undo();
      if (this.#navigations !== shownAt) this.#freshness.refresh();
    };
    this.show(text, { label: $localize`:@@toast.undo:Ongedaan maken`, run: () => void run() }, group);
  }

  showProblem(problem: ApiProblem): void {
    this.#add({
      text: problem.title,
      group: undefined,
      tone: 'bad',
      reference: problem.reference,
      action: undefined,
    });
  }

  dismiss(id: number): void {
    this.#toasts.update((toasts) => toasts.filter((toast) => toast.id !== id));
  }

  dismissGroup(group: string): void {
    this.#toasts.update((toasts) => toasts.filter((toast) => toast.group !== group));
  }

  #add(toast: Omit<Toast, 'id'>): void {
    const id = ++this.#lastId;
    const others = this.#toasts().filter((each) => toast.group === undefined || each.group !== toast.group);
    this.#toasts.set([...others, { ...toast, id }].slice(-toastsMax));
    setTimeout(() => this.dismiss(id), showMs);
  }
}
