/** A page that may hold what was not saved. */
export interface Leavable {
  mayLeave(): Promise<boolean>;
}

/** Whether a page may be left. The router gives null where the page never came to stand: nothing can be lost there. */
export const leavePage = (page: Leavable | null): boolean | Promise<boolean> => page?.mayLeave() ?? true;
