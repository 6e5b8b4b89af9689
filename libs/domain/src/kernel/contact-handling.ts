/**
 * What the admin chose for accounts that are certainly one (product.md 1, step 3a). `automatic`: they are joined. `careful`:
 * only those with one registration number are, the others are asked. `manual`: nothing is joined without a person.
 */
export const contactHandlings = ['automatic', 'careful', 'manual'] as const;
export type ContactHandling = (typeof contactHandlings)[number];
