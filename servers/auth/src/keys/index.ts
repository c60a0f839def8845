export { makeSigningKey } from './make-signing-key.ts';
export { type Rotation, rotateSigningKey } from './rotate-signing-key.ts';
