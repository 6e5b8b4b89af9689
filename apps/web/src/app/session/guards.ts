import { inject } from '@angular/core';
import { RedirectCommand, Router, type CanActivateFn } from '@angular/router';
import { paths } from '../paths.js';
import { CurrentSession } from './current-session.js';

/** Lets signed-in people in; others go to sign-in and come back to where they wanted to be. */
export const signedIn: CanActivateFn = async (_route, state) => {
  const router = inject(Router);
  const session = await inject(CurrentSession).load();
  if (session) return true;
  return new RedirectCommand(router.createUrlTree([paths.signIn], { queryParams: { terug: state.url } }));
};

/** Who is signed in already has no business at sign-in. */
export const notSignedIn: CanActivateFn = async () => {
  const router = inject(Router);
  const session = await inject(CurrentSession).load();
  return session === undefined || new RedirectCommand(router.parseUrl('/'));
};

/** The portal's pages need an organisation with the feature switched on; operators have their own page. */
export const featureEnabled: CanActivateFn = async () => {
  const router = inject(Router);
  const current = inject(CurrentSession);
  await current.load();
  const tenant = current.tenant();
  if (tenant?.isFeatureEnabled) return true;
  const isOperatorOnly = !tenant && current.value()?.user.isOperator;
  return new RedirectCommand(router.parseUrl(isOperatorOnly ? paths.operator : paths.featureOff));
};

export const operatorOnly: CanActivateFn = async () => {
  const router = inject(Router);
  const session = await inject(CurrentSession).load();
  return session?.user.isOperator === true || new RedirectCommand(router.parseUrl('/'));
};
