import { Component, computed, input, output, signal } from '@angular/core';
import { MatAutocomplete, MatAutocompleteTrigger } from '@angular/material/autocomplete';
import { MatIconButton } from '@angular/material/button';
import { MatFormField, MatInput, MatLabel, MatSuffix } from '@angular/material/input';
import { MatOption } from '@angular/material/select';
import { getRelationEndpoint, listRelationsEndpoint } from '@koppel/contracts';
import { endpointResource } from '../api/endpoint-resource.js';
import { Icon } from '../ui/icon.js';

const suggestionsMax = 8;
const searchMin = 2;
const debounceMs = 250;

/** Narrows history to one relation: found by typing, shown by its name. */
@Component({
  selector: 'kp-relation-filter',
  imports: [
    Icon,
    MatAutocomplete,
    MatAutocompleteTrigger,
    MatFormField,
    MatInput,
    MatLabel,
    MatSuffix,
    MatOption,
    MatIconButton,
  ],
  template: `
    <mat-form-field appearance="outline" subscriptSizing="dynamic">
      <mat-label i18n="@@history.relation">Relatie</mat-label>
      <input
        #box
        matInput
        type="text"
        autocomplete="off"
        [value]="name()"
        [readonly]="relationId() !== undefined"
        [matAutocomplete]="auto"
        [matAutocompleteDisabled]="relationId() !== undefined"
        (input)="type(box.value)"
      />
      @if (relationId() !== undefined) {
        <button
          matIconButton
          matSuffix
          type="button"
          (click)="chosen.emit(undefined); type(''); box.focus()"
          aria-label="Alle relaties tonen"
          i18n-aria-label="@@history.allRelations"
        >
          <kp-icon name="close" />
        </button>
      }
      <mat-autocomplete
        #auto="matAutocomplete"
        (optionSelected)="chosen.emit($event.option.value)"
        [displayWith]="nothing"
      >
        @for (each of found(); track each.id) {
          <mat-option [value]="each.id">
            {{ each.name }}
            @if (each.city) {
              <span class="kp-muted">· {{ each.city }}</span>
            }
          </mat-option>
        }
      </mat-autocomplete>
    </mat-form-field>
  `,
  styles: `
    :host {
      display: block;
    }
    mat-form-field {
      width: 100%;
    }
  `,
})
export class RelationFilter {
  readonly relationId = input<string>();
  readonly chosen = output<string | undefined>();
  readonly #search = signal('');
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #relation = endpointResource(getRelationEndpoint, () => {
    const id = this.relationId();
    return id === undefined ? undefined : { params: { id } };
  });
  readonly #matches = endpointResource(listRelationsEndpoint, () =>
    this.#search().length < searchMin || this.relationId() !== undefined
      ? undefined
      : { query: { search: this.#search(), limit: suggestionsMax } },
  );
  protected readonly found = computed(() =>
    this.#search().length < searchMin ? [] : (this.#matches.value()?.items ?? []),
  );
  protected readonly name = computed(() =>
    this.relationId() === undefined ? '' : (this.#relation.value()?.values.name ?? ''),
  );
  /** The box shows what is typed, or the name of what is chosen; never an id. */
  protected readonly nothing = () => '';

  protected type(text: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#search.set(text.trim()), debounceMs);
  }
}
