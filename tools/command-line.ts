import { parseArgs } from 'node:util';

type Flags = Record<string, { type: 'string' | 'boolean'; default?: string | boolean }>;

/** Wrong usage: exit code 2, with the help. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Reads a command's arguments; `--help` and `--json` are part of every command. */
export function readArguments(flags: Flags): { values: Record<string, string | boolean | undefined>; positionals: string[] } {
  try {
    const options = { ...flags, help: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } } as const;
    return parseArgs({ options, allowPositionals: true }) as ReturnType<typeof readArguments>;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** Runs a command: its exit code, or 1 for what it threw and 2 for wrong usage, each with a message on standard error. */
export async function runCommandLine(help: string, run: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await run();
  } catch (error) {
    const isUsage = error instanceof UsageError;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${isUsage ? `\n${help}\n` : ''}`);
    process.exitCode = isUsage ? 2 : 1;
  }
}
