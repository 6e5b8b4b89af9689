import { inject } from '@angular/core';
import { chooseTenantEndpoint, setLocaleEndpoint, signOutEndpoint } from '@koppel/contracts';
import { injectCallEndpoint } from '../api/call-endpoint.js';
import { paths } from '../paths.js';
import { Toaster } from '../ui/toaster.js';
import { CurrentSession } from './current-session.js';
import { rememberLocale, type Locale } from './locale.js';

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
  return {
    setLocale: async (locale) => {
      const result = await call(setLocaleEndpoint, { body: { locale } });
      if (!result.ok) return toaster.showProblem(result.problem);
      rememberLocale(locale);
      location.reload();
    },
    chooseTenant: async (tenantId) => {
      const result = await call(chooseTenantEndpoint, { body: { tenantId } });
      if (!result.ok) return toaster.showProblem(result.problem);
      location.assign('/');
    },
    signOut: async () => {
      const result = await call(signOutEndpoint, {});
      if (!result.ok && result.problem.kind !== 'not-signed-in') return toaster.showProblem(result.problem);
      session.clear();
      location.assign(paths.signIn);
    },
  };
}
