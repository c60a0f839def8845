import { makeSigningKey, type Rotation, rotateSigningKey } from '@florin/auth-server/keys';
import { type CommandActor, commandActor } from '@florin/runtime';
import { asFlag, asHelp, runCommandLine } from './command-line.ts';
import { inAuthDatabase, readAuthConfig } from './platform/in-auth-database.ts';

const help = `npm run auth:rotate-key -- [--as USER] [--json]

Adds a key that auth signs access tokens with, while auth runs; nobody is signed out. The new key is published at once and signs
after twice JWKS_REFRESH_S, when every service has read it. The old key stays published until its last token has expired
(ACCESS_TOKEN_TTL_S). Rejected until the key of the last rotation signs.

The settings must be those of the running auth: AUTH_KEY_ENCRYPTION_KEY, SIGNING_ALGORITHM, JWKS_REFRESH_S,
ACCESS_TOKEN_TTL_S. The new key is for SIGNING_ALGORITHM. The database is AUTH_MIGRATION_DATABASE_URL (default:
AUTH_DATABASE_URL, or the auth of npm start).

${asHelp}

Exit code 0: done; 1: rejected or failed; 2: wrong usage.`;

await runCommandLine({
  help,
  flags: asFlag,
  async run({ values, answer }) {
    const rotation = await rotate(commandActor(values));
    answer(
      rotation,
      `Key ${rotation.kid} is published, and signs from ${rotation.signsFrom.toISOString()}.
Key ${rotation.previousKid} is published until ${rotation.previousPublishedUntil.toISOString()}.`,
    );
    return 0;
  },
});

async function rotate(actor: CommandActor): Promise<Rotation> {
  const config = await readAuthConfig(process.env);
  const { keyEncryptionKeys: encryptionKeys, signingAlgorithm, accessTokenTtlS, jwt } = config;
  const key = await makeSigningKey(encryptionKeys.current, signingAlgorithm);
  return inAuthDatabase(config, (trx) =>
    rotateSigningKey(trx, key, { encryptionKeys, accessTokenTtlS, jwksRefreshS: jwt.jwksRefreshS, actor }),
  );
}
