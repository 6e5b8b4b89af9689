/** Injection tokens; parameters carry `@Inject(TOKEN)`, since there is no reflection metadata. */
export const CONFIG = Symbol('CONFIG');
export const DATABASE = Symbol('DATABASE');
/** A `Database` that no request takes connections of. */
export const RESERVED = Symbol('RESERVED');
/** `Deps<FullTransaction>` for use cases. */
export const DEPS = Symbol('DEPS');
export const CHANCE = Symbol('CHANCE');
/** The pino logger. */
export const LOG = Symbol('LOG');
/** `Callers`: who is behind a request. */
export const CALLERS = Symbol('CALLERS');
/** `Identities`: who somebody is, by password now, by OpenID Connect later. */
export const IDENTITIES = Symbol('IDENTITIES');
/** `Consents`: Exact’s consent pages and token exchange, and who carries another organisation’s connection. */
export const CONSENTS = Symbol('CONSENTS');
/** `TokenCipher`. */
export const CIPHER = Symbol('CIPHER');
