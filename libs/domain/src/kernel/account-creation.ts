/**
 * When a relation gets an account in an administration that does not have it (product.md 3.4). `first-use`: once it is going to be used there.
 * `never`: people make it in Exact themselves, or link it. `always`: everywhere, beginning with the plan that the admin agrees to.
 */
export const accountCreations = ['first-use', 'never', 'always'] as const;
export type AccountCreation = (typeof accountCreations)[number];
