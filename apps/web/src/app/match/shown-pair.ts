import { signal } from '@angular/core';
import type { ProposalDetail, SharedField } from '@koppel/contracts';
import type { ApiProblem } from '../api/api-problem.js';
import { choose, sourcesOf, suggestedLeading, type Leading } from './leading-choice.js';

type Read =
  | { readonly ok: true; readonly value: ProposalDetail }
  | { readonly ok: false; readonly problem: ApiProblem };

/** The pair that is shown, and what is chosen for it before it is decided. */
export class ShownPair {
  readonly pair = signal<ProposalDetail | undefined>(undefined);
  readonly problem = signal<ApiProblem | undefined>(undefined);
  readonly leading = signal<Leading>({});
  readonly bookOn = signal<readonly string[]>([]);
  readonly field = signal<SharedField | undefined>(undefined);

  /** Shows what was read with the choices that are suggested, or why it could not be; says whether it is shown. */
  show(read: Read): boolean {
    this.problem.set(read.ok ? undefined : read.problem);
    this.pair.set(read.ok ? read.value : undefined);
    if (!read.ok) return false;
    this.leading.set(suggestedLeading(read.value));
    this.bookOn.set(read.value.suggestedBookOn);
    this.field.set(read.value.differingFields[0]?.field);
    return true;
  }

  moveField(step: 1 | -1): void {
    const fields = (this.pair()?.differingFields ?? []).map((each) => each.field);
    const at = fields.findIndex((each) => each === this.field());
    this.field.set(fields[Math.min(fields.length - 1, Math.max(0, at + step))]);
  }

  /** Lets the record at that place lead in the field that is looked at. */
  lead(index: number): void {
    const pair = this.pair();
    const field = this.field();
    const source = pair && sourcesOf(pair)[index];
    if (source && field) this.leading.set(choose(this.leading(), field, source));
  }
}
