import { Component, computed, input, model, output, signal } from '@angular/core';
import { MatRadioButton } from '@angular/material/radio';
import { MatSlideToggle } from '@angular/material/slide-toggle';
import type { ProposalDetail, SharedField, SourceRelation } from '@koppel/contracts';
import { fieldText, sharedFields } from '../relations/field-text.js';
import { valueText } from '../relations/field-value.js';
import { Icon } from '../ui/icon.js';
import { RouterLink } from '@angular/router';
import { paths } from '../paths.js';
import { SourceHead } from '../relations/source-head.js';
import { ValueDate } from './value-date.js';
import { bookable, bookOn, choose, sourcesOf, takeOver, type Leading } from './leading-choice.js';

/** The records of a pair side by side: only what differs by default, and which value leads. */
@Component({
  selector: 'kp-pair',
  imports: [Icon, RouterLink, SourceHead, ValueDate, MatSlideToggle, MatRadioButton],
  templateUrl: './pair-view.html',
  styleUrl: './pair-view.scss',
})
export class PairView {
  readonly pair = input.required<ProposalDetail>();
  readonly leading = model.required<Leading>();
  readonly isEnabled = input(true);
  /** Where an administration has two of these records: the ones to book on. */
  readonly bookOn = model.required<readonly string[]>();
  /** The field that the keys 1 to 9 speak of. */
  readonly field = model<SharedField>();
  readonly takenOver = output<string>();
  protected readonly isAll = signal(false);
  protected readonly fieldText = fieldText;
  protected readonly valueText = valueText;
  protected readonly sources = computed(() => sourcesOf(this.pair()));
  protected readonly leftCount = computed(() => this.pair().leftSources.length);
  protected readonly bookable = computed(() => new Set(bookable(this.pair()).map((source) => source.id)));
  readonly #differing = computed(() => new Set(this.pair().differingFields.map((each) => each.field)));
  protected readonly rows = computed(() =>
    sharedFields
      .filter((field) => this.#differing().has(field) || (this.isAll() && this.#isFilled(field)))
      .map((field) => ({ field, isDiffering: this.#differing().has(field) })),
  );

  /** Where the relation of a record is in use: the way to its page, at the first record of each side. */
  protected usedIn(index: number): { readonly link: string; readonly administrations: number } | undefined {
    const { left, right, leftSources, rightSources } = this.pair();
    if (index !== 0 && index !== leftSources.length) return undefined;
    const [side, sources] = index === 0 ? [left, leftSources] : [right, rightSources];
    const administrations = new Set(sources.map(({ administrationId }) => administrationId)).size;
    return { link: paths.relation(side.relationId), administrations };
  }

  protected choose(field: SharedField, source: SourceRelation): void {
    this.field.set(field);
    if (this.isEnabled()) this.leading.set(choose(this.leading(), field, source));
  }

  protected book(source: SourceRelation): void {
    this.bookOn.set(bookOn(this.bookOn(), this.pair(), source));
  }

  protected takeOver(source: SourceRelation): void {
    this.leading.set(takeOver(this.leading(), this.pair(), source));
    this.takenOver.emit(source.administrationName);
  }

  #isFilled(field: SharedField): boolean {
    return this.sources().some((source) => valueText(source.values, field) !== undefined);
  }
}
