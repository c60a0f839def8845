export { issueAccessToken, type TokenTerms } from './issue-access-token.ts';
export { makeSigningKey } from './make-signing-key.ts';
export { type Rotation, rotateSigningKey } from './rotate-signing-key.ts';
export { createSigningKeys, type SigningKeys } from './signing-keys.ts';
