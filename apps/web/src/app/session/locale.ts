export type Locale = 'nl' | 'en';

const storageKey = 'koppel.locale';

/** The language to start in: as last chosen in this browser, else Dutch. */
export function storedLocale(): Locale {
  return localStorage.getItem(storageKey) === 'en' ? 'en' : 'nl';
}

/** Remembers the language; true when the page runs in another one and must be loaded again. */
export function rememberLocale(locale: Locale): boolean {
  localStorage.setItem(storageKey, locale);
  return document.documentElement.lang !== locale;
}
