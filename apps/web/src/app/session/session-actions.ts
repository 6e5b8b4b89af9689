import { inject, Injector, runInInjectionContext } from '@angular/core';
import { chooseTenantEndpoint, setLocaleEndpoint, signOutEndpoint } from '@koppel/contracts';
import { injectCallEndpoint } from '../api/call-endpoint.js';
import { paths } from '../paths.js';
import { Toaster } from '../ui/toaster.js';
import { CurrentSession } from './current-session.js';
import { rememberLocale, type Locale } from './locale.js';
import { unsavedQuestion } from './unsaved-question.js';
import { UnsavedWork } from './unsaved-work.js';

export interface SessionActions {
  setLocale(locale: Locale): Promise<void>;
  chooseTenant(tenantId: string): Promise<void>;
  signOut(): Promise<void>;
}

/** What a person does about the session itself. Each ends in a fresh page, so that nothing of before stays in view. */
export function injectSessionActions(): SessionActions {
  const call = injectCallEndpoint();
  const session = inject(CurrentSession);
  const toaster = inject(Toaster);
  const work = inject(UnsavedWork);
  const injector = inject(Injector);
  /** Before the act and not after: what is answered with "no" must leave everything as it was. */
  const mayLeave = async (): Promise<boolean> => {
    const names = work.names();
    if (names.length === 0) return true;
    const { injectAsk } = await import('../ui/ask-dialog.js');
    return (await runInInjectionContext(injector, injectAsk)(unsavedQuestion(names))) !== undefined;
  };
  return {
    setLocale: async (locale) => {
      if (!(await mayLeave())) return;
      const result = await call(setLocaleEndpoint, { body: { locale } });
      if (!result.ok) return toaster.showProblem(result.problem);
      rememberLocale(locale);
      work.drop();
      location.reload();
    },
    chooseTenant: async (tenantId) => {
      if (!(await mayLeave())) return;
      const result = await call(chooseTenantEndpoint, { body: { tenantId } });
      if (!result.ok) return toaster.showProblem(result.problem);
      work.drop();
      location.assign('/');
    },
    signOut: async () => {
      if (!(await mayLeave())) return;
      const result = await call(signOutEndpoint, {});
      if (!result.ok && result.problem.kind !== 'not-signed-in') return toaster.showProblem(result.problem);
      session.clear();
      location.assign(paths.signIn);
    },
  };
}
