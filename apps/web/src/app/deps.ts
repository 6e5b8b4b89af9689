import { InjectionToken } from '@angular/core';

/** The present moment. The only place in the portal that reads the clock. */
export const NOW = new InjectionToken<() => Date>('NOW', {
  providedIn: 'root',
  factory: () => () => new Date(),
});
