import { parseArgs } from 'node:util';
import { mayNameSecretFile } from './platform/may-name-secret-file.ts';

type Flag = { type: 'string' | 'boolean'; default?: string | boolean; short?: string; multiple?: boolean };
type Flags = Record<string, Flag>;
type Values = Record<string, string | boolean | undefined>;

export type CommandContext = {
  values: Values;
  positionals: string[];
  isJson: boolean;
  /** Prints progress: to standard output, or to standard error with `--json`. */
  progress(line: string): void;
  /** Prints the result: `text`, or `value` with `--json`. */
  answer(value: unknown, text: string): void;
  /** Aborted by SIGINT, SIGTERM and SIGHUP. */
  signal: AbortSignal;
};

export type Command = {
  /** Help text; its first line is the usage. */
  help: string;
  flags?: Flags;
  /** Maximum number of positional arguments (default 0). */
  maxPositionals?: number;
  /** Exit code after an error (default 1). */
  failureCode?: number;
  /** @returns the exit code: 0 for success, 1 for a negative result */
  run(context: CommandContext): Promise<number>;
};

/** Wrong usage: prints the help and exits with code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The flag of each command that changes data; `commandActor(values)` reads it. */
export const asFlag = { as: { type: 'string' } } as const;
export const asHelp = '  --as USER      actor for the audit log: a user id or a name (default: the user of the operating system)';

const shared: Flags = { help: { type: 'boolean', short: 'h', default: false }, json: { type: 'boolean', default: false } };

/**
 * Runs an `npm run` command with the conventions that all share: `--help`, progress, `--json`, and the exit codes 0 (done),
 * 1 (found something, was rejected or failed) and 2 (wrong usage). Codes 1 and 2 come with a message on standard error.
 */
export async function runCommandLine(command: Command, args: readonly string[] = process.argv.slice(2)): Promise<void> {
  const { help, failureCode = 1 } = command;
  const stopRequest = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopRequest.abort(signal));
  try {
    const { values, positionals } = readArguments(command, args);
    if (values['help'] === true) return print(process.stdout, help);
    const isJson = values['json'] === true;
    await readSecretsFromFiles();
    process.exitCode = await command.run({
      values,
      positionals,
      isJson,
      progress: (line) => print(isJson ? process.stderr : process.stdout, line),
      answer: (value, text) => print(process.stdout, isJson ? JSON.stringify(value) : text),
      signal: stopRequest.signal,
    });
  } catch (error) {
    const isUsage = error instanceof UsageError;
    const message = stopRequest.signal.aborted ? 'Stopped.' : error instanceof Error ? error.message : String(error);
    print(process.stderr, isUsage ? `${message}\n\n${help}` : message);
    process.exitCode = isUsage ? 2 : failureCode;
  }
}

/** Most environments name no file of a secret, and knowing the secrets takes loading the services' settings: half a second. */
async function readSecretsFromFiles(): Promise<void> {
  if (!Object.keys(process.env).some(mayNameSecretFile)) return;
  const { takeSecretFiles } = await import('./platform/operator-secrets.ts');
  await takeSecretFiles(process.env);
}

/** @throws UsageError if the value is not a whole number above 0 */
export function wholeNumber(name: string, value: string | boolean | undefined): number {
  const number = Number(value);
  if (typeof value !== 'string' || !Number.isSafeInteger(number) || number < 1)
    throw new UsageError(`--${name} must be a whole number above 0: ${String(value)}`);
  return number;
}

function readArguments({ flags = {}, maxPositionals = 0 }: Command, args: readonly string[]) {
  try {
    const parsed = parseArgs({ args: [...args], options: { ...flags, ...shared }, allowPositionals: true });
    const extra = parsed.positionals[maxPositionals];
    if (extra !== undefined) throw new Error(`Unexpected argument ${JSON.stringify(extra)}.`);
    return parsed as { values: Values; positionals: string[] };
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function print(stream: NodeJS.WriteStream, text: string): void {
  stream.write(`${text}\n`);
}
