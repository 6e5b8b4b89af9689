import { Component, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { RelationSummary } from '@koppel/contracts';
import { paths } from '../paths.js';
import { Ago } from '../ui/ago.js';
import { Icon } from '../ui/icon.js';
import { columnText, type Column } from './columns.js';
import { roleText } from './role-text.js';

/** Merged relations, one per row, with where each is kept. */
@Component({
  selector: 'kp-relations-table',
  imports: [RouterLink, Icon, Ago],
  templateUrl: './relations-table.html',
  styleUrl: './relations-table.scss',
})
export class RelationsTable {
  readonly relations = input.required<readonly RelationSummary[]>();
  readonly shown = input.required<ReadonlySet<Column>>();
  readonly sort = input.required<'name' | '-updatedAt'>();
  readonly sorted = output<'name' | '-updatedAt'>();
  protected readonly paths = paths;
  protected readonly roleText = roleText;
  protected readonly columnText = columnText;

  protected rolesOf(relation: RelationSummary): string {
    return relation.roles.map(roleText).join(', ');
  }
}
