import { inject, LOCALE_ID, Pipe, type PipeTransform } from '@angular/core';
import { Clock } from './clock.js';
import {
  formatCount,
  formatDay,
  formatDuration,
  formatMoment,
  formatShare,
  formatTime,
  formatWeight,
} from './format.js';

@Pipe({ name: 'count' })
export class CountPipe implements PipeTransform {
  readonly #locale = inject(LOCALE_ID);
  transform = (count: number): string => formatCount(count, this.#locale);
}

@Pipe({ name: 'share' })
export class SharePipe implements PipeTransform {
  readonly #locale = inject(LOCALE_ID);
  transform = (share: number): string => formatShare(share, this.#locale);
}

@Pipe({ name: 'weight' })
export class WeightPipe implements PipeTransform {
  readonly #locale = inject(LOCALE_ID);
  transform = (weight: number): string => formatWeight(weight, this.#locale);
}

@Pipe({ name: 'moment' })
export class MomentPipe implements PipeTransform {
  readonly #locale = inject(LOCALE_ID);
  readonly #clock = inject(Clock);
  transform = (iso: string): string => formatMoment(iso, this.#locale, this.#clock.read());
}

@Pipe({ name: 'day' })
export class DayPipe implements PipeTransform {
  readonly #locale = inject(LOCALE_ID);
  transform = (iso: string): string => formatDay(iso, this.#locale);
}

@Pipe({ name: 'time' })
export class TimePipe implements PipeTransform {
  readonly #locale = inject(LOCALE_ID);
  transform = (iso: string): string => formatTime(iso, this.#locale);
}

@Pipe({ name: 'duration' })
export class DurationPipe implements PipeTransform {
  readonly #locale = inject(LOCALE_ID);
  transform = (seconds: number): string => formatDuration(seconds, this.#locale);
}

/** The reader's half of a text that the api sends in both languages. */
@Pipe({ name: 'both' })
export class BothPipe implements PipeTransform {
  readonly #locale = inject(LOCALE_ID);
  transform = (text: { readonly nl: string; readonly en: string }): string =>
    this.#locale === 'en' ? text.en : text.nl;
}
