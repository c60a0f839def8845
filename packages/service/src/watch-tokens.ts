import { createGuard, createKnownUser, createTokenVerifier, staleRevocations, type TokenVerifier } from '@florin/auth-middleware';
import type { Guard, KnownUser } from '@florin/http';
import { followSessions, readSignatureStarts, type SessionFollower } from '@florin/messaging';
import type { ServiceParts } from './service-parts.ts';

export type TokenWatch = {
  verifier: TokenVerifier;
  sessions: SessionFollower;
  guard: Guard;
  knownUser: KnownUser;
  /** @throws AppError UNAVAILABLE (503) while ended sessions could not be read for too long */
  assertFreshRevocations(): void;
};

/** Verifies access tokens with the issuer's public keys, and follows ended sessions. */
export function watchTokens(parts: ServiceParts): TokenWatch {
  const { name, config, db, features, broker, logger, metrics, clocks, messaging } = parts;
  const { jwksUrl, jwksRefreshS, revocationsMaxAgeMs, ...jwt } = config.jwt;
  const fetchKeys = features.find(({ tokenKeys }) => tokenKeys !== undefined)?.tokenKeys;
  const keys = fetchKeys === undefined ? { jwksUrl, jwksCa: config.httpTlsCa } : { fetchKeys };
  const isCurrent = features.find(({ isCurrentToken }) => isCurrentToken !== undefined)?.isCurrentToken;
  const verifier = createTokenVerifier({
    ...keys,
    ...jwt,
    ...(isCurrent !== undefined && { isCurrent }),
    refreshMs: jwksRefreshS * 1000,
    logger,
    clock: clocks,
  });
  const sessions = followSessions({
    broker,
    logger,
    service: name,
    tokenLifeMs: jwt.tokenLifeMs,
    signatures: config.eventSignatures,
    readStarts: () => readSignatureStarts(db),
    onForged: (messages) => messaging.handling.onForged?.('florin.sessions', messages),
    applyRevocation: verifier.applyRevocation,
  });
  metrics.gauge(
    'florin_revocation_lag_seconds',
    'Seconds since ended sessions were last read to the end of their topic; infinite before the first time',
    {},
    { collect: (gauge) => gauge.set({}, sessions.ageMs() / 1000) },
  );
  const guard = createGuard(verifier);
  // The issuer's open endpoints issue tokens, so they ignore an invalid token in the request.
  return {
    verifier,
    sessions,
    knownUser: createKnownUser(verifier),
    guard: fetchKeys === undefined ? guard : (access) => (access === 'anyone' ? [] : guard(access)),
    assertFreshRevocations: () => {
      if (sessions.ageMs() > revocationsMaxAgeMs) throw staleRevocations();
    },
  };
}
