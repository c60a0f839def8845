import { idText, query } from '@florin/database';
import { appendAuditEntry, type CommandActor } from '@florin/runtime';
import type { Knex } from 'knex';
import { type EncryptionKeys, isSealedWith, openKey, sealKey } from './seal-key.ts';

/** The ids of the signing keys that were encrypted anew, and of those that were encrypted with the current key already. */
export type Resealing = { resealed: string[]; unchanged: string[] };

/**
 * Encrypts the stored signing keys with the current encryption key. A key that the previous one encrypted is opened with that.
 * Repeating it changes nothing.
 *
 * @throws Error if a key opens with neither: then none is changed
 */
export async function resealKeys(
  trx: Knex.Transaction,
  { encryptionKeys, actor }: { encryptionKeys: EncryptionKeys; actor: CommandActor },
): Promise<Resealing> {
  const encryptionKey = encryptionKeys.current;
  const result: Resealing = { resealed: [], unchanged: [] };
  for (const { id, sealed_private_key: sealed } of await lockKeys(trx)) {
    const kid = idText(id);
    if (isSealedWith(sealed, { kid, encryptionKey })) {
      result.unchanged.push(kid);
      continue;
    }
    const privateKey = openKey(sealed, { kid, encryptionKeys });
    await trx.raw('UPDATE signing_keys SET sealed_private_key = ? WHERE id = ?', [
      sealKey(privateKey, { kid, encryptionKey }),
      id,
    ]);
    result.resealed.push(kid);
  }
  if (result.resealed.length > 0)
    await appendAuditEntry(trx, { ...actor, action: 'signing-key.re-encrypt', subject: 'signing-keys', after: result });
  return result;
}

/** A rotation deletes expired keys, so there are few. */
async function lockKeys(trx: Knex.Transaction): Promise<{ id: Buffer; sealed_private_key: Buffer }[]> {
  return query(trx, 'SELECT id, sealed_private_key FROM signing_keys ORDER BY ordinal FOR UPDATE');
}
