import type { HttpInterceptorFn } from '@angular/common/http';
import { inject, Injector, LOCALE_ID } from '@angular/core';
import { Router } from '@angular/router';
import { catchError, throwError } from 'rxjs';
import { paths } from '../paths.js';
import { CurrentSession } from '../session/current-session.js';
import { toApiProblem } from './api-problem.js';

/** Turns every failure into an ApiProblem; a lost session leads to sign-in, a switched-off feature to its page. */
export const problemInterceptor: HttpInterceptorFn = (request, next) => {
  const router = inject(Router);
  const injector = inject(Injector);
  const localised = request.clone({ setHeaders: { 'Accept-Language': inject(LOCALE_ID) } });
  return next(localised).pipe(
    catchError((error: unknown) => {
      const problem = toApiProblem(error);
      const isSessionRead = request.method === 'GET' && request.url === '/v1/session';
      if (problem.kind === 'not-signed-in' && !isSessionRead) {
        injector.get(CurrentSession).clear();
        void router.navigate([paths.signIn], { queryParams: { terug: router.url } });
      }
      if (problem.kind === 'feature-not-enabled') void router.navigateByUrl(paths.featureOff);
      return throwError(() => problem);
    }),
  );
};
