import { loadTranslations } from '@angular/localize';
import { storedLocale } from './app/session/locale.js';

// The strict content security policy forbids `new Function`, which zod would try; this must be set before zod is loaded.
(globalThis as { __zod_globalConfig?: { jitless: boolean } }).__zod_globalConfig = { jitless: true };

const locale = storedLocale();
document.documentElement.lang = locale;
if (locale === 'en') loadTranslations((await import('./i18n/en/index.js')).english);
await (await import('./bootstrap.js')).start(locale);
