export {
  addTenant,
  addUser,
  findMemberships,
  findTenantFeature,
  findTenantFeatures,
  findUser,
  findUserByEmail,
  saveMembership,
  saveTenantFeature,
  setUserLocale,
  type Membership,
  type MemberRole,
  type NewTenant,
  type TenantFeature,
  type User,
} from './tenancy.js';
export {
  addApiKey,
  findApiKeyByHash,
  findApiKeys,
  revokeApiKey,
  touchApiKey,
  type ApiKey,
  type KnownApiKey,
} from './api-keys.js';
export {
  deleteEndedSessions,
  deleteSession,
  findSession,
  saveSession,
  type StoredSession,
} from './sessions.js';
