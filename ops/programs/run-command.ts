import { execFile } from 'node:child_process';

export type CommandOptions = { signal?: AbortSignal; env?: Record<string, string>; cwd?: string };

/** Runs a command and returns its output, standard error included. The error of a failed command has its last lines. */
export function runCommand(command: string, args: string[], { signal, env, cwd }: CommandOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = {
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, ...env },
      ...(signal && { signal }),
      ...(cwd && { cwd }),
    };
    execFile(command, args, options, (error, stdout, stderr) => {
      const output = `${stdout}${stderr}`;
      if (error === null) return resolve(output);
      const tail = output.trimEnd().split('\n').slice(-20).join('\n  ');
      const summary = error.message.split('\n')[0] ?? '';
      reject(new Error(`${summary.slice(0, 300)}\n  ${tail}`, { cause: error }));
    });
  });
}
