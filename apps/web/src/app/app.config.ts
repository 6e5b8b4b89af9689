import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { LOCALE_ID, provideBrowserGlobalErrorListeners, type ApplicationConfig } from '@angular/core';
import {
  provideRouter,
  TitleStrategy,
  withComponentInputBinding,
  withInMemoryScrolling,
  withRouterConfig,
} from '@angular/router';
import { problemInterceptor } from './api/problem.interceptor.js';
import { routes } from './app.routes.js';
import { PageTitle } from './page-title.js';
import type { Locale } from './session/locale.js';

export function appConfig(locale: Locale): ApplicationConfig {
  return {
    providers: [
      provideBrowserGlobalErrorListeners(),
      { provide: LOCALE_ID, useValue: locale },
      { provide: TitleStrategy, useClass: PageTitle },
      provideHttpClient(withInterceptors([problemInterceptor])),
      provideRouter(
        routes,
        withComponentInputBinding(),
        withRouterConfig({ paramsInheritanceStrategy: 'always' }),
        withInMemoryScrolling({ scrollPositionRestoration: 'enabled', anchorScrolling: 'enabled' }),
      ),
    ],
  };
}
