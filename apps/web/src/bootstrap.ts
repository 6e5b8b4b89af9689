import { registerLocaleData } from '@angular/common';
import localeNl from '@angular/common/locales/nl';
import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app.js';
import { appConfig } from './app/app.config.js';
import type { Locale } from './app/session/locale.js';

export async function start(locale: Locale): Promise<void> {
  registerLocaleData(localeNl);
  await bootstrapApplication(App, appConfig(locale));
}
