export { createTestDatabase, type TestDatabase } from './test-db.js';
