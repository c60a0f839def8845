import { type Resealing, resealKeys } from '@florin/auth-server/keys';
import { type CommandActor, commandActor } from '@florin/runtime';
import { asFlag, asHelp, runCommandLine } from './command-line.ts';
import { inAuthDatabase, readAuthConfig } from './platform/in-auth-database.ts';

const help = `npm run auth:rotate-encryption-key -- [--as USER] [--json]

Encrypts the stored signing keys with a new AUTH_KEY_ENCRYPTION_KEY, while auth runs; nobody is signed out.
  1. Give every instance of auth the new key as AUTH_KEY_ENCRYPTION_KEY and the old one as AUTH_KEY_ENCRYPTION_KEY_PREVIOUS.
  2. Run this command with both settings.
  3. Remove AUTH_KEY_ENCRYPTION_KEY_PREVIOUS.
Repeating it changes nothing. If a key opens with neither, none is changed.

The database is AUTH_MIGRATION_DATABASE_URL (default: AUTH_DATABASE_URL, or the auth of npm start).

${asHelp}

Exit code 0: done; 1: rejected or failed; 2: wrong usage.`;

await runCommandLine({
  help,
  flags: asFlag,
  async run({ values, answer }) {
    const resealing = await reseal(commandActor(values));
    const { resealed, unchanged } = resealing;
    answer(
      resealing,
      `${resealed.length} signing keys are encrypted anew, ${unchanged.length} were encrypted with this key before. AUTH_KEY_ENCRYPTION_KEY_PREVIOUS is not needed any more.`,
    );
    return 0;
  },
});

async function reseal(actor: CommandActor): Promise<Resealing> {
  const config = await readAuthConfig(process.env);
  return inAuthDatabase(config, (trx) => resealKeys(trx, { encryptionKeys: config.keyEncryptionKeys, actor }));
}
