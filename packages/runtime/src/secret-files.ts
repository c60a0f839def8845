import { readFileSync } from 'node:fs';

type Environment = Readonly<Record<string, string | undefined>>;
type FromFiles = { values: Record<string, string>; faults: Record<string, string> };

const SUFFIX = '_FILE';
/** A secret is a password, a key or an address. A larger file is the wrong file. */
const MAX_BYTES = 64 * 1024;

/**
 * Reads secrets from files: where `NAME_FILE` is set, the file's text is the value of `NAME`, without the line break at its end.
 *
 * @param names the settings that may come from a file
 * @returns by name, the values that were read and a sentence for each fault. No sentence contains a secret
 */
export function readSecretFiles(environment: Environment, names: readonly string[]): FromFiles {
  const read: FromFiles = { values: {}, faults: {} };
  for (const name of names) {
    const path = environment[name + SUFFIX];
    if (path === undefined || path === '') continue;
    try {
      if (environment[name]) throw new Error(`is set beside ${name}: set only one of them`);
      read.values[name] = readSecret(path);
    } catch (error) {
      read.faults[name] = `${name}${SUFFIX} ${(error as Error).message}`;
    }
  }
  return read;
}

/** Removes one line break: editors and `echo` add it, and no secret ends with it. */
function readSecret(path: string): string {
  const secret = readText(path).replace(/\r?\n$/, '');
  if (secret === '') throw new Error(`names an empty file: ${path}`);
  return secret;
}

function readText(path: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new Error(`names a file that cannot be read: ${path} (${(error as NodeJS.ErrnoException).code})`, { cause: error });
  }
  if (bytes.length > MAX_BYTES) throw new Error(`names a file of more than ${MAX_BYTES} bytes: ${path}`);
  return bytes.toString('utf8');
}
