export { issueAccessToken, type TokenTerms, tokenLifeS } from './issue-access-token.ts';
export { makeSigningKey, type SigningAlgorithm, signingAlgorithms } from './make-signing-key.ts';
export { type Resealing, resealKeys } from './reseal-keys.ts';
export { type Rotation, rotateSigningKey } from './rotate-signing-key.ts';
export type { EncryptionKeys } from './seal-key.ts';
export { createSigningKeys, type SigningKeys } from './signing-keys.ts';
