import { createCipheriv, createDecipheriv, createPrivateKey, type KeyObject, randomBytes } from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;

type Sealing = {
  /** The key id, authenticated with the ciphertext, so that one sealed key cannot replace another. */
  kid: string;
  /** 32 bytes. */
  encryptionKey: Buffer;
};

/** Encrypts a private key with AES-256-GCM for the database. */
export function sealKey(privateKey: KeyObject, { kid, encryptionKey }: Sealing): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', encryptionKey, iv, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(kid));
  const encrypted = Buffer.concat([cipher.update(privateKey.export({ type: 'pkcs8', format: 'der' })), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), encrypted]);
}

/** `previous`: still opens keys while the encryption key is being changed. */
export type EncryptionKeys = { current: Buffer; previous?: Buffer | undefined };

/**
 * Opens a sealed key with the current encryption key, or else with the previous one.
 *
 * @throws Error when the key was sealed with another encryption key or was changed since
 */
export function openKey(sealed: Buffer, { kid, encryptionKeys }: { kid: string; encryptionKeys: EncryptionKeys }): KeyObject {
  const { current, previous } = encryptionKeys;
  if (previous === undefined) return unsealKey(sealed, { kid, encryptionKey: current });
  return isSealedWith(sealed, { kid, encryptionKey: current })
    ? unsealKey(sealed, { kid, encryptionKey: current })
    : unsealKey(sealed, { kid, encryptionKey: previous });
}

export function isSealedWith(sealed: Buffer, sealing: Sealing): boolean {
  try {
    unsealKey(sealed, sealing);
    return true;
  } catch {
    return false;
  }
}

/** @throws Error when the key was sealed with another encryption key or was changed since */
export function unsealKey(sealed: Buffer, { kid, encryptionKey }: Sealing): KeyObject {
  const iv = sealed.subarray(0, IV_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', encryptionKey, iv, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(kid))
    .setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  try {
    const der = Buffer.concat([decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
    return createPrivateKey({ key: der, type: 'pkcs8', format: 'der' });
  } catch (error) {
    throw new Error(`The signing key ${kid} cannot be opened: is AUTH_KEY_ENCRYPTION_KEY the one it was made with?`, {
      cause: error,
    });
  }
}
