/** Passwords of Florin's own development, and those that everybody tries first. */
const PUBLIC_PASSWORDS = new Set([
  ...['florin', 'prove', 'bench', 'e2e'],
  ...['admin', 'changeme', 'default', 'mysql', 'pass', 'password', 'root', 'secret', 'test'],
]);
/** The development keys and the passwords of the demo accounts contain this word. */
const OF_DEVELOPMENT = /development/i;
/** A key in base64 or hex, alone or inside a longer value. */
const KEY = /[A-Za-z0-9+/_-]{32,}={0,2}/g;
/** 32 random bytes have fewer different values once in 10^30 times. */
const MIN_DIFFERENT_BYTES = 8;

/**
 * Names each secret that production rejects because others know it: a public password, a development key, a key of zeros, an
 * address without a password.
 *
 * @param secrets values by name of the setting
 * @returns a sentence for each, without its value
 */
export function publicSecrets(secrets: Readonly<Record<string, string>>): string[] {
  return Object.entries(secrets).flatMap(([name, value]) => {
    const fault = URL.canParse(value) && value.includes('://') ? faultOfAddress(new URL(value)) : faultOfSecret(value);
    return fault === undefined ? [] : [`${name} ${fault}: production rejects it`];
  });
}

function faultOfAddress(url: URL): string | undefined {
  const [user, password] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  if (password === '') return 'has no password';
  if (password === user) return "has the user's name as its password";
  return faultOfSecret(password) && 'has a password that is public';
}

function faultOfSecret(secret: string): string | undefined {
  if (PUBLIC_PASSWORDS.has(secret.toLowerCase())) return 'is a public password';
  if (OF_DEVELOPMENT.test(secret)) return 'is for development';
  for (const [key] of secret.matchAll(KEY)) {
    const bytes = bytesOf(key);
    if (OF_DEVELOPMENT.test(bytes.toString('latin1'))) return 'is the key of development';
    if (new Set(bytes).size < MIN_DIFFERENT_BYTES) return 'is not random (openssl rand -base64 32 makes a key)';
  }
  return undefined;
}

function bytesOf(key: string): Buffer {
  return Buffer.from(key, /^[0-9a-f]+$/i.test(key) ? 'hex' : 'base64');
}
