import path from 'node:path';

/** The project's root folder, from the sources as well as from their build. */
export const root = path.resolve(import.meta.dirname, '../../../..');
