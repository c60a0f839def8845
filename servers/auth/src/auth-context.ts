import type { ServiceContext } from '@florin/service';
import type { AuthConfig } from './config.ts';
import {
  createPasswordLimits,
  createPasswords,
  type PasswordLimits,
  type Passwords,
  recordFailures,
} from './credentials/index.ts';
import { createSigningKeys, type SigningKeys, type TokenTerms } from './keys/index.ts';
import { createOriginReader, createRefreshCookie, type ReadOrigin, type RefreshCookie } from './sessions/index.ts';

/** The parts that auth's features are created from: those of every service, and those that several features share. */
export type AuthContext = ServiceContext<AuthConfig> & {
  signingKeys: SigningKeys;
  tokenTerms: TokenTerms;
  passwords: Passwords;
  passwordLimits: PasswordLimits;
  originOf: ReadOrigin;
  refreshCookie: RefreshCookie;
};

export function createAuthContext(context: ServiceContext<AuthConfig>): AuthContext {
  const { config, db, transact, logger } = context;
  const { jwt } = config;
  const { isShared, ...limits } = config.passwordLimits;
  return {
    ...context,
    signingKeys: createSigningKeys({
      db,
      transact,
      encryptionKeys: config.keyEncryptionKeys,
      algorithm: config.signingAlgorithm,
      refreshMs: jwt.jwksRefreshS * 1000,
      logger,
    }),
    tokenTerms: { issuer: jwt.issuer, audience: jwt.audience, ttlS: config.accessTokenTtlS, staffTtlS: config.staffTokenTtlS },
    originOf: createOriginReader(config.sessionAddresses, config.cursorKey),
    refreshCookie: createRefreshCookie({
      origins: config.corsOrigins,
      maxAgeS: Math.min(config.sessionIdleS, config.sessionTtlS),
      isProduction: config.isProduction,
    }),
    passwords: createPasswords(),
    passwordLimits: recordFailures(createPasswordLimits({ ...limits, ...(isShared ? { store: { db, logger } } : {}) }), context),
  };
}
