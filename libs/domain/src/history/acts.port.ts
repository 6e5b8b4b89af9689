import type { ActionId, IssueId } from '../kernel/index.js';
import type { Act, ActKind } from './act.js';

/** What people did beside acts on relations. */
export interface Acts {
  add(act: Act): Promise<void>;
  findById(id: ActionId): Promise<Act | undefined>;
  findByIdForUpdate(id: ActionId): Promise<Act | undefined>;
  /** Acts of that kind about the issue that still stand are undone by another one. */
  markUndone(of: { readonly kind: ActKind; readonly issueId: IssueId }, by: ActionId): Promise<void>;
}

export interface ActsTx {
  readonly acts: Acts;
}
