import { Component, computed, input, model } from '@angular/core';
import { MatCheckbox } from '@angular/material/checkbox';
import type { Administration } from '@koppel/contracts';
import { Icon } from '../../ui/icon.js';
import {
  selectColumns,
  selectColumnText,
  selectColumnValue,
  selectStatusText,
  type SelectColumn,
} from './select-columns.js';
import { isCoupled, isSelectable } from './selectable.js';
import { whyUnavailable } from './why-unavailable.js';

/** One row per administration: tick box, all facts that tell companies apart, or why it cannot be coupled. */
@Component({
  selector: 'kp-select-table',
  imports: [MatCheckbox, Icon],
  templateUrl: './select-table.html',
  styleUrl: './select-table.scss',
})
export class SelectTable {
  readonly administrations = input.required<readonly Administration[]>();
  readonly chosen = model.required<ReadonlySet<string>>();
  readonly columns = input.required<ReadonlySet<SelectColumn>>();
  readonly isEnabled = input(true);
  protected readonly isCoupled = isCoupled;
  protected readonly isSelectable = isSelectable;
  protected readonly why = whyUnavailable;
  protected readonly columnText = selectColumnText;
  protected readonly valueOf = selectColumnValue;
  protected readonly statusText = selectStatusText;
  protected readonly shown = computed(() => selectColumns.filter((column) => this.columns().has(column)));
  protected readonly selectable = computed(() => this.administrations().filter(isSelectable));
  protected readonly chosenShown = computed(
    () => this.selectable().filter((each) => this.chosen().has(each.id)).length,
  );
  protected readonly isAll = computed(
    () => this.chosenShown() > 0 && this.chosenShown() === this.selectable().length,
  );

  protected toggle(id: string): void {
    const next = new Set(this.chosen());
    if (!next.delete(id)) next.add(id);
    this.chosen.set(next);
  }

  protected toggleAll(): void {
    const shown = this.selectable().map((each) => each.id);
    const others = [...this.chosen()].filter((id) => !shown.includes(id));
    this.chosen.set(new Set(this.isAll() ? others : [...others, ...shown]));
  }
}
