import { computed, inject, Injectable, signal } from '@angular/core';
import { getSessionEndpoint, type Session } from '@koppel/contracts';
import { injectCallEndpoint } from '../api/call-endpoint.js';
import { rememberLocale } from './locale.js';
import { UnsavedWork } from './unsaved-work.js';

/** Who is signed in: the only state that outlives a page. */
@Injectable({ providedIn: 'root' })
export class CurrentSession {
  readonly #call = injectCallEndpoint();
  readonly #work = inject(UnsavedWork);
  readonly #session = signal<Session | undefined>(undefined);
  #isAsked = false;

  readonly value = this.#session.asReadonly();
  readonly tenant = computed(() => {
    const session = this.#session();
    return session?.tenants.find((tenant) => tenant.id === session.currentTenantId);
  });
  readonly role = computed(() => this.tenant()?.role);
  readonly mayDecide = computed(() => this.role() === 'admin' || this.role() === 'reviewer');
  readonly isAdmin = computed(() => this.role() === 'admin');

  /** Asks once who is signed in; later calls answer from memory. */
  async load(): Promise<Session | undefined> {
    if (this.#isAsked) return this.#session();
    const result = await this.#call(getSessionEndpoint, {});
    if (result.ok) this.set(result.value);
    // Only an answer counts: after a network failure the next navigation asks again.
    this.#isAsked = result.ok || result.problem.kind === 'not-signed-in';
    return this.#session();
  }

  set(session: Session): void {
    this.#isAsked = true;
    this.#session.set(session);
    if (rememberLocale(session.user.locale)) location.reload();
  }

  /** Without a session nothing can be saved any more, so nothing keeps the reader from signing in again. */
  clear(): void {
    this.#work.drop();
    this.#session.set(undefined);
    this.#isAsked = true;
  }
}
